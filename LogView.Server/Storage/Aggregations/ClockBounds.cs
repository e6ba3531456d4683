using LogView.Client.Contracts.Time;

namespace LogView.Server.Storage.Aggregations;

/// <summary>
/// Bounds of calendar minutes and hours: instants at which the local clock shows a full one, or jumps into another. An hour that comes
/// twice gives two buckets; where the clock moves by half an hour (Lord Howe) one bucket is longer or shorter.
/// </summary>
internal static class ClockBounds
{
    public static Int128 Floor(Int128 nanoseconds, CalendarUnit unit, TimeZoneInfo zone)
    {
        long width = Width(unit);
        Int128 offset = OffsetAt(nanoseconds, zone);
        Int128 start = nanoseconds - Rest(nanoseconds + offset, width);
        if (OffsetAt(start, zone) == offset)
        {
            return start;
        }

        // The clock moved since: walk the bounds from some hours before.
        Int128 bound = start - 3 * IntervalName.Hour;
        bound -= Rest(bound + OffsetAt(bound, zone), width);
        for (Int128 next = Next(bound, unit, zone); next <= nanoseconds; next = Next(bound, unit, zone))
        {
            bound = next;
        }

        return bound;
    }

    public static Int128 Next(Int128 bound, CalendarUnit unit, TimeZoneInfo zone)
    {
        long width = Width(unit);
        Int128 at = bound;
        while (true)
        {
            Int128 offset = OffsetAt(at, zone);
            Int128 candidate = at + width - Rest(at + offset, width);
            if (OffsetAt(candidate, zone) == offset)
            {
                return candidate;
            }

            Int128 move = MoveBetween(at, candidate, zone);
            Int128 shown = move + OffsetAt(move, zone);
            if (Rest(shown, width) == 0 || shown - Rest(shown, width) != at + offset - Rest(at + offset, width))
            {
                return move;
            }

            at = move;
        }
    }

    /// <summary>The instant between the two at which the offset becomes that of <paramref name="high"/>.</summary>
    private static Int128 MoveBetween(Int128 low, Int128 high, TimeZoneInfo zone)
    {
        Int128 after = OffsetAt(high, zone);
        while (high - low > 1)
        {
            Int128 middle = low + (high - low) / 2;
            (low, high) = OffsetAt(middle, zone) == after ? (low, middle) : (middle, high);
        }

        return high;
    }

    private static Int128 Rest(Int128 value, long width) => ((value % width) + width) % width;

    private static Int128 OffsetAt(Int128 nanoseconds, TimeZoneInfo zone) =>
        (Int128)zone.GetUtcOffset(DateTimeOffset.UnixEpoch.AddTicks((long)((nanoseconds - ((nanoseconds % 100 + 100) % 100)) / 100))).Ticks * 100;

    private static long Width(CalendarUnit unit) => unit == CalendarUnit.Minute ? IntervalName.Minute : IntervalName.Hour;
}
