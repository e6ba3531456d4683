using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Time;

namespace LogView.Client.Discover.State;

/// <summary>The window before, the one after, and one twice as wide. Null where the window is open: nothing is before all time.</summary>
public static class TimeMoves
{
    public static TimeRangeExpression? Earlier(Timestamp? from, Timestamp? to) => Moved(from, to, (f, t) => (f - (t - f), f));

    public static TimeRangeExpression? Later(Timestamp? from, Timestamp? to) => Moved(from, to, (f, t) => (t, t + (t - f)));

    /// <summary>Half a window more on either side.</summary>
    public static TimeRangeExpression? Wider(Timestamp? from, Timestamp? to) => Moved(from, to, (f, t) => (f - (t - f) / 2, t + (t - f) / 2));

    private static TimeRangeExpression? Moved(Timestamp? from, Timestamp? to, Func<Int128, Int128, (Int128 From, Int128 To)> move)
    {
        if (from is not { } start || to is not { } end || end <= start)
        {
            return null;
        }

        (Int128 first, Int128 last) = move(start.UnixNanoseconds, end.UnixNanoseconds);
        return first < Timestamp.MinValue.UnixNanoseconds || last > Timestamp.MaxValue.UnixNanoseconds
            ? null
            : new TimeRangeExpression(new Timestamp((long)first).ToString(), new Timestamp((long)last).ToString());
    }
}
