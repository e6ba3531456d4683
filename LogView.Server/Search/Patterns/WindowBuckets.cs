using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Time;
using LogView.Server.Storage;

namespace LogView.Server.Search.Patterns;

/// <summary>Parts of a time range one after the other, with how many hits each has.</summary>
/// <param name="Ranges">Oldest first.</param>
/// <param name="Counts">Of each range.</param>
/// <param name="Notes">Of the search that counted.</param>
internal sealed record WindowBuckets(IReadOnlyList<TimeRange> Ranges, IReadOnlyList<long> Counts, IReadOnlyList<SearchNote> Notes)
{
    private const string OverTime = "over_time";

    public long Total => Counts.Sum();

    public static async Task<WindowBuckets> CountAsync(IEventStore store, StoreSearch search, int most, CancellationToken cancellationToken)
    {
        var histogram = new PlannedAggregation(
            new DateHistogramAggregation(new HistogramInterval.Auto(most)), new Dictionary<string, Client.Contracts.Query.QueryNode>(StringComparer.Ordinal),
            new Dictionary<string, PlannedAggregation>(StringComparer.Ordinal));
        SearchResult result = await store.SearchAsync(
            search with
            {
                Size = 0,
                After = null,
                Count = CountMode.Exact,
                Aggregations = new Dictionary<string, PlannedAggregation>(StringComparer.Ordinal) { [OverTime] = histogram },
            },
            progress: null,
            cancellationToken);
        IReadOnlyList<Bucket> buckets = ((BucketsResult)result.Aggregations[OverTime]).Buckets;
        return new WindowBuckets([.. buckets.Select(b => Within(b.Range!.Value, search.Range))], [.. buckets.Select(b => b.Count)], result.Notes);
    }

    /// <summary>The bucket that an instant falls in; instants outside all belong to the nearest.</summary>
    public int IndexOf(Timestamp instant)
    {
        int low = 0, high = Ranges.Count - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            (low, high) = instant < Ranges[middle].From ? (low, middle - 1) : (middle, high);
        }

        return low;
    }

    /// <summary>Buckets are whole intervals and may reach beyond the range.</summary>
    private static TimeRange Within(TimeRange bucket, TimeRange range) =>
        new(bucket.From < range.From ? range.From : bucket.From, bucket.To > range.To ? range.To : bucket.To);
}
