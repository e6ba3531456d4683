using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Server.Storage.Aggregations;

namespace LogView.Server.Storage;

/// <summary>The first hits behind the cursor in sort order, out of any number shown to it in any order: keeps those passed over, one page and one more.</summary>
public sealed class PageCollector
{
    private readonly EventOrder _order;
    private readonly int _skip;
    private readonly int _size;
    private readonly SortKey? _after;

    /// <summary>The last in sort order on top, to be thrown out first.</summary>
    private readonly PriorityQueue<LogEvent, SortKey> _kept;

    /// <summary>Throws <see cref="BadCursorException"/>.</summary>
    public PageCollector(StoreSearch search)
    {
        _order = new EventOrder(search.Sort);
        (_skip, _size) = (search.Skip, search.Size);
        _after = search.After is null ? null : SortCursor.Read(search.After, search.Sort);
        _kept = new PriorityQueue<LogEvent, SortKey>(Comparer<SortKey>.Create((x, y) => _order.Compare(y, x)));
    }

    /// <summary>
    /// True when the page is full and no event between the two instants can come before its last one, so that events of that time need not be shown to it.
    /// Only known where the first sort field is the time.
    /// </summary>
    public bool IsBeyond(Timestamp oldest, Timestamp newest)
    {
        if (_size == 0)
        {
            return true;
        }

        SortField first = _order.Sort[0];
        if (_kept.Count <= _skip + _size || !FieldDates.IsTimestamp(first.Field))
        {
            return false;
        }

        Timestamp last = _kept.Peek().Timestamp;
        return first.Order == SortOrder.Desc ? newest < last : oldest > last;
    }

    public void Add(LogEvent logEvent)
    {
        if (_size == 0)
        {
            return;
        }

        SortKey key = _order.KeyOf(logEvent);
        if (_after is not null && _order.Compare(key, _after) <= 0)
        {
            return;
        }

        if (_kept.Count <= _skip + _size)
        {
            _kept.Enqueue(logEvent, key);
        }
        else
        {
            _kept.EnqueueDequeue(logEvent, key);
        }
    }

    /// <summary>The hits in order, and the cursor behind them if there are more.</summary>
    public (IReadOnlyList<Hit> Hits, string? Next) ToPage()
    {
        List<(LogEvent Event, SortKey Key)> sorted = [.. _kept.UnorderedItems];
        sorted.Sort((x, y) => _order.Compare(x.Key, y.Key));
        Hit[] hits = [.. sorted.Skip(_skip).Take(_size).Select(s => new Hit(s.Event))];
        string? next = sorted.Count > _skip + _size ? SortCursor.Write(sorted[_skip + _size - 1].Key, _order.Sort) : null;
        return (hits, next);
    }
}
