using LogView.Client.Contracts.Search;

namespace LogView.Client.Discover.Run;

/// <summary>How many hits there are, and when.</summary>
/// <param name="Total">All hits.</param>
/// <param name="Chart">Hits over time and level; null when there is no bounded time to draw.</param>
/// <param name="Status">Of the search.</param>
/// <param name="Notes">Of the search, but for a missing level that only the chart asked for: a query that asks for it has the note with its rows.</param>
public sealed record Overview(HitCount Total, HistogramData? Chart, SearchStatus Status, IReadOnlyList<SearchNote> Notes)
{
    public static Overview Of(SearchResult result) => new(
        result.Total ?? default,
        result.Aggregations.TryGetValue(RunPlan.OverTime, out AggregationResult? found) && found is BucketsResult buckets ? HistogramData.ByLevel(buckets) : null,
        result.Status,
        [.. result.Notes.Where(n => n is not { Code: "unknown_field", Field: RunPlan.LevelField })]);
}
