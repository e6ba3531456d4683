using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Time;

namespace LogView.Server.Storage.Aggregations;

/// <summary>Counts per time bucket. Only buckets with events exist until the answer is made. An event with several dates counts once in each bucket they fall in.</summary>
public sealed class DateHistogramAggregator(string field, TimeBuckets buckets, TimeZoneInfo zone, AggregatorFactory children) : Aggregator
{
    private readonly Dictionary<int, BucketAggregator> _filled = [];

    public TimeBuckets Buckets => buckets;

    public BucketAggregator Bucket(int index)
    {
        if (!_filled.TryGetValue(index, out BucketAggregator? bucket))
        {
            _filled[index] = bucket = children.CreateBucket();
        }

        return bucket;
    }

    public override long Memory => base.Memory + _filled.Values.Sum(b => b.Memory);

    public override void Add(LogEvent logEvent)
    {
        if (FieldDates.IsTimestamp(field))
        {
            AddTo(buckets.IndexOf(logEvent.Timestamp), logEvent);
            return;
        }

        foreach (int index in FieldDates.Of(logEvent, field, zone).Select(buckets.IndexOf).Distinct())
        {
            AddTo(index, logEvent);
        }
    }

    public override void Merge(Aggregator other)
    {
        foreach ((int index, BucketAggregator bucket) in ((DateHistogramAggregator)other)._filled)
        {
            Bucket(index).Merge(bucket);
        }
    }

    public override AggregationResult ToResult(BucketBudget budget)
    {
        BucketAggregator empty = children.CreateBucket();
        var result = new Bucket[buckets.Count];
        for (int i = 0; i < result.Length; i++)
        {
            TimeRange range = buckets[i];
            result[i] = _filled.GetValueOrDefault(i, empty).ToBucket(budget) with
            {
                From = range.From.ToString(),
                To = range.To.ToString(),
                Range = range,
            };
        }

        return new BucketsResult(result, buckets.FixedNanoseconds);
    }

    private void AddTo(int index, LogEvent logEvent)
    {
        if (index >= 0)
        {
            Bucket(index).Add(logEvent);
        }
    }
}
