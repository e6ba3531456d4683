using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;

namespace LogView.Server.Storage.Aggregations;

/// <summary>Counts per value, all of them until the answer is made: exact. Numbers that are equal are one value, whatever their kind.</summary>
public sealed class TermsAggregator(TermsAggregation terms, AggregatorFactory children) : Aggregator
{
    private readonly Dictionary<FieldValue, BucketAggregator> _filled = [];

    /// <param name="value">Need not be canonical.</param>
    public BucketAggregator Bucket(FieldValue value)
    {
        FieldValue key = FieldValueOrder.Canonical(value);
        if (!_filled.TryGetValue(key, out BucketAggregator? bucket))
        {
            _filled[key] = bucket = children.CreateBucket();
        }

        return bucket;
    }

    /// <summary>True for the values asked for.</summary>
    public bool Includes(FieldValue value) =>
        terms.Contains is not { } part || value.ToString().Contains(part, StringComparison.OrdinalIgnoreCase);

    public override long Memory => base.Memory + _filled.Sum(b => b.Value.Memory + 100 + (b.Key.Kind == FieldValueKind.String ? 2 * b.Key.AsString().Length : 0));

    public override void Add(LogEvent logEvent)
    {
        IReadOnlyList<FieldValue> values = logEvent.Fields.Values(terms.Field);
        if (values.Count == 1)
        {
            AddTo(values[0], logEvent);
            return;
        }

        foreach (FieldValue value in values.Select(FieldValueOrder.Canonical).Distinct())
        {
            AddTo(value, logEvent);
        }
    }

    public override void Merge(Aggregator other)
    {
        foreach ((FieldValue value, BucketAggregator bucket) in ((TermsAggregator)other)._filled)
        {
            Bucket(value).Merge(bucket);
        }
    }

    public override AggregationResult ToResult(BucketBudget budget)
    {
        List<KeyValuePair<FieldValue, BucketAggregator>> all =
            [.. _filled.OrderByDescending(b => b.Value.Count).ThenBy(b => b.Key, FieldValueOrder.Instance)];
        Bucket[] kept = [.. all.Take(terms.Size).Select(b => b.Value.ToBucket(budget) with { Key = b.Key })];
        return new BucketsResult(kept, OtherCount: all.Skip(terms.Size).Sum(b => b.Value.Count), ErrorBound: 0);
    }

    private void AddTo(FieldValue value, LogEvent logEvent)
    {
        if (Includes(value))
        {
            Bucket(value).Add(logEvent);
        }
    }
}
