using System.Globalization;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Time;

namespace LogView.Server.Storage.Aggregations;

/// <summary>
/// The buckets of one date histogram, made once per search and shared by all segments and all parent buckets: whole intervals that cover
/// the time range. An open end of the range is where the hits end.
/// </summary>
public sealed class TimeBuckets
{
    private readonly long[] _bounds;

    private TimeBuckets(long[] bounds, long? width) => (_bounds, FixedNanoseconds) = (bounds, width);

    public static TimeBuckets None { get; } = new([], null);

    public int Count => Math.Max(0, _bounds.Length - 1);

    /// <summary>The width where it is always the same.</summary>
    public long? FixedNanoseconds { get; }

    public TimeRange this[int index] => new(new Timestamp(_bounds[index]), new Timestamp(_bounds[index + 1]));

    /// <summary>The bucket that holds the instant; -1 outside.</summary>
    public int IndexOf(Timestamp instant)
    {
        int found = Array.BinarySearch(_bounds, instant.UnixNanoseconds);
        int index = found >= 0 ? found : ~found - 1;
        return index >= Count ? (instant == Timestamp.MaxValue && Count > 0 ? Count - 1 : -1) : index;
    }

    /// <summary>Throws <see cref="TooManyBucketsException"/> that names the smallest interval that fits.</summary>
    /// <param name="interval">As asked.</param>
    /// <param name="range">The search's time range.</param>
    /// <param name="extent">First and last instant among the hits; null when there is none. Looked at only where the range is open.</param>
    /// <param name="zone">The search's zone.</param>
    public static TimeBuckets Plan(HistogramInterval interval, TimeRange range, (Timestamp First, Timestamp Last)? extent, TimeZoneInfo zone)
    {
        if (Close(range, extent) is not { } closed)
        {
            return None;
        }

        TimeSteps steps = new(closed.First, zone);
        TimeStep step = interval switch
        {
            HistogramInterval.Fixed wide => steps.Fixed(wide.Nanoseconds),
            HistogramInterval.Calendar calendar => new CalendarStep(calendar.Unit, 1, zone),
            HistogramInterval.Auto auto => steps.SmallestThatFits(closed, auto.MaxBuckets),
            _ => throw new ArgumentOutOfRangeException(nameof(interval)),
        };
        return TryMake(step, closed, AggregationLimits.MaxBuckets) ?? throw TooMany(step, steps, closed);
    }

    /// <summary>Whole steps from the first to the last instant, or null when that takes more than <paramref name="most"/>.</summary>
    internal static TimeBuckets? TryMake(TimeStep step, (Timestamp First, Timestamp Last) closed, int most)
    {
        Int128 first = closed.First.UnixNanoseconds, last = closed.Last.UnixNanoseconds;
        if ((last - first) / step.TypicalNanoseconds > 2 * (Int128)most)
        {
            return null;
        }

        var bounds = new List<long>();
        Int128 bound = step.Floor((long)first);
        while (bound <= last && bounds.Count <= most)
        {
            bounds.Add(Clamp(bound));
            bound = step.Next(bound);
        }

        if (bounds.Count > most)
        {
            return null;
        }

        bounds.Add(Clamp(bound));
        return new TimeBuckets([.. bounds], (step as FixedStep)?.Nanoseconds);
    }

    private static (Timestamp First, Timestamp Last)? Close(TimeRange range, (Timestamp First, Timestamp Last)? extent)
    {
        Timestamp? first = range.From != Timestamp.MinValue ? range.From : extent?.First;
        Timestamp? last = range.To != Timestamp.MaxValue ? new Timestamp(range.To.UnixNanoseconds - 1) : extent?.Last;
        return first is { } f && last is { } l && f <= l && !range.IsEmpty ? (f, l) : null;
    }

    private static long Clamp(Int128 bound) => (long)Int128.Clamp(bound, long.MinValue, long.MaxValue);

    private static TooManyBucketsException TooMany(TimeStep step, TimeSteps steps, (Timestamp First, Timestamp Last) closed)
    {
        string fits = steps.SmallestThatFits(closed, AggregationLimits.MaxBuckets).Name;
        return new TooManyBucketsException(string.Create(
            CultureInfo.InvariantCulture,
            $"The interval {step.Name} makes more than {AggregationLimits.MaxBuckets:N0} buckets over this time range; the smallest that fits is {fits}"));
    }
}
