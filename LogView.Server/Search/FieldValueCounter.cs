using LogView.Client.Contracts.Query;
using LogView.Client.Contracts.Search;
using LogView.Server.Storage;

namespace LogView.Server.Search;

/// <summary>The most frequent values of one field, counted over every hit of a search.</summary>
internal static class FieldValueCounter
{
    private static readonly Dictionary<string, PlannedAggregation> NoChildren = [];

    public static async Task<FieldValues> CountAsync(
        IEventStore store, StoreSearch search, string field, string? part, int size, CancellationToken cancellationToken)
    {
        var terms = new TermsAggregation(field, size, string.IsNullOrEmpty(part) ? null : part);
        var with = new FiltersAggregation(new Dictionary<string, string>(StringComparer.Ordinal) { ["with"] = "" });
        Dictionary<string, QueryNode> exists = new(StringComparer.Ordinal) { ["with"] = new ExistsNode(FieldTarget.Of(field)) };
        SearchResult result = await store.SearchAsync(
            search with
            {
                Size = 0,
                After = null,
                Count = CountMode.Exact,
                Aggregations = new Dictionary<string, PlannedAggregation>(StringComparer.Ordinal)
                {
                    ["values"] = new PlannedAggregation(terms, new Dictionary<string, QueryNode>(StringComparer.Ordinal), NoChildren),
                    ["with"] = new PlannedAggregation(with, exists, NoChildren),
                },
            },
            progress: null,
            cancellationToken);
        IReadOnlyList<Bucket> buckets = ((BucketsResult)result.Aggregations["values"]).Buckets;
        return new FieldValues(
            [.. buckets.Select(b => new FieldValueCount(b.Key!.Value, b.Count))],
            ((BucketsResult)result.Aggregations["with"]).Buckets[0].Count,
            result.Total!.Value.Value,
            IsSample: false);
    }
}
