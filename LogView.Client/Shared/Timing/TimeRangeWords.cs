using System.Text.RegularExpressions;
using LogView.Client.Contracts.Time;
using Microsoft.Extensions.Localization;

namespace LogView.Client.Shared.Timing;

/// <summary>A time range in words, as on the picker's button.</summary>
public static partial class TimeRangeWords
{
    private static readonly Dictionary<char, string> UnitKeys = new()
    {
        ['s'] = "Last {0} seconds", ['m'] = "Last {0} minutes", ['h'] = "Last {0} hours", ['d'] = "Last {0} days", ['w'] = "Last {0} weeks", ['M'] = "Last {0} months", ['y'] = "Last {0} years",
    };

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

        if (range.To is "now" && Relative().Match(range.From ?? "") is { Success: true } last)
        {
            return text[UnitKeys[last.Groups["unit"].Value[0]], last.Groups["count"].Value];
        }

        if (ZoneTime.Instant(range.From) is { } from && ZoneTime.Instant(range.To) is { } to)
        {
            string end = ZoneTime.Short(to, zone);
            return $"{ZoneTime.Short(from, zone)} → {(ZoneTime.SameDay(from, to, zone) ? end[11..] : end)}";
        }

        return $"{End(range.From, zone) ?? text["the beginning"]} → {End(range.To, zone) ?? text["now and later"]}";
    }

    /// <summary>One of something is left as typed: it would need another word in English.</summary>
    [GeneratedRegex("^now-(?<count>[2-9]|[1-9][0-9]{1,5})(?<unit>[smhdwMy])$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Relative();

    private static string? End(string? end, TimeZoneInfo zone) => ZoneTime.Instant(end) is { } instant ? ZoneTime.Short(instant, zone) : end;
}
