using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Time;
using LogView.Client.Shared;

namespace LogView.Client.Discover.Run;

/// <summary>Counts by time, and by level or another field, as the chart and its table draw them.</summary>
/// <param name="Buckets">Half-open times, ascending.</param>
/// <param name="Totals">Hits of each bucket.</param>
/// <param name="Series">Those that occur; each has a count per bucket.</param>
/// <param name="IntervalNanoseconds">Width of a bucket; null for calendar units.</param>
public sealed record HistogramData(IReadOnlyList<TimeRange> Buckets, IReadOnlyList<long> Totals, IReadOnlyList<HistogramSeries> Series, long? IntervalNanoseconds)
{
    /// <summary>Split by level, most severe first.</summary>
    public static HistogramData ByLevel(BucketsResult result)
    {
        Bucket[] buckets = [.. result.Buckets.Where(b => b.Range is not null)];
        var counts = LevelColors.Order.ToDictionary(s => s, _ => new long[buckets.Length]);
        for (int i = 0; i < buckets.Length; i++)
        {
            long rest = buckets[i].Count;
            foreach (Bucket level in Inside(buckets[i], RunPlan.ByLevel))
            {
                Severity severity = Severities.Parse(level.Key?.ToString());
                counts[severity][i] += level.Count;
                rest -= level.Count;
            }

            // Events without a level; an event with two levels is in two buckets, so the rest may be negative.
            counts[Severity.Unknown][i] += Math.Max(0, rest);
        }

        HistogramSeries[] series = [.. LevelColors.Order.Select(s => HistogramSeries.OfLevel(s, counts[s])).Where(s => s.Total > 0)];
        return new HistogramData([.. buckets.Select(b => b.Range!.Value)], [.. buckets.Select(b => b.Count)], series, result.IntervalNanoseconds);
    }

    /// <summary>The same buckets, split by another field instead.</summary>
    /// <param name="field">The field.</param>
    /// <param name="values">Its most frequent values, each with its own counts by time.</param>
    public HistogramData SplitBy(string field, BucketsResult values)
    {
        var places = Buckets.Select((b, i) => (b.From, i)).ToDictionary(b => b.From, b => b.i);
        List<HistogramSeries> series = [];
        foreach (Bucket value in values.Buckets)
        {
            long[] counts = new long[Buckets.Count];
            foreach (Bucket bucket in Inside(value, RunPlan.OverTime))
            {
                if (bucket.Range is { } range && places.TryGetValue(range.From, out int at))
                {
                    counts[at] += bucket.Count;
                }
            }

            string text = value.Key?.ToString() ?? "";
            series.Add(new HistogramSeries(text, HistogramSeries.Color(series.Count), new SearchFilter { Field = field, Is = text }, counts));
        }

        long[] rest = [.. Totals.Select((t, i) => Math.Max(0, t - series.Sum(s => s.Counts[i])))];
        return this with { Series = [.. series, .. rest.Any(r => r > 0) ? [HistogramSeries.Others(rest)] : Array.Empty<HistogramSeries>()] };
    }

    /// <summary>Hits by time alone, ascending, as a histogram of this name counted them.</summary>
    public static IReadOnlyList<(TimeRange Range, long Count)> Counts(SearchResult result, string name) =>
        result.Aggregations.TryGetValue(name, out AggregationResult? found) && found is BucketsResult { Buckets: var buckets }
            ? [.. buckets.Where(b => b.Range is not null).Select(b => (b.Range!.Value, b.Count))]
            : [];

    private static IReadOnlyList<Bucket> Inside(Bucket bucket, string name) =>
        bucket.Aggregations.TryGetValue(name, out AggregationResult? found) && found is BucketsResult inner ? inner.Buckets : [];
}
