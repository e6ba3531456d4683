using System.Globalization;
using LogView.Client.Contracts.Events;
using LogView.Client.Language.Dates;

namespace LogView.Client.Language.Matching;

/// <summary>What a text of a query stands for besides itself: a number, a boolean, dates, addresses.</summary>
internal sealed record Denoted
{
    private const NumberStyles Number = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    public long? Whole { get; private init; }

    public double? Fraction { get; private init; }

    public bool? Boolean { get; private init; }

    public DateInterval? Dates { get; private init; }

    public AddressRange? Addresses { get; private init; }

    public static Denoted Of(string text, MatchClock clock) => new()
    {
        Whole = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) ? whole : null,
        Fraction = NumberOf(text),
        Boolean = text switch { "true" => true, "false" => false, _ => null },
        Dates = DateInterval.Of(text, clock),
        Addresses = AddressRange.Of(text),
    };

    /// <summary>The number a text reads as, or null.</summary>
    public static double? NumberOf(string text) =>
        double.TryParse(text, Number, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;

    public bool Equals(long value) => Whole is { } whole ? whole == value : Fraction is { } number && number == value;

    public bool Equals(double value) => Fraction is { } number && number == value;
}

/// <summary>What <c>now</c> is and which zone dates without offset are in; the same for a whole compiled query.</summary>
internal sealed record MatchClock(Timestamp Now, TimeZoneInfo Zone);

/// <summary>The instants a date text stands for, both ends included.</summary>
internal sealed record DateInterval(Timestamp First, Timestamp Last, MatchClock Clock)
{
    /// <summary>Null when the text is neither a date, nor date math, nor milliseconds since 1970.</summary>
    public static DateInterval? Of(string text, MatchClock clock)
    {
        bool isTimeOfDay = text.Length > 2 && text[2] == ':';
        if (!isTimeOfDay && (DateFormats.Parse(text, clock.Now, clock.Zone) ?? DateFormats.ParseEpochMilliseconds(text)) is { } span)
        {
            return new DateInterval(span.First, span.Last, clock);
        }

        return DateMath.IsRelative(text)
            && DateMath.Resolve(text, clock.Now, clock.Zone).Value is { } first
            && DateMath.Resolve(text, clock.Now, clock.Zone, roundUp: true).Value is { } last
            ? new DateInterval(first, last, clock) : null;
    }

    public bool Contains(string value) => ValueDate.Of(value, Clock) is { } instant && Contains(instant);

    public bool Contains(Timestamp instant) => instant >= First && instant <= Last;
}

/// <summary>Strings of events that are dates.</summary>
internal static class ValueDate
{
    public static Timestamp? Of(string value, MatchClock clock) =>
        DateFormats.LooksLikeDate(value) && DateFormats.Parse(value, clock.Now, clock.Zone) is { } span ? span.First : null;
}
