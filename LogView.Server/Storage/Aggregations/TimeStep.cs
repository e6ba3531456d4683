using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Time;

namespace LogView.Server.Storage.Aggregations;

/// <summary>How time is cut into buckets: a bound at or before any instant, and the next bound after a bound.</summary>
internal abstract record TimeStep
{
    /// <summary>How long a bucket is, about; to choose between steps.</summary>
    public abstract Int128 TypicalNanoseconds { get; }

    /// <summary>As written in a request (<c>30s</c>, <c>1M</c>).</summary>
    public abstract string Name { get; }

    /// <summary>The last bound at or before the instant.</summary>
    public abstract Int128 Floor(long nanoseconds);

    public abstract Int128 Next(Int128 bound);
}

/// <summary>Always the same width; one bound lies at <paramref name="Origin"/>.</summary>
internal sealed record FixedStep(long Nanoseconds, long Origin) : TimeStep
{
    public override Int128 TypicalNanoseconds => Nanoseconds;

    public override string Name => IntervalName.Of(Nanoseconds);

    public override Int128 Floor(long nanoseconds)
    {
        Int128 from = (Int128)nanoseconds - Origin;
        Int128 rest = from % Nanoseconds;
        return nanoseconds - (rest < 0 ? rest + Nanoseconds : rest);
    }

    public override Int128 Next(Int128 bound) => bound + Nanoseconds;
}

/// <summary>Calendar units in a zone, several at a time for years.</summary>
internal sealed record CalendarStep(CalendarUnit Unit, int Multiple, TimeZoneInfo Zone) : TimeStep
{
    public override Int128 TypicalNanoseconds => Multiple * (Int128)(Unit switch
    {
        CalendarUnit.Minute => IntervalName.Minute,
        CalendarUnit.Hour => IntervalName.Hour,
        CalendarUnit.Day => IntervalName.Day,
        CalendarUnit.Week => 7 * IntervalName.Day,
        CalendarUnit.Month => 30 * IntervalName.Day,
        CalendarUnit.Quarter => 91 * IntervalName.Day,
        _ => 365 * IntervalName.Day,
    });

    public override string Name => Multiple + Unit switch
    {
        CalendarUnit.Minute => "m",
        CalendarUnit.Hour => "h",
        CalendarUnit.Day => "d",
        CalendarUnit.Week => "w",
        CalendarUnit.Month => "M",
        CalendarUnit.Quarter => "q",
        _ => "y",
    };

    public override Int128 Floor(long nanoseconds) => Unit is CalendarUnit.Minute or CalendarUnit.Hour
        ? ClockBounds.Floor(nanoseconds, Unit, Zone)
        : CalendarBounds.Floor(nanoseconds, Unit, Multiple, Zone);

    public override Int128 Next(Int128 bound) => Unit is CalendarUnit.Minute or CalendarUnit.Hour
        ? ClockBounds.Next(bound, Unit, Zone)
        : CalendarBounds.Next(bound, Unit, Multiple, Zone);
}

/// <summary>Fixed widths as text.</summary>
internal static class IntervalName
{
    public const long Second = Timestamp.NanosecondsPerSecond;
    public const long Minute = 60 * Second;
    public const long Hour = 60 * Minute;
    public const long Day = 24 * Hour;

    private static readonly (string Unit, long Nanoseconds)[] Units =
        [("h", Hour), ("m", Minute), ("s", Second), ("ms", 1_000_000), ("us", 1_000), ("ns", 1)];

    /// <summary>The width in the largest unit that divides it. Days are written as hours: <c>1d</c> is a calendar day.</summary>
    public static string Of(long nanoseconds)
    {
        (string unit, long size) = Array.Find(Units, u => nanoseconds % u.Nanoseconds == 0);
        return $"{nanoseconds / size}{unit}";
    }
}
