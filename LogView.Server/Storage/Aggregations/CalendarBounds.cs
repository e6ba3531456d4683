using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Time;

namespace LogView.Server.Storage.Aggregations;

/// <summary>
/// Starts of days and longer units in a zone. A day starts at its local midnight; where the clock jumps over midnight, at the jump; where
/// midnight comes twice, at the first. Bounds are Int128 since the last unit of 2262 ends after the last representable nanosecond.
/// </summary>
internal static class CalendarBounds
{
    private static readonly DateTime Epoch = DateTime.UnixEpoch;

    public static Int128 Floor(long nanoseconds, CalendarUnit unit, int multiple, TimeZoneInfo zone)
    {
        DateTimeOffset local = TimeZoneInfo.ConvertTime(new Timestamp(nanoseconds).ToDateTimeOffset(), zone);
        DateTime start = UnitStart(local.DateTime, unit, multiple);
        Int128 bound = StartOf(start, zone);

        // A transition just behind midnight can put the start of the local date after an instant that still shows it.
        return bound <= nanoseconds ? bound : StartOf(Add(start, unit, -multiple), zone);
    }

    public static Int128 Next(Int128 bound, CalendarUnit unit, int multiple, TimeZoneInfo zone)
    {
        DateTime utc = Epoch.AddTicks((long)(bound / 100));
        DateTime local = TimeZoneInfo.ConvertTime(new DateTimeOffset(utc, TimeSpan.Zero), zone).DateTime;
        DateTime start = Add(UnitStart(local, unit, multiple), unit, multiple);
        Int128 next = StartOf(start, zone);
        return next > bound ? next : StartOf(Add(start, unit, multiple), zone);
    }

    /// <summary>The first instant that shows the local date.</summary>
    private static Int128 StartOf(DateTime midnight, TimeZoneInfo zone)
    {
        if (zone.IsInvalidTime(midnight))
        {
            return Jump(midnight, zone);
        }

        TimeSpan offset = zone.IsAmbiguousTime(midnight) ? zone.GetAmbiguousTimeOffsets(midnight).Max() : zone.GetUtcOffset(midnight);
        return Nanoseconds(midnight - offset);
    }

    /// <summary>The instant at which the clock jumps over <paramref name="midnight"/>: found by halving a day on either side.</summary>
    private static Int128 Jump(DateTime midnight, TimeZoneInfo zone)
    {
        long low = DateTime.SpecifyKind(midnight, DateTimeKind.Utc).AddDays(-1).Ticks, high = low + 2 * TimeSpan.TicksPerDay;
        while (high - low > 1)
        {
            long middle = low + (high - low) / 2;
            DateTime local = TimeZoneInfo.ConvertTimeFromUtc(new DateTime(middle, DateTimeKind.Utc), zone);
            (low, high) = local < midnight ? (middle, high) : (low, middle);
        }

        return Nanoseconds(new DateTime(high));
    }

    private static Int128 Nanoseconds(DateTime utc) => (Int128)(utc.Ticks - Epoch.Ticks) * 100;

    private static DateTime UnitStart(DateTime local, CalendarUnit unit, int multiple)
    {
        DateTime day = DateTime.SpecifyKind(local.Date, DateTimeKind.Unspecified);
        return unit switch
        {
            CalendarUnit.Day => day,
            CalendarUnit.Week => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)),
            CalendarUnit.Month => new DateTime(day.Year, day.Month, 1),
            CalendarUnit.Quarter => new DateTime(day.Year, (day.Month - 1) / 3 * 3 + 1, 1),
            _ => new DateTime(Math.Max(1, day.Year / multiple * multiple), 1, 1),
        };
    }

    private static DateTime Add(DateTime start, CalendarUnit unit, int count) => unit switch
    {
        CalendarUnit.Day => start.AddDays(count),
        CalendarUnit.Week => start.AddDays(7 * count),
        CalendarUnit.Month => start.AddMonths(count),
        CalendarUnit.Quarter => start.AddMonths(3 * count),
        _ => start.AddYears(count),
    };
}
