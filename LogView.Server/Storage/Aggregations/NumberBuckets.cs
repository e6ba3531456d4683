using System.Globalization;

namespace LogView.Server.Storage.Aggregations;

/// <summary>Buckets <c>[n × interval, (n + 1) × interval)</c> of a number. Bounds are computed in decimal where they fit, so that 3 × 0.1 is 0.3.</summary>
public sealed class NumberBuckets
{
    /// <summary>Indexes beyond this have no exact bounds as doubles.</summary>
    private const double MaxIndex = 9007199254740992d;

    private readonly double _interval;
    private readonly decimal? _decimal;

    public NumberBuckets(double interval)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(interval);
        _interval = interval;
        _decimal = interval is > 1e-12 and < 1e12 ? (decimal)interval : null;
    }

    /// <summary>The bucket of a number; null when it is too far out to have exact bounds, or no number.</summary>
    public long? IndexOf(double value)
    {
        double index = Math.Floor(value / _interval);
        if (!(Math.Abs(index) < MaxIndex))
        {
            return null;
        }

        long found = (long)index;
        return value >= Lower(found + 1) ? found + 1 : value < Lower(found) ? found - 1 : found;
    }

    public double Lower(long index) => _decimal is { } exact && Math.Abs(index) < 1_000_000_000_000 ? (double)(exact * index) : index * _interval;

    public string LowerText(long index) => Lower(index).ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Throws <see cref="TooManyBucketsException"/> when the buckets between these two are too many, naming an interval that fits.</summary>
    public int CountBetween(long first, long last)
    {
        double count = (double)last - first + 1;
        if (count > AggregationLimits.MaxBuckets)
        {
            double fits = RoundUp(_interval * count / (AggregationLimits.MaxBuckets - 1));
            throw new TooManyBucketsException(string.Create(
                CultureInfo.InvariantCulture,
                $"The interval {_interval:R} makes {count:N0} buckets; the most is {AggregationLimits.MaxBuckets:N0}. An interval that fits is {fits:R}"));
        }

        return (int)count;
    }

    /// <summary>The next of 1, 2, 5 × a power of ten.</summary>
    private static double RoundUp(double value)
    {
        int power = (int)Math.Floor(Math.Log10(value));
        double unit = Math.Pow(10, power);
        double factor = value / unit;
        double rounded = factor <= 1 ? 1 : factor <= 2 ? 2 : factor <= 5 ? 5 : 10;
        return double.Parse(string.Create(CultureInfo.InvariantCulture, $"{rounded}e{power}"), CultureInfo.InvariantCulture);
    }
}
