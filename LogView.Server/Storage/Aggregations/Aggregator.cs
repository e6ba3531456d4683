using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;

namespace LogView.Server.Storage.Aggregations;

/// <summary>
/// What one aggregation has summed up so far: takes events, takes the sums of another part of the store, gives the answer. Not safe
/// for concurrent use: one per thread, merged at the end. Engines with columns may fill buckets and metrics without events.
/// </summary>
public abstract class Aggregator
{
    public abstract void Add(LogEvent logEvent);

    /// <summary>Adds what <paramref name="other"/> has, made by the same factory; <paramref name="other"/> stays as it is.</summary>
    public abstract void Merge(Aggregator other);

    /// <summary>Bytes of memory it holds, about.</summary>
    public virtual long Memory => 200;

    /// <summary>Throws <see cref="TooManyBucketsException"/> when the answer gets too large. May be called between additions.</summary>
    public abstract AggregationResult ToResult(BucketBudget budget);
}

/// <summary>The aggregations of one level, by name.</summary>
public sealed class AggregatorSet(IReadOnlyDictionary<string, Aggregator> aggregators)
{
    public static readonly AggregatorSet Empty = new(new Dictionary<string, Aggregator>(StringComparer.Ordinal));

    public Aggregator this[string name] => aggregators[name];

    /// <summary>Bytes of memory, about.</summary>
    public long Memory => 100 + aggregators.Values.Sum(a => a.Memory);

    public void Add(LogEvent logEvent)
    {
        foreach (Aggregator aggregator in aggregators.Values)
        {
            aggregator.Add(logEvent);
        }
    }

    public void Merge(AggregatorSet other)
    {
        foreach ((string name, Aggregator aggregator) in aggregators)
        {
            aggregator.Merge(other[name]);
        }
    }

    public IReadOnlyDictionary<string, AggregationResult> ToResults(BucketBudget budget) =>
        aggregators.ToDictionary(a => a.Key, a => a.Value.ToResult(budget), StringComparer.Ordinal);
}

/// <summary>One bucket while it fills.</summary>
public sealed class BucketAggregator(AggregatorSet children)
{
    public long Count { get; set; }

    public AggregatorSet Children => children;

    /// <summary>Bytes of memory with its place in a table, about.</summary>
    public long Memory => 100 + children.Memory;

    public void Add(LogEvent logEvent)
    {
        Count++;
        children.Add(logEvent);
    }

    public void Merge(BucketAggregator other)
    {
        Count += other.Count;
        children.Merge(other.Children);
    }

    public Bucket ToBucket(BucketBudget budget)
    {
        budget.Take(1);
        return new Bucket(Count) { Aggregations = children.ToResults(budget) };
    }
}
