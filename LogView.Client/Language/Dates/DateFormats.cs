using LogView.Client.Contracts.Events;

namespace LogView.Client.Language.Dates;

/// <summary>What a date text stands for: from its first to its last nanosecond, both included. <c>2026-11</c> is the whole month.</summary>
internal readonly record struct DateSpan(Timestamp First, Timestamp Last);

/// <summary>
/// Dates and times as LogView shows and takes them: ISO 8601 with <c>T</c> or a blank, cut short anywhere from the year on, with up to nine
/// fractional digits and an optional offset; <c>/</c> or <c>.</c> between year, month and day; a time of day alone is today's.
/// </summary>
internal static class DateFormats
{
    /// <summary>Null when the text is no date, or one outside the years 1677 to 2262.</summary>
    public static DateSpan? Parse(ReadOnlySpan<char> text, Timestamp now, TimeZoneInfo zone)
    {
        var reader = new DateReader(text);
        bool isTimeOnly = text.Length >= 5 && text[2] == ':';
        if (!(isTimeOnly ? reader.ReadTime() : reader.ReadDate() && reader.ReadTimeAndOffset()) || !reader.AtEnd)
        {
            return null;
        }

        if (isTimeOnly)
        {
            DateTime today = CalendarMath.ToLocal(now, zone).Local;
            (reader.Year, reader.Month, reader.Day) = (today.Year, today.Month, today.Day);
        }

        return Span(reader, zone);
    }

    /// <summary>True for texts that look like the full dates events have: cheap, before <see cref="Parse"/> is tried on a value.</summary>
    public static bool LooksLikeDate(ReadOnlySpan<char> value) =>
        value.Length >= 10 && char.IsAsciiDigit(value[0]) && value[4] is '-' or '/' && char.IsAsciiDigit(value[1]) && value[7] is '-' or '/';

    /// <summary>Milliseconds since 1970 as Elasticsearch takes them in queries: 12 or 13 digits, so that years and plain numbers are not meant.</summary>
    public static DateSpan? ParseEpochMilliseconds(ReadOnlySpan<char> text)
    {
        if (text.Length is < 12 or > 13 || text.ContainsAnyExceptInRange('0', '9'))
        {
            return null;
        }

        var first = new Timestamp(long.Parse(text, System.Globalization.CultureInfo.InvariantCulture) * Timestamp.NanosecondsPerMillisecond);
        return new DateSpan(first, new Timestamp(first.UnixNanoseconds + Timestamp.NanosecondsPerMillisecond - 1));
    }

    private static DateSpan? Span(in DateReader reader, TimeZoneInfo zone)
    {
        if (reader.Year is < 1600 or > 2300 || reader.Month is < 1 or > 12 || reader.Day < 1 || reader.Day > DateTime.DaysInMonth(reader.Year, reader.Month))
        {
            return null;
        }

        var local = new DateTime(reader.Year, reader.Month, reader.Day, reader.Hour, reader.Minute, reader.Second, DateTimeKind.Unspecified);
        if (reader.OffsetMinutes is { } minutes)
        {
            Int128 ticks = local.Ticks - DateTime.UnixEpoch.Ticks - minutes * TimeSpan.TicksPerMinute;
            return Close(CalendarMath.Make(ticks * 100 + reader.Nanoseconds), local, reader, TimeZoneInfo.Utc, minutes);
        }

        return Close(CalendarMath.ToUtc(local, reader.Nanoseconds, zone), local, reader, zone, offsetMinutes: 0);
    }

    private static DateSpan? Close(Timestamp? first, DateTime local, in DateReader reader, TimeZoneInfo zone, int offsetMinutes)
    {
        if (first is not { } start)
        {
            return null;
        }

        Timestamp? next = reader.Precision >= DateUnit.Day
            ? CalendarMath.ToUtc(CalendarMath.Next(local, reader.Precision).AddMinutes(-offsetMinutes), 0, zone)
            : CalendarMath.Make((Int128)start.UnixNanoseconds + reader.FractionWidth);
        return new DateSpan(start, next is null ? Timestamp.MaxValue : CalendarMath.Before(next) ?? start);
    }
}
