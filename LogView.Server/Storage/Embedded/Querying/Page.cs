using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Server.Storage.Embedded.Documents;
using LogView.Server.Storage.Embedded.Segments;

namespace LogView.Server.Storage.Embedded.Querying;

/// <summary>The first hits behind the cursor in sort order: those passed over, one page and one more. Safe for concurrent use.</summary>
internal abstract class Page
{
    private readonly StoreSearch _search;

    protected Page(StoreSearch search)
    {
        _search = search;
        Order = new EventOrder(search.Sort);
        After = search.After is null ? null : SortCursor.Read(search.After, search.Sort);
    }

    protected EventOrder Order { get; }

    protected SortKey? After { get; }

    /// <summary>Hits kept: those passed over, a page, and the one that tells there is another.</summary>
    protected int Capacity => _search.Size == 0 ? 0 : _search.Skip + _search.Size + 1;

    protected Lock Sync { get; } = new();

    /// <summary>Throws <see cref="BadCursorException"/>.</summary>
    public static Page Of(StoreSearch search) =>
        search.Sort is [{ Field: "@timestamp" }] ? new TimePage(search) : new FieldPage(search);

    /// <summary>Takes the best of the segment's matches.</summary>
    public abstract void Add(SegmentView segment, DocSet docs, CancellationToken cancellationToken);

    /// <summary>False when no event of the segment can be on the page any more, whatever the query.</summary>
    public abstract bool MayTake(SegmentView segment);

    /// <summary>The hits in order, read from their segments, and the cursor behind them if there are more.</summary>
    public (IReadOnlyList<Hit> Hits, string? Next) Read()
    {
        List<(FoundDoc Found, SortKey Key)> sorted = Sorted(_search.Skip);
        LogEvent[] events = ReadEvents(sorted);
        string? next = _search.Size > 0 && sorted.Count > _search.Size ? SortCursor.Write(sorted[_search.Size - 1].Key, Order.Sort) : null;
        return (Array.ConvertAll(events, e => new Hit(e)), next);
    }

    /// <summary>What is kept, in sort order from a place on.</summary>
    protected abstract List<(FoundDoc Found, SortKey Key)> Sorted(int first);

    /// <summary>Reads neighbours one after the other, since they share a block.</summary>
    private LogEvent[] ReadEvents(List<(FoundDoc Found, SortKey Key)> sorted)
    {
        int count = Math.Min(sorted.Count, _search.Size);
        var events = new LogEvent[count];
        foreach (IGrouping<SegmentView, int> group in Enumerable.Range(0, count).GroupBy(i => sorted[i].Found.Segment))
        {
            foreach (int i in group.OrderBy(i => sorted[i].Found.Doc))
            {
                events[i] = group.Key.Load(sorted[i].Found.Doc);
            }
        }

        return events;
    }
}
