using System.Globalization;
using LogView.Client.Contracts.Events;
using LogView.Client.Language.Dates;

namespace LogView.Client.Language;

/// <summary>
/// Date math (<c>now-15m/d</c>, <c>2026-11-01||+1M</c>) and every date format LogView shows. The syntax is that of Elasticsearch and of
/// Kibana's <c>@elastic/datemath</c>; weeks start on Monday. Instants have nanoseconds.
/// </summary>
public static class DateMath
{
    /// <summary>Digits of one number; more are a typing error.</summary>
    private const int MaxDigits = 9;

    /// <param name="text">As typed.</param>
    /// <param name="now">What <c>now</c> stands for.</param>
    /// <param name="zone">For rounding and for times without offset.</param>
    /// <param name="roundUp">Rounding and missing parts go to the end of the unit (its last nanosecond) instead of its start.</param>
    public static DateMathResult Resolve(string text, Timestamp now, TimeZoneInfo zone, bool roundUp = false)
    {
        if (text.StartsWith("now", StringComparison.Ordinal))
        {
            return Apply(text, 3, now, zone, roundUp);
        }

        int separator = text.IndexOf("||", StringComparison.Ordinal);
        string date = separator < 0 ? text : text[..separator];
        if (DateFormats.Parse(date, now, zone) is not { } instant)
        {
            return Error($"expected a date or 'now', found {(date.Length == 0 ? "nothing" : $"'{Shorten(date)}'")}");
        }

        bool hasMath = separator >= 0 && separator + 2 < text.Length;
        Timestamp start = roundUp && !hasMath ? instant.Last : instant.First;
        return hasMath ? Apply(text, separator + 2, start, zone, roundUp) : new DateMathResult(start, null);
    }

    /// <summary>True for texts that are date math rather than a plain date.</summary>
    public static bool IsRelative(string text) =>
        (text.StartsWith("now", StringComparison.Ordinal) && (text.Length == 3 || text[3] is '-' or '+' or '/'))
        || text.Contains("||", StringComparison.Ordinal);

    private static DateMathResult Apply(string text, int at, Timestamp instant, TimeZoneInfo zone, bool roundUp)
    {
        while (at < text.Length)
        {
            char operation = text[at++];
            if (operation is not ('+' or '-' or '/'))
            {
                return Error($"expected '+', '-' or '/' at {at}, found '{operation}'");
            }

            int digits = at;
            while (at < text.Length && char.IsAsciiDigit(text[at]))
            {
                at++;
            }

            if (at - digits > MaxDigits)
            {
                return Error($"expected a number of at most {MaxDigits} digits at {digits + 1}");
            }

            int count = at == digits ? 1 : int.Parse(text.AsSpan(digits, at - digits), NumberStyles.None, CultureInfo.InvariantCulture);
            if (ReadUnit(text, ref at) is not { } unit)
            {
                return Error($"expected a unit (y, M, w, d, h, m, s or ms) at {at + 1}, found {(at < text.Length ? $"'{text[at]}'" : "end")}");
            }

            if (operation == '/' && count != 1)
            {
                return Error($"expected a unit after '/' at {digits + 1}, found '{count}'");
            }

            Timestamp? next = operation == '/'
                ? CalendarMath.Round(instant, unit, zone, roundUp)
                : CalendarMath.Add(instant, unit, operation == '-' ? -count : count, zone);
            if (next is not { } moved)
            {
                return Error("expected an instant between the years 1677 and 2262");
            }

            instant = moved;
        }

        return new DateMathResult(instant, null);
    }

    private static DateUnit? ReadUnit(string text, ref int at)
    {
        if (at >= text.Length)
        {
            return null;
        }

        if (text.AsSpan(at).StartsWith("ms", StringComparison.Ordinal))
        {
            at += 2;
            return DateUnit.Millisecond;
        }

        DateUnit? unit = text[at] switch
        {
            's' => DateUnit.Second,
            'm' => DateUnit.Minute,
            'h' => DateUnit.Hour,
            'd' => DateUnit.Day,
            'w' => DateUnit.Week,
            'M' => DateUnit.Month,
            'y' => DateUnit.Year,
            _ => null,
        };
        at += unit is null ? 0 : 1;
        return unit;
    }

    private static DateMathResult Error(string message) => new(null, message);

    private static string Shorten(string text) => text.Length <= 40 ? text : $"{text[..40]}…";
}

/// <param name="Value">Null on an error.</param>
/// <param name="Error">What was expected and what came; null on success.</param>
public sealed record DateMathResult(Timestamp? Value, string? Error);
