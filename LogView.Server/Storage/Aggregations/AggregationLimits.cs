using System.Globalization;
namespace LogView.Server.Storage.Aggregations;

/// <summary>What one search may ask to be summed up.</summary>
public static class AggregationLimits
{
    /// <summary>Buckets of one aggregation: more than any chart can draw, few enough to send.</summary>
    public const int MaxBuckets = 10_000;

    /// <summary>Buckets of a whole answer: nested aggregations multiply, and an answer has to stay below some 10 MB.</summary>
    public const int MaxTotalBuckets = 100_000;

    /// <summary>Levels of bucket aggregations.</summary>
    public const int MaxDepth = 4;
}

/// <summary>The aggregation would make more buckets than <see cref="AggregationLimits"/> allow; the message says what would fit.</summary>
public sealed class TooManyBucketsException : Exception
{
    public TooManyBucketsException()
        : this("The aggregations make too many buckets")
    {
    }

    public TooManyBucketsException(string message)
        : base(message)
    {
    }

    public TooManyBucketsException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>Counts the buckets of one answer.</summary>
public sealed class BucketBudget
{
    private int _left = AggregationLimits.MaxTotalBuckets;

    public void Take(int buckets)
    {
        _left -= buckets;
        if (_left < 0)
        {
            throw new TooManyBucketsException(string.Create(
                CultureInfo.InvariantCulture,
                $"The nested aggregations make more than {AggregationLimits.MaxTotalBuckets:N0} buckets: ask for a wider interval, smaller terms or less nesting"));
        }
    }
}
