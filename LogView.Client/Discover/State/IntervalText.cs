using System.Globalization;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Time;

namespace LogView.Client.Discover.State;

/// <summary>A histogram interval as the HTTP API writes it: <c>30s</c>, <c>5m</c>, <c>2h</c> fixed; <c>1d</c>, <c>1w</c>, <c>1M</c> by the calendar.</summary>
public static class IntervalText
{
    /// <summary>Offered on the page, besides auto.</summary>
    public static readonly IReadOnlyList<string> Choices = ["1s", "10s", "30s", "1m", "5m", "15m", "1h", "3h", "1d", "1w", "1M"];

    private static readonly (string Unit, long Nanoseconds)[] Fixed =
    [
        ("h", 3600 * Timestamp.NanosecondsPerSecond), ("m", 60 * Timestamp.NanosecondsPerSecond), ("s", Timestamp.NanosecondsPerSecond),
        ("ms", Timestamp.NanosecondsPerMillisecond), ("ns", 1),
    ];

    private static readonly (string Text, CalendarUnit Unit)[] Calendar =
    [
        ("1d", CalendarUnit.Day), ("1w", CalendarUnit.Week), ("1M", CalendarUnit.Month), ("1q", CalendarUnit.Quarter), ("1y", CalendarUnit.Year),
        ("calendar-minute", CalendarUnit.Minute), ("calendar-hour", CalendarUnit.Hour),
    ];

    /// <summary>Null for null and for an interval whose width is picked for the range.</summary>
    public static string? Write(HistogramInterval? interval) => interval switch
    {
        HistogramInterval.Fixed { Nanoseconds: var width } => WriteFixed(width),
        HistogramInterval.Calendar { Unit: var unit } => Calendar.First(c => c.Unit == unit).Text,
        _ => null,
    };

    /// <summary>Null for a text that is no interval.</summary>
    public static HistogramInterval? Read(string? text)
    {
        foreach ((string written, CalendarUnit unit) in Calendar)
        {
            if (string.Equals(text, written, StringComparison.Ordinal))
            {
                return new HistogramInterval.Calendar(unit);
            }
        }

        string digits = string.Concat((text ?? "").TakeWhile(char.IsAsciiDigit));
        long width = Fixed.FirstOrDefault(f => string.Equals(f.Unit, text?[digits.Length..], StringComparison.Ordinal)).Nanoseconds;
        bool fits = long.TryParse(digits, CultureInfo.InvariantCulture, out long count) && count > 0 && width > 0 && count <= long.MaxValue / width;
        return fits ? new HistogramInterval.Fixed(count * width) : null;
    }

    private static string WriteFixed(long width)
    {
        (string unit, long nanoseconds) = Fixed.First(f => width % f.Nanoseconds == 0);
        return (width / nanoseconds).ToString(CultureInfo.InvariantCulture) + unit;
    }
}
