using System.Globalization;
using LogView.Client.Contracts.Events;

namespace LogView.Client.Shared.Timing;

/// <summary>Instants as people read them, in a zone. One form everywhere: year-month-day, 24 hours, so that columns line up and sort.</summary>
public static class ZoneTime
{
    /// <summary>The zone with this IANA name; UTC for null and for names this machine does not know.</summary>
    public static TimeZoneInfo Zone(string? iana) => iana is not null && TimeZoneInfo.TryFindSystemTimeZoneById(iana, out TimeZoneInfo? zone) ? zone : TimeZoneInfo.Utc;

    /// <summary><c>14:02:11.482</c>.</summary>
    public static string TimeOfDay(Timestamp instant, TimeZoneInfo zone) => Of(instant, zone, DatePart.None);

    /// <summary>To the millisecond: <c>14:02:11.482</c>, <c>11-22 14:02:11.482</c> or <c>2026-11-22 14:02:11.482</c>.</summary>
    public static string Of(Timestamp instant, TimeZoneInfo zone, DatePart date) => In(instant, zone).ToString(
        date switch { DatePart.None => "HH:mm:ss.fff", DatePart.Day => "MM-dd HH:mm:ss.fff", _ => "yyyy-MM-dd HH:mm:ss.fff" }, CultureInfo.InvariantCulture);

    /// <summary><c>2026-11-22 14:02:11</c>, or <c>2026-11-22 14:02</c> on a whole minute.</summary>
    public static string Short(Timestamp instant, TimeZoneInfo zone)
    {
        DateTimeOffset local = In(instant, zone);
        return local.ToString(local.Second == 0 && local.Millisecond == 0 ? "yyyy-MM-dd HH:mm" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
    }

    /// <summary>All that is known: <c>2026-11-22 14:02:11.482000000 +09:00</c>.</summary>
    public static string Full(Timestamp instant, TimeZoneInfo zone)
    {
        DateTimeOffset local = In(instant, zone);
        string fraction = instant.ToString()[20..29];
        return string.Create(CultureInfo.InvariantCulture, $"{local:yyyy-MM-dd HH:mm:ss}.{fraction} {local:zzz}");
    }

    /// <summary>All that is known, in two zones, a line each; the second is left out where it is the first.</summary>
    public static string Both(Timestamp instant, TimeZoneInfo zone, TimeZoneInfo other) => string.Equals(zone.Id, other.Id, StringComparison.Ordinal)
        ? $"{Full(instant, zone)} ({zone.Id})"
        : $"{Full(instant, zone)} ({zone.Id})\n{Full(instant, other)} ({other.Id})";

    /// <summary>The zone whose times are said beside those of <paramref name="zone"/>: UTC, or beside UTC the browser's.</summary>
    public static TimeZoneInfo Other(TimeZoneInfo zone, string browserZone) => string.Equals(zone.Id, TimeZoneInfo.Utc.Id, StringComparison.Ordinal) ? Zone(browserZone) : TimeZoneInfo.Utc;

    /// <summary>True when both instants fall on one day of the zone.</summary>
    public static bool SameDay(Timestamp first, Timestamp second, TimeZoneInfo zone) => In(first, zone).Date == In(second, zone).Date;

    /// <summary>Last part of a zone's name: <c>Seoul</c> for <c>Asia/Seoul</c>.</summary>
    public static string City(string iana) => iana[(iana.LastIndexOf('/') + 1)..].Replace('_', ' ');

    /// <summary>Reads an RFC 3339 instant (cut to 100 ns); null for anything else (date math, local times).</summary>
    public static Timestamp? Instant(string? text)
    {
        bool complete = text is { Length: >= 20 } && text[10] == 'T' && (text[^1] == 'Z' || text[^6] is '+' or '-');
        return complete && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset instant)
            ? Timestamp.From(instant)
            : null;
    }

    private static DateTimeOffset In(Timestamp instant, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(instant.ToDateTimeOffset(), zone);
}
