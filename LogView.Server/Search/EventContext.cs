using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Time;
using LogView.Server.Storage;

namespace LogView.Server.Search;

/// <summary>The neighbours of one event: two pages that start at its place in the order of time and arrival, one in each direction.</summary>
internal static class EventContext
{
    public static async Task<ContextResult> ReadAsync(
        IEventStore store, LogEvent middle, StoreSearch within, int before, int after, CancellationToken cancellationToken)
    {
        Timestamp at = middle.Timestamp;
        Timestamp end = at == Timestamp.MaxValue ? at : new Timestamp(at.UnixNanoseconds + 1);
        IReadOnlyList<Hit> older = await PageAsync(SortOrder.Desc, new TimeRange(Timestamp.MinValue, end), before);
        IReadOnlyList<Hit> newer = await PageAsync(SortOrder.Asc, new TimeRange(at, Timestamp.MaxValue), after);
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
}
