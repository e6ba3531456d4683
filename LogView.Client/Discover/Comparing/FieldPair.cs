using LogView.Client.Contracts.Search;

namespace LogView.Client.Discover.Comparing;

/// <summary>What two events have in one field.</summary>
/// <param name="Field">Its name.</param>
/// <param name="Left">All values of the one, cut; empty: it has none.</param>
/// <param name="Right">Of the other.</param>
/// <param name="IsSame">All their values are equal, also beyond the cut.</param>
public sealed record FieldPair(string Field, string Left, string Right, bool IsSame)
{
    /// <summary>Fields compared; an event may have 10,000.</summary>
    public const int MaxFields = 500;

    /// <summary>Characters of a value shown.</summary>
    private const int MaxShown = 2_000;

    /// <summary>Every field that either has, the message first.</summary>
    public static IReadOnlyList<FieldPair> Of(Hit left, Hit right) =>
    [
        .. left.Fields.Concat(right.Fields).Select(f => f.Name).Distinct(StringComparer.Ordinal)
            .OrderBy(n => n is "message" ? 0 : 1).ThenBy(n => n, StringComparer.Ordinal).Take(MaxFields)
            .Select(n => Pair(n, Joined(left, n), Joined(right, n))),
    ];

    private static FieldPair Pair(string field, string left, string right) => new(field, Cut(left), Cut(right), string.Equals(left, right, StringComparison.Ordinal));

    private static string Joined(Hit hit, string field) => string.Join(", ", hit.Fields.Values(field).Select(v => v.ToString()));

    private static string Cut(string text) => text.Length <= MaxShown ? text : text[..(char.IsHighSurrogate(text[MaxShown - 1]) ? MaxShown - 1 : MaxShown)] + "…";
}
