using System.Globalization;

namespace LogView.Client.Layout.Palette;

/// <summary>Which items fit what is typed: those that have every typed word somewhere, without regard to case, width and Unicode form.</summary>
public static class PaletteMatch
{
    private const CompareOptions Alike = CompareOptions.IgnoreCase | CompareOptions.IgnoreWidth;

    private static readonly CompareInfo Compare = CultureInfo.InvariantCulture.CompareInfo;

    /// <summary>Those that begin with the typed text, then those with a word that begins with it, then the rest; otherwise as they were.</summary>
    public static IReadOnlyList<PaletteItem> Of(IEnumerable<PaletteItem> items, string typed)
    {
        string text = typed.Trim();
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return [.. items.Select(i => (Item: i, Rank: RankOf(i.Label, text, words))).Where(i => i.Rank is not null).OrderBy(i => i.Rank).Select(i => i.Item)];
    }

    private static int? RankOf(string label, string text, string[] words) =>
        !words.All(w => Compare.IndexOf(label, w, Alike) >= 0) ? null
        : Compare.IsPrefix(label, text, Alike) ? 0
        : Compare.IndexOf(label, ' ' + text, Alike) >= 0 ? 1
        : 2;
}
