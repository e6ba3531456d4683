using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Time;
using LogView.Server.Storage.Aggregations;
using LogView.Server.Storage.Elastic.Reading.Aggregating;

namespace LogView.Server.Storage.Elastic.Reading;

/// <summary>
/// A search's time range in slices, newest first, so that its count and its histogram can be shown while they grow. The slices end where buckets end: no
/// bucket is put together from two, so that whatever is inside one is as exact as in one piece.
/// </summary>
internal sealed class TimeSlices
{
    /// <summary>The first slice is this part of the buckets: enough to tell how long the rest will take.</summary>
    private const int FirstPart = 8;

    /// <summary>What is expected to be there sooner goes in one piece.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private readonly TimeRange _whole;
    private readonly TimeBuckets _buckets;
    private int _next;
    private int _end;

    private TimeSlices(TimeRange whole, TimeBuckets buckets)
    {
        (_whole, _buckets) = (whole, buckets);
        _next = _end = buckets.Count;
    }

    /// <summary>False when the last slice was taken.</summary>
    public bool HasMore => _next > 0;

    /// <summary>Null when the answer has to come in one piece: there is nothing but rows, or something that is not in buckets of time.</summary>
    public static TimeSlices? Of(StoreSearch search, Extents extents)
    {
        if (search.Count == CountMode.Bounded || search.Aggregations.Count == 0
            || !search.Aggregations.Values.All(p => p.Aggregation is DateHistogramAggregation date && FieldDates.IsTimestamp(date.Field)))
        {
            return null;
        }

        DateHistogramAggregation[] histograms = [.. search.Aggregations.Values.Select(p => (DateHistogramAggregation)p.Aggregation)];
        if (histograms.Any(h => h.Interval != histograms[0].Interval))
        {
            return null;
        }

        TimeBuckets buckets = TimeBuckets.Plan(histograms[0].Interval, search.Range, extents.Instants(histograms[0].Field), search.Zone);
        return buckets.Count < 2 ? null : new TimeSlices(search.Range, buckets);
    }

    /// <summary>The range of the next slice. Together they are the whole range, each instant once.</summary>
    /// <param name="took">How long the one before took; null: this is the first.</param>
    public TimeRange Take(TimeSpan? took)
    {
        int done = _end - _next;
        int many = took is not { } time ? Math.Max(1, _buckets.Count / FirstPart)
            : time * _next < Patience * done ? _next
            : (int)Math.Clamp(done * (Patience / time), 1, _next);
        (_end, _next) = (_next, _next - many);
        return new TimeRange(_next == 0 ? _whole.From : _buckets[_next].From, _end == _buckets.Count ? _whole.To : _buckets[_end].From);
    }

    /// <summary>The buckets so far with those of the slice that was taken last.</summary>
    /// <param name="before">Null: it is the first.</param>
    /// <param name="slice">All buckets, filled where the slice is.</param>
    public IReadOnlyDictionary<string, AggregationResult> With(
        IReadOnlyDictionary<string, AggregationResult>? before, IReadOnlyDictionary<string, AggregationResult> slice) =>
        before is null ? slice : slice.ToDictionary(s => s.Key, s => (AggregationResult)Joined((BucketsResult)before[s.Key], (BucketsResult)s.Value), StringComparer.Ordinal);

    private BucketsResult Joined(BucketsResult before, BucketsResult slice) =>
        slice with { Buckets = [.. slice.Buckets.Select((b, i) => i >= _end ? before.Buckets[i] : b)] };
}
