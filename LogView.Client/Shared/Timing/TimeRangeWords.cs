using LogView.Client.Contracts.Time;
using Microsoft.Extensions.Localization;

namespace LogView.Client.Shared.Timing;

/// <summary>A time range in words, as on the picker's button.</summary>
public static class TimeRangeWords
{
    /// <summary><c>Last 15 minutes</c>, <c>2026-11-22 14:00 → 15:00</c>, or as typed: <c>now-90s → now</c>.</summary>
    public static string Describe(TimeRangeExpression range, TimeZoneInfo zone, IStringLocalizer<SharedText> text)
    {
        foreach ((string label, TimeRangeExpression quick) in QuickRanges.Items)
        {
            if (quick == range)
            {
                return text[label];
            }
        }

        if (ZoneTime.Instant(range.From) is { } from && ZoneTime.Instant(range.To) is { } to)
        {
            string end = ZoneTime.Short(to, zone);
            return $"{ZoneTime.Short(from, zone)} → {(ZoneTime.SameDay(from, to, zone) ? end[11..] : end)}";
        }

        return $"{End(range.From, zone) ?? text["the beginning"]} → {End(range.To, zone) ?? text["now and later"]}";
    }

    private static string? End(string? end, TimeZoneInfo zone) => ZoneTime.Instant(end) is { } instant ? ZoneTime.Short(instant, zone) : end;
}
