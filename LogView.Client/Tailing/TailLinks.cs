using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Time;
using LogView.Client.Discover.Detail;
using LogView.Client.Discover.State;

namespace LogView.Client.Tailing;

/// <summary>Where a tail and its events lead to in Discover.</summary>
internal static class TailLinks
{
    /// <summary>Time on either side of an event that is shown among its neighbours.</summary>
    private static readonly TimeSpan Around = TimeSpan.FromMinutes(5);

    /// <summary>Discover with the same query, filters, columns and zone, over its usual time range.</summary>
    public static DiscoverState InDiscover(TailState tail) => new()
    {
        Query = tail.Query, Language = tail.Language, DataStream = tail.DataStream, Filters = tail.Filters, Columns = tail.Columns, Zone = tail.Zone,
    };

    /// <summary>The same around one event, whatever the time is when it is opened.</summary>
    public static DiscoverState InDiscover(TailState tail, LogEvent shown) => InDiscover(tail) with
    {
        Range = new TimeRangeExpression(Moved(shown, -Around).ToString(), Moved(shown, Around).ToString()),
    };

    /// <summary>The page with an event open.</summary>
    public static string Opened(DiscoverState state, LogEvent shown) => DiscoverUrl.Write(state with { Event = LinkOf(shown) });

    /// <summary>The lines around an event, on a page of their own.</summary>
    public static string Context(LogEvent shown, string? zone) => new ContextChoice(LinkOf(shown), null, null, zone).Write();

    private static EventLink LinkOf(LogEvent shown) => new(shown.DataStream, shown.Id);

    private static Timestamp Moved(LogEvent shown, TimeSpan by) =>
        new((long)Int128.Clamp((Int128)shown.Timestamp.UnixNanoseconds + (by.Ticks * 100), Timestamp.MinValue.UnixNanoseconds, Timestamp.MaxValue.UnixNanoseconds));
}
