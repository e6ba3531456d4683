using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Time;
using LogView.Server.Storage;

namespace LogView.Server.Search;

/// <summary>The neighbours of one event: two pages that start at its place in the order of time and arrival, one in each direction.</summary>
internal static class EventContext
{
    public static async Task<ContextResult> ReadAsync(
        IEventStore store, LogEvent middle, StoreSearch within, ContextRequest request, CancellationToken cancellationToken)
    {
        Timestamp at = middle.Timestamp;
        Timestamp end = at == Timestamp.MaxValue ? at : new Timestamp(at.UnixNanoseconds + 1);
        Int128 span = request.Span is { } distance ? (Int128)distance.Ticks * TimeSpan.NanosecondsPerTick : Int128.MaxValue / 2;
        IReadOnlyList<Hit> older = await PageAsync(SortOrder.Desc, new TimeRange(Moved(at, -span), end), request.Before);
        IReadOnlyList<Hit> newer = await PageAsync(SortOrder.Asc, new TimeRange(at, Moved(at, span + 1)), request.After);
        return new ContextResult([.. older.Reverse()], new Hit(middle), newer);

        async Task<IReadOnlyList<Hit>> PageAsync(SortOrder order, TimeRange range, int size)
        {
            SortField[] sort = [new SortField(FieldName.Timestamp.Value, order)];
            StoreSearch page = within with
            {
                Sort = sort,
                Range = range,
                Size = size,
                After = SortCursor.After(middle, sort),
                Count = CountMode.None,
                Aggregations = new Dictionary<string, PlannedAggregation>(StringComparer.Ordinal),
            };
            return size == 0 ? [] : (await store.SearchAsync(page, progress: null, cancellationToken)).Hits;
        }
    }

    /// <summary>As far as time goes.</summary>
    private static Timestamp Moved(Timestamp instant, Int128 nanoseconds) =>
        new((long)Int128.Clamp(instant.UnixNanoseconds + nanoseconds, Timestamp.MinValue.UnixNanoseconds, Timestamp.MaxValue.UnixNanoseconds));
}
