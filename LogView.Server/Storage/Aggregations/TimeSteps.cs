using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Time;

namespace LogView.Server.Storage.Aggregations;

/// <summary>The round widths a histogram may get, for one time range: what people count in, from a nanosecond to a century.</summary>
internal sealed class TimeSteps(Timestamp start, TimeZoneInfo zone)
{
    private static readonly long[] Widths =
    [
        .. from unit in new long[] { 1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000 }
           from factor in new long[] { 1, 2, 5 }
           select unit * factor,
        .. from seconds in new long[] { 1, 2, 5, 10, 15, 30 } select seconds * IntervalName.Second,
        .. from minutes in new long[] { 1, 2, 5, 10, 15, 30 } select minutes * IntervalName.Minute,
        .. from hours in new long[] { 1, 2, 3, 4, 6, 12 } select hours * IntervalName.Hour,
    ];

    private static readonly (CalendarUnit Unit, int Multiple)[] Units =
    [
        (CalendarUnit.Day, 1), (CalendarUnit.Week, 1), (CalendarUnit.Month, 1), (CalendarUnit.Quarter, 1), (CalendarUnit.Year, 1),
        (CalendarUnit.Year, 2), (CalendarUnit.Year, 5), (CalendarUnit.Year, 10), (CalendarUnit.Year, 20), (CalendarUnit.Year, 50),
        (CalendarUnit.Year, 100), (CalendarUnit.Year, 1_000),
    ];

    /// <summary>Aligned to the epoch in the zone's offset at the start of the range.</summary>
    public FixedStep Fixed(long nanoseconds)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(nanoseconds);
        return new FixedStep(nanoseconds, -zone.GetUtcOffset(start.ToDateTimeOffset()).Ticks * 100);
    }

    /// <summary>The narrowest step that covers first to last with at most so many buckets.</summary>
    public TimeStep SmallestThatFits((Timestamp First, Timestamp Last) closed, int mostBuckets)
    {
        int most = Math.Clamp(mostBuckets, 1, AggregationLimits.MaxBuckets);
        TimeStep widest = new CalendarStep(CalendarUnit.Year, Units[^1].Multiple, zone);
        return All().FirstOrDefault(step => TimeBuckets.TryMake(step, closed, most) is not null, widest);
    }

    private IEnumerable<TimeStep> All() =>
        Widths.Select(w => (TimeStep)Fixed(w)).Concat(Units.Select(u => new CalendarStep(u.Unit, u.Multiple, zone)));
}
