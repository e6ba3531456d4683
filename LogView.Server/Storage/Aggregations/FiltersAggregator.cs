using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Language;

namespace LogView.Server.Storage.Aggregations;

/// <summary>Counts per named query, in the order asked.</summary>
public sealed class FiltersAggregator : Aggregator
{
    private readonly (string Name, Matcher Matcher)[] _filters;
    private readonly BucketAggregator[] _buckets;

    public FiltersAggregator((string Name, Matcher Matcher)[] filters, AggregatorFactory children)
    {
        _filters = filters;
        _buckets = [.. filters.Select(_ => children.CreateBucket())];
    }

    public BucketAggregator Bucket(int index) => _buckets[index];

    public override long Memory => base.Memory + _buckets.Sum(b => b.Memory);

    public override void Add(LogEvent logEvent)
    {
        for (int i = 0; i < _filters.Length; i++)
        {
            if (_filters[i].Matcher.Matches(logEvent))
            {
                _buckets[i].Add(logEvent);
            }
        }
    }

    public override void Merge(Aggregator other)
    {
        var merged = (FiltersAggregator)other;
        for (int i = 0; i < _buckets.Length; i++)
        {
            _buckets[i].Merge(merged._buckets[i]);
        }
    }

    public override AggregationResult ToResult(BucketBudget budget) =>
        new BucketsResult([.. _buckets.Select((b, i) => b.ToBucket(budget) with { Key = FieldValue.Of(_filters[i].Name) })]);
}
