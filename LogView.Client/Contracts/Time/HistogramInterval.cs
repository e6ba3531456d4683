namespace LogView.Client.Contracts.Time;

public enum CalendarUnit : byte
{
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

/// <summary>Width of a time bucket.</summary>
public abstract record HistogramInterval
{
    private HistogramInterval()
    {
    }

    /// <summary>The engine picks a round width that gives at most <paramref name="MaxBuckets"/> buckets over the time range.</summary>
    public sealed record Auto(int MaxBuckets) : HistogramInterval;

    /// <summary>Always the same number of nanoseconds, aligned to the epoch shifted by the zone's offset at the start of the range.</summary>
    public sealed record Fixed(long Nanoseconds) : HistogramInterval;

    /// <summary>Calendar units in the search's time zone: days of 23 and 25 hours, months of 28 to 31 days. Weeks start on Monday.</summary>
    public sealed record Calendar(CalendarUnit Unit) : HistogramInterval;
}
