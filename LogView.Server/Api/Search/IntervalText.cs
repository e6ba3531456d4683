using System.Globalization;
using LogView.Client.Contracts.Time;
using LogView.Server.Api.Json;

namespace LogView.Server.Api.Search;

/// <summary>
/// Intervals as written: <c>auto</c>; a number and <c>ns us ms s m h</c> for a fixed width; <c>1d 1w 1M 1q 1y</c> for calendar units. Several days or
/// weeks (<c>2d</c>) are fixed widths of 24 hours a day; several months have no fixed width.
/// </summary>
internal static class IntervalText
{
    private const long Second = 1_000_000_000;
    private const long Day = 24 * 3_600 * Second;

    private static readonly (string Unit, long Nanoseconds, CalendarUnit? Calendar)[] Units =
    [
        ("ns", 1, null), ("us", 1_000, null), ("ms", 1_000_000, null), ("s", Second, null), ("m", 60 * Second, null), ("h", 3_600 * Second, null),
        ("d", Day, CalendarUnit.Day), ("w", 7 * Day, CalendarUnit.Week), ("M", 0, CalendarUnit.Month), ("q", 0, CalendarUnit.Quarter), ("y", 0, CalendarUnit.Year),
    ];

    /// <summary>Throws <see cref="ApiProblemException"/>.</summary>
    public static HistogramInterval Parse(string text, int buckets, string path)
    {
        if (text is "auto")
        {
            return new HistogramInterval.Auto(buckets);
        }

        int digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        (string unit, long nanoseconds, CalendarUnit? calendar) = Array.Find(Units, u => digits > 0 && text.AsSpan(digits).SequenceEqual(u.Unit));
        bool isNumber = unit is not null & long.TryParse(text.AsSpan(0, Math.Max(0, digits)), NumberStyles.None, CultureInfo.InvariantCulture, out long count);
        return isNumber && count == 1 && calendar is { } single ? new HistogramInterval.Calendar(single)
            : isNumber && count > 0 && nanoseconds > 0 && count <= long.MaxValue / nanoseconds ? new HistogramInterval.Fixed(count * nanoseconds)
            : throw ApiProblemException.BadRequest(
                $"'{path}' is '{Names.Shorten(text)}': expected auto, a width such as 30s, 24m or 6h, or a calendar unit: 1d, 1w, 1M, 1q or 1y");
    }
}
