using LogView.Client.Contracts.Events;

namespace LogView.Client.Language.Dates;

internal enum DateUnit : byte
{
    Nanosecond,
    Microsecond,
    Millisecond,
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

/// <summary>Adds and rounds calendar units in a time zone. Days and longer follow the calendar, shorter units are exact. Null: out of range.</summary>
internal static class CalendarMath
{
    private const long NanosecondsPerTick = 100;

    public static Timestamp? Add(Timestamp instant, DateUnit unit, int count, TimeZoneInfo zone)
    {
        if (unit < DateUnit.Day)
        {
            return Make((Int128)instant.UnixNanoseconds + (Int128)Nanoseconds(unit) * count);
        }

        (DateTime local, long rest) = ToLocal(instant, zone);
        try
        {
            DateTime moved = unit switch
            {
                DateUnit.Day => local.AddDays(count),
                DateUnit.Week => local.AddDays(7L * count),
                DateUnit.Month => local.AddMonths(count),
                _ => local.AddYears(count),
            };
            return ToUtc(moved, rest, zone);
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    /// <summary>Start of the unit, or its last nanosecond.</summary>
    public static Timestamp? Round(Timestamp instant, DateUnit unit, TimeZoneInfo zone, bool up)
    {
        if (unit < DateUnit.Day)
        {
            return RoundExact(instant, unit, zone, up);
        }

        DateTime day = ToLocal(instant, zone).Local.Date;
        try
        {
            DateTime start = unit switch
            {
                DateUnit.Day => day,
                DateUnit.Week => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)),
                DateUnit.Month => new DateTime(day.Year, day.Month, 1),
                _ => new DateTime(day.Year, 1, 1),
            };
            return up ? Before(ToUtc(Next(start, unit), 0, zone)) : ToUtc(start, 0, zone);
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    /// <summary>The instant of a local time; in the hour that is skipped in spring the one after it, in the repeated hour the first.</summary>
    public static Timestamp? ToUtc(DateTime local, long rest, TimeZoneInfo zone)
    {
        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        TimeSpan offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return Make((Int128)(local.Ticks - offset.Ticks - DateTime.UnixEpoch.Ticks) * NanosecondsPerTick + rest);
    }

    public static DateTime Next(DateTime start, DateUnit unit) => unit switch
    {
        DateUnit.Day => start.AddDays(1),
        DateUnit.Week => start.AddDays(7),
        DateUnit.Month => start.AddMonths(1),
        _ => start.AddYears(1),
    };

    /// <summary>The local time, and the nanoseconds below its ticks.</summary>
    public static (DateTime Local, long BelowTick) ToLocal(Timestamp instant, TimeZoneInfo zone)
    {
        DateTimeOffset utc = instant.ToDateTimeOffset();
        long rest = instant.UnixNanoseconds - (utc.Ticks - DateTime.UnixEpoch.Ticks) * NanosecondsPerTick;
        return (TimeZoneInfo.ConvertTime(utc, zone).DateTime, rest);
    }

    public static Timestamp? Make(Int128 nanoseconds) =>
        nanoseconds < long.MinValue || nanoseconds > long.MaxValue ? null : new Timestamp((long)nanoseconds);

    public static Timestamp? Before(Timestamp? instant) => instant is { } i ? Make((Int128)i.UnixNanoseconds - 1) : null;

    public static long Nanoseconds(DateUnit unit) => unit switch
    {
        DateUnit.Nanosecond => 1,
        DateUnit.Microsecond => 1_000,
        DateUnit.Millisecond => Timestamp.NanosecondsPerMillisecond,
        DateUnit.Second => Timestamp.NanosecondsPerSecond,
        DateUnit.Minute => 60 * Timestamp.NanosecondsPerSecond,
        DateUnit.Hour => 3_600 * Timestamp.NanosecondsPerSecond,
        _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, "Has no fixed length."),
    };

    /// <summary>Hours start at the zone's full hours (offsets of 30 and 45 minutes exist), by the offset in force at the instant.</summary>
    private static Timestamp? RoundExact(Timestamp instant, DateUnit unit, TimeZoneInfo zone, bool up)
    {
        long width = Nanoseconds(unit);
        Int128 offset = (Int128)zone.GetUtcOffset(instant.ToDateTimeOffset()).Ticks * NanosecondsPerTick;
        Int128 local = instant.UnixNanoseconds + offset;
        Int128 rest = ((local % width) + width) % width;
        Int128 start = local - rest - offset;
        return Make(up ? start + width - 1 : start);
    }
}
