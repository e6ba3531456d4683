using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Time;
using LogView.Client.Shared;

namespace LogView.Client.Discover.Run;

/// <summary>Counts by time and level, as the chart and its table draw them.</summary>
/// <param name="Buckets">Half-open times, ascending.</param>
/// <param name="Series">One per level that occurs, most severe first; each has a count per bucket.</param>
/// <param name="IntervalNanoseconds">Width of a bucket; null for calendar units.</param>
public sealed record HistogramData(IReadOnlyList<TimeRange> Buckets, IReadOnlyList<LevelSeries> Series, long? IntervalNanoseconds)
{
    public static HistogramData Of(BucketsResult result)
    {
        Bucket[] buckets = [.. result.Buckets.Where(b => b.Range is not null)];
        var counts = LevelColors.Order.ToDictionary(s => s, _ => new long[buckets.Length]);
        for (int i = 0; i < buckets.Length; i++)
        {
            long rest = buckets[i].Count;
            foreach (Bucket level in Levels(buckets[i]))
            {
                Severity severity = Severities.Parse(level.Key?.ToString());
                counts[severity][i] += level.Count;
                rest -= level.Count;
            }

            // Events without a level; an event with two levels is in two buckets, so the rest may be negative.
            counts[Severity.Unknown][i] += Math.Max(0, rest);
        }

        LevelSeries[] series = [.. LevelColors.Order.Select(s => new LevelSeries(s, counts[s], counts[s].Sum())).Where(s => s.Total > 0)];
        return new HistogramData([.. buckets.Select(b => b.Range!.Value)], series, result.IntervalNanoseconds);
    }

    /// <summary>Hits in a bucket, over all levels.</summary>
    public long Count(int bucket) => Series.Sum(s => s.Counts[bucket]);

    /// <summary>Hits by time alone, ascending, as a histogram of this name counted them.</summary>
    public static IReadOnlyList<(TimeRange Range, long Count)> Counts(SearchResult result, string name) =>
        result.Aggregations.TryGetValue(name, out AggregationResult? found) && found is BucketsResult { Buckets: var buckets }
            ? [.. buckets.Where(b => b.Range is not null).Select(b => (b.Range!.Value, b.Count))]
            : [];

    private static IReadOnlyList<Bucket> Levels(Bucket bucket) =>
        bucket.Aggregations.TryGetValue(RunPlan.ByLevel, out AggregationResult? found) && found is BucketsResult levels ? levels.Buckets : [];
}

public sealed record LevelSeries(Severity Severity, IReadOnlyList<long> Counts, long Total);
