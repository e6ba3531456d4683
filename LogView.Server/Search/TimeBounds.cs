using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Time;
using LogView.Client.Language;

namespace LogView.Server.Search;

/// <summary>The time range of a request as instants.</summary>
internal static class TimeBounds
{
    /// <summary>Throws <see cref="PlanException"/> when a bound does not read or the range is backwards.</summary>
    public static TimeRange Resolve(string? from, string? to, Timestamp now, TimeZoneInfo zone)
    {
        Timestamp start = string.IsNullOrEmpty(from) ? Timestamp.MinValue : Instant(from, "from", now, zone, roundUp: false);
        Timestamp end = string.IsNullOrEmpty(to) ? Timestamp.MaxValue : End(to, now, zone);
        return start <= end
            ? new TimeRange(start, end)
            : throw PlanException.BadRequest($"'from' ({start}) is after 'to' ({end}): expected a range that goes forwards");
    }

    /// <summary>One instant; <paramref name="where"/> names it in the problem.</summary>
    public static Timestamp Instant(string text, string where, Timestamp now, TimeZoneInfo zone, bool roundUp)
    {
        DateMathResult result = DateMath.Resolve(text, now, zone, roundUp);
        return result.Value ?? throw PlanException.BadRequest($"'{where}' is not a time: {result.Error}");
    }

    /// <summary>An instant as written is the exclusive end; date math that rounds (<c>now/d</c>) means the whole unit.</summary>
    private static Timestamp End(string to, Timestamp now, TimeZoneInfo zone)
    {
        Timestamp end = Instant(to, "to", now, zone, roundUp: false);
        if (!DateMath.IsRelative(to))
        {
            return end;
        }

        Timestamp last = Instant(to, "to", now, zone, roundUp: true);
        return last == end || last == Timestamp.MaxValue ? last : new Timestamp(last.UnixNanoseconds + 1);
    }
}
