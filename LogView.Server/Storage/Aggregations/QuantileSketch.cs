using System.Runtime.CompilerServices;

namespace LogView.Server.Storage.Aggregations;

/// <summary>
/// Quantiles of a stream in fixed memory, mergeable: counts in buckets whose bounds grow by a constant factor, so that every answer is within
/// <see cref="RelativeError"/> of the true value. After Masson, Rim and Lee, "DDSketch" (VLDB 2019). The quantile q of n values is the one
/// at rank ⌊q × (n − 1)⌋ in ascending order.
/// </summary>
public sealed class QuantileSketch
{
    public const double RelativeError = 0.01;

    /// <summary>Magnitudes below this count as zero: the smallest that keeps the bucket index exact.</summary>
    private const double Smallest = 1e-300;

    private static readonly double Gamma = (1 + RelativeError) / (1 - RelativeError);
    private static readonly double LogGamma = Math.Log(Gamma);
    private static readonly LogBuckets Buckets = new(Gamma);

    private readonly Side _positive = new();
    private readonly Side _negative = new();
    private long _zeros;
    private double _min = double.PositiveInfinity;
    private double _max = double.NegativeInfinity;

    public long Count { get; private set; }

    /// <summary>Bytes of memory, about.</summary>
    public long Memory => 200 + _positive.Memory + _negative.Memory;

    /// <summary>Takes finite numbers; others are left out.</summary>
    public void Add(double value, long times = 1)
    {
        if (!double.IsFinite(value))
        {
            return;
        }

        Count += times;
        _min = Math.Min(_min, value);
        _max = Math.Max(_max, value);
        if (Math.Abs(value) < Smallest)
        {
            _zeros += times;
        }
        else
        {
            (value > 0 ? _positive : _negative).Add(Buckets.IndexOf(Math.Abs(value)), times);
        }
    }

    /// <summary>Takes many numbers, all of them finite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddFinite(ReadOnlySpan<double> values)
    {
        double min = _min, max = _max;
        LogBuckets buckets = Buckets;
        foreach (double value in values)
        {
            min = Math.Min(min, value);
            max = Math.Max(max, value);
            if (value >= Smallest)
            {
                _positive.Add(buckets.IndexOf(value), 1);
            }
            else if (value <= -Smallest)
            {
                _negative.Add(buckets.IndexOf(-value), 1);
            }
            else
            {
                _zeros++;
            }
        }

        (_min, _max) = (min, max);
        Count += values.Length;
    }

    public void Merge(QuantileSketch other)
    {
        _positive.Merge(other._positive);
        _negative.Merge(other._negative);
        _zeros += other._zeros;
        Count += other.Count;
        _min = Math.Min(_min, other._min);
        _max = Math.Max(_max, other._max);
    }

    /// <param name="fraction">0 to 1.</param>
    /// <returns>Null when nothing was added.</returns>
    public double? Quantile(double fraction)
    {
        if (Count == 0)
        {
            return null;
        }

        long rank = Quantiles.Rank(fraction, Count);
        double value = rank < _negative.Total ? -Middle(_negative.FromTop(rank))
            : rank < _negative.Total + _zeros ? 0
            : Middle(_positive.FromBottom(rank - _negative.Total - _zeros));
        return Math.Clamp(value, _min, _max);
    }

    /// <summary>The value of a bucket that is within the error of both its bounds.</summary>
    private static double Middle(int index) => 2 * Math.Exp(index * LogGamma) / (Gamma + 1);

    /// <summary>Counts of one sign in a dense array from the smallest to the largest index met (at most 70,000 for all doubles).</summary>
    private sealed class Side
    {
        private const int Spare = 64;

        private long[] _counts = [];
        private int _first;

        public long Total { get; private set; }

        public long Memory => _counts.Length * (long)sizeof(long);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(int index, long times)
        {
            if ((uint)(index - _first) >= (uint)_counts.Length)
            {
                Reach(index);
            }

            _counts[index - _first] += times;
            Total += times;
        }

        public void Merge(Side other)
        {
            for (int i = 0; i < other._counts.Length; i++)
            {
                if (other._counts[i] > 0)
                {
                    Add(other._first + i, other._counts[i]);
                }
            }
        }

        public int FromBottom(long rank)
        {
            int i = 0;
            for (long seen = _counts[0]; seen <= rank; seen += _counts[i])
            {
                i++;
            }

            return _first + i;
        }

        public int FromTop(long rank) => FromBottom(Total - 1 - rank);

        private void Reach(int index)
        {
            if (_counts.Length == 0)
            {
                (_counts, _first) = (new long[2 * Spare], index - Spare);
                return;
            }

            int low = Math.Min(_first, index - Spare), high = Math.Max(_first + _counts.Length, index + Spare);
            var wider = new long[high - low];
            _counts.CopyTo(wider, _first - low);
            (_counts, _first) = (wider, low);
        }
    }
}

/// <summary>Which value a percentile is: the one at rank ⌊q × (n − 1)⌋, so that it is a value that occurred and sketches can bound their error.</summary>
public static class Quantiles
{
    public static long Rank(double fraction, long count) => (long)Math.Floor(Math.Clamp(fraction, 0, 1) * (count - 1) + 1e-9);

    /// <summary>Of all values, ascending. Null when there are none.</summary>
    public static double? Exact(IReadOnlyList<double> sorted, double fraction) =>
        sorted.Count == 0 ? null : sorted[(int)Rank(fraction, sorted.Count)];
}
