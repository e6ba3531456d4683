using LogView.Client.Contracts.Search;

namespace LogView.Client.Discover.Patterns;

/// <summary>One thing that is not as it was in the window before.</summary>
/// <param name="Kind">New, gone, grown or shrunk.</param>
/// <param name="Count">Now.</param>
/// <param name="Before">In the window before.</param>
/// <param name="Filter">Finds its events.</param>
public sealed record ChangeRow(ChangeKind Kind, long Count, long Before, SearchFilter Filter)
{
    /// <summary>Rows drawn of each sort.</summary>
    private const int Most = 100;

    private const string MessageField = "message";

    /// <summary>The surest change first.</summary>
    public static IEnumerable<ChangeRow> OfPatterns(PatternList list) => list.Patterns
        .Select(p => new ChangeRow(Changes.Of(p.Count, p.Before), p.Count, p.Before, new SearchFilter { Field = MessageField, Pattern = p.Template }))
        .Where(r => r.Kind != ChangeKind.Same)
        .OrderByDescending(r => Changes.Weight(r.Count, r.Before)).ThenBy(r => r.Filter.Pattern, StringComparer.Ordinal).Take(Most);

    public static IEnumerable<ChangeRow> OfValues(PatternList list) => list.Values
        .Select(v => new ChangeRow(Changes.Of(v.Count, v.Before), v.Count, v.Before, new SearchFilter { Field = v.Field, Is = v.Value.ToString() })).Take(Most);
}
