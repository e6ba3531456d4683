using LogView.Server.Search;

namespace LogView.Server.Api.Json;

/// <summary>Names that came from outside, put into messages.</summary>
internal static class Names
{
    private const int MaxShown = 60;

    /// <summary>Part of a name or value that is short enough to be quoted, without control characters.</summary>
    public static string Shorten(string text)
    {
        string shown = text.Length <= MaxShown ? text : $"{text[..MaxShown]}…";
        return string.Concat(shown.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '\uFFFD' : c));
    }

    /// <summary>The nearest known name, or all of them.</summary>
    public static string Hint(string name, IReadOnlyCollection<string> known) =>
        NearestName.Of(name, known) is { } nearest ? $"did you mean '{nearest}'?"
        : known.Count == 0 ? "expected none"
        : $"expected one of {string.Join(", ", known)}";
}
