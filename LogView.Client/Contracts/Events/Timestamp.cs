using System.Globalization;

namespace LogView.Client.Contracts.Events;

/// <summary>An instant in UTC, as signed nanoseconds since 1970-01-01T00:00:00Z (1677 to 2262).</summary>
public readonly record struct Timestamp(long UnixNanoseconds) : IComparable<Timestamp>
{
    public const long NanosecondsPerMillisecond = 1_000_000;
    public const long NanosecondsPerSecond = 1_000_000_000;
    private const long NanosecondsPerTick = 100;

    public static Timestamp MinValue => new(long.MinValue);

    public static Timestamp MaxValue => new(long.MaxValue);

    public long UnixMilliseconds => Math.DivRem(UnixNanoseconds, NanosecondsPerMillisecond) is var (q, r) && r < 0 ? q - 1 : q;

    public static Timestamp FromUnixMilliseconds(long milliseconds) => new(checked(milliseconds * NanosecondsPerMillisecond));

    /// <summary>Nanoseconds of the instant, clamped to the representable years 1677 to 2262.</summary>
    public static Timestamp From(DateTimeOffset instant)
    {
        long ticks = instant.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks;
        return ticks > long.MaxValue / NanosecondsPerTick ? MaxValue
            : ticks < long.MinValue / NanosecondsPerTick ? MinValue
            : new(ticks * NanosecondsPerTick);
    }

    public static Timestamp Now(TimeProvider clock) => From(clock.GetUtcNow());

    /// <summary>The instant cut to .NET's 100 ns.</summary>
    public DateTimeOffset ToDateTimeOffset() =>
        DateTimeOffset.UnixEpoch.AddTicks(UnixNanoseconds / NanosecondsPerTick - (UnixNanoseconds % NanosecondsPerTick < 0 ? 1 : 0));

    public Timestamp Add(TimeSpan span) => new(UnixNanoseconds + span.Ticks * NanosecondsPerTick);

    public int CompareTo(Timestamp other) => UnixNanoseconds.CompareTo(other.UnixNanoseconds);

    public static bool operator <(Timestamp left, Timestamp right) => left.UnixNanoseconds < right.UnixNanoseconds;

    public static bool operator >(Timestamp left, Timestamp right) => left.UnixNanoseconds > right.UnixNanoseconds;

    public static bool operator <=(Timestamp left, Timestamp right) => left.UnixNanoseconds <= right.UnixNanoseconds;

    public static bool operator >=(Timestamp left, Timestamp right) => left.UnixNanoseconds >= right.UnixNanoseconds;

    /// <summary>RFC 3339 in UTC with nine fractional digits: <c>2026-11-22T05:02:11.482000000Z</c>.</summary>
    public override string ToString()
    {
        DateTimeOffset instant = ToDateTimeOffset();
        long fraction = UnixNanoseconds % NanosecondsPerSecond;
        fraction = fraction < 0 ? fraction + NanosecondsPerSecond : fraction;
        return string.Create(CultureInfo.InvariantCulture, $"{instant:yyyy-MM-ddTHH:mm:ss}.{fraction:D9}Z");
    }
}
