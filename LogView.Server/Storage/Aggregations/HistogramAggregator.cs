using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;

namespace LogView.Server.Storage.Aggregations;

/// <summary>Counts per number bucket. An event with several numbers counts once in each bucket they fall in.</summary>
public sealed class HistogramAggregator(string field, NumberBuckets buckets, AggregatorFactory children) : Aggregator
{
    private readonly SortedDictionary<long, BucketAggregator> _filled = [];

    public BucketAggregator Bucket(long index)
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
        foreach (long? index in logEvent.Fields.Values(field).Where(v => v.IsNumber).Select(v => buckets.IndexOf(v.AsDouble())).Distinct())
        {
            if (index is { } found)
            {
                Bucket(found).Add(logEvent);
            }
        }
    }

    public override void Merge(Aggregator other)
    {
        foreach ((long index, BucketAggregator bucket) in ((HistogramAggregator)other)._filled)
        {
            Bucket(index).Merge(bucket);
        }
    }

    public override AggregationResult ToResult(BucketBudget budget)
    {
        if (_filled.Count == 0)
        {
            return new BucketsResult([]);
        }

        BucketAggregator empty = children.CreateBucket();
        long first = _filled.First().Key;
        var result = new Bucket[buckets.CountBetween(first, _filled.Last().Key)];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = (_filled.TryGetValue(first + i, out BucketAggregator? bucket) ? bucket : empty).ToBucket(budget) with
            {
                From = buckets.LowerText(first + i),
                To = buckets.LowerText(first + i + 1),
            };
        }

        return new BucketsResult(result);
    }
}
