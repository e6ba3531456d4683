using LogView.Client.Language.Text;

namespace LogView.Client.Layout.Palette;

/// <summary>Which items fit what is typed: those that have every typed word somewhere, without regard to case, width and Unicode form.</summary>
public static class PaletteMatch
{
    /// <summary>Those that begin with the typed text, then those with a word that begins with it, then the rest; otherwise as they were.</summary>
    public static IReadOnlyList<PaletteItem> Of(IEnumerable<PaletteItem> items, string typed)
    {
        string text = TextFolding.Fold(typed.Trim());
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return [.. items.Select(i => (Item: i, Rank: RankOf(TextFolding.Fold(i.Label), text, words))).Where(i => i.Rank is not null).OrderBy(i => i.Rank).Select(i => i.Item)];
    }

    private static int? RankOf(string label, string text, string[] words) =>
        !words.All(w => label.Contains(w, StringComparison.Ordinal)) ? null
        : label.StartsWith(text, StringComparison.Ordinal) ? 0
        : label.Contains(' ' + text, StringComparison.Ordinal) ? 1
        : 2;
}
