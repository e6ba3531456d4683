using LogView.Client.Contracts.Events;

namespace LogView.Server.Ingest.Parsing.Times;

/// <summary>A date and time of day as written. What is not written is null and found by <see cref="TryResolve"/>.</summary>
internal struct TimeParts
{
    /// <summary>29 February is at most this many years back (1896 to 1904 skips 1900).</summary>
    private const int YearsTried = 9;

    private const int FirstYear = 1678;
    private const int LastYear = 2261;

    public int? Year;
    public int? Month;
    public int Day;
    public int Hour;
    public int Minute;
    public int Second;
    public int Nanoseconds;
    public int? OffsetSeconds;

    /// <summary>The instant; false when there is no such date or time of day.</summary>
    public readonly bool TryResolve(in TextTimeContext context, out Timestamp timestamp)
    {
        timestamp = default;
        if (Hour > 23 || Minute > 59 || Second > 60)
        {
            return false;
        }

        if (Year is { } year)
        {
            return TryInstant(year, Month ?? 0, Day, context.Zone, out timestamp);
        }

        return Month is null ? TryNewestDay(context, out timestamp) : TryNewestYear(context, out timestamp);
    }

    private readonly bool TryNewestYear(in TextTimeContext context, out Timestamp timestamp)
    {
        int newest = context.Limit.ToDateTimeOffset().Year + 1;
        for (int year = newest; year > newest - YearsTried; year--)
        {
            if (TryInstant(year, Month!.Value, Day, context.Zone, out timestamp) && timestamp <= context.Limit)
            {
                return true;
            }
        }

        timestamp = default;
        return false;
    }

    private readonly bool TryNewestDay(in TextTimeContext context, out Timestamp timestamp)
    {
        DateTimeOffset limit = context.Limit.ToDateTimeOffset();
        for (int back = -1; back <= 2; back++)
        {
            DateTimeOffset day = limit.AddDays(-back);
            if (TryInstant(day.Year, day.Month, day.Day, context.Zone, out timestamp) && timestamp <= context.Limit)
            {
                return true;
            }
        }

        timestamp = default;
        return false;
    }

    private readonly bool TryInstant(int year, int month, int day, TimeZoneInfo zone, out Timestamp timestamp)
    {
        timestamp = default;
        if (year is < FirstYear or > LastYear || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        // A leap second is read as the second after :59.
        DateTime local = new DateTime(year, month, day, Hour, Minute, 0, DateTimeKind.Unspecified).AddSeconds(Second);
        TimeSpan offset = OffsetSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : zone.GetUtcOffset(local);
        long ticks = local.Ticks - offset.Ticks - DateTime.UnixEpoch.Ticks;
        timestamp = new Timestamp(ticks * 100 + Nanoseconds);
        return true;
    }
}
