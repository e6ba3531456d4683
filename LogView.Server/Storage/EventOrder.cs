using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Server.Storage.Aggregations;

namespace LogView.Server.Storage;

/// <summary>
/// What an event is sorted by: one value per sort field (<see cref="FieldValue.Null"/>: it has none) and its place in the order of arrival, which where several LogViews
/// write is one for each <paramref name="Writer"/>. Without a writer it is a place beside all of that sequence.
/// </summary>
public sealed record SortKey(IReadOnlyList<FieldValue> Values, long Sequence, string? Writer = null);

/// <summary>
/// The order of hits, the same on every engine: by each sort field in turn, events without it last in either direction; ties by
/// arrival, and then by writer, in the direction of the first field. Of several values the smallest counts ascending, the largest descending.
/// <c>@timestamp</c> is compared as nanoseconds; texts by their first <see cref="MaxTextLength"/> characters, so that cursors stay small.
/// </summary>
public sealed class EventOrder : IComparer<SortKey>
{
    /// <summary>Longer texts that begin alike are ties: a cursor of three such fields still fits a URL.</summary>
    public const int MaxTextLength = 1_024;

    private readonly SortField[] _sort;

    public EventOrder(IReadOnlyList<SortField> sort)
    {
        _sort = [.. sort];
        ArgumentOutOfRangeException.ThrowIfZero(_sort.Length, nameof(sort));
    }

    public IReadOnlyList<SortField> Sort => _sort;

    public SortKey KeyOf(LogEvent logEvent)
    {
        var values = new FieldValue[_sort.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = ValueOf(logEvent, _sort[i]);
        }

        return new SortKey(values, logEvent.Sequence, logEvent.Writer);
    }

    /// <summary>Negative when <paramref name="x"/> comes first.</summary>
    public int Compare(SortKey? x, SortKey? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        for (int i = 0; i < _sort.Length; i++)
        {
            int order = CompareValues(x.Values[i], y.Values[i], _sort[i].Order);
            if (order != 0)
            {
                return order;
            }
        }

        int arrival = x.Sequence.CompareTo(y.Sequence);
        arrival = arrival == 0 && x.Writer is not null && y.Writer is not null ? string.CompareOrdinal(x.Writer, y.Writer) : arrival;
        return _sort[0].Order == SortOrder.Desc ? -arrival : arrival;
    }

    /// <summary>The same by the first field alone; 0 leaves it to the others.</summary>
    public int CompareFirst(FieldValue x, FieldValue y) => CompareField(0, x, y);

    /// <summary>The same by one field, numbered from 0.</summary>
    public int CompareField(int field, FieldValue x, FieldValue y) => CompareValues(x, y, _sort[field].Order);

    /// <summary>The same where all fields are ties, of events of one writer.</summary>
    public int CompareArrival(long x, long y) => _sort[0].Order == SortOrder.Desc ? y.CompareTo(x) : x.CompareTo(y);

    private static int CompareValues(FieldValue x, FieldValue y, SortOrder order)
    {
        bool missing = x.Kind == FieldValueKind.Null;
        if (missing || y.Kind == FieldValueKind.Null)
        {
            return missing.CompareTo(y.Kind == FieldValueKind.Null);
        }

        int ascending = FieldValueOrder.Instance.Compare(x, y);
        return order == SortOrder.Desc ? -ascending : ascending;
    }

    private static FieldValue ValueOf(LogEvent logEvent, SortField sort)
    {
        if (FieldDates.IsTimestamp(sort.Field))
        {
            return FieldValue.Of(logEvent.Timestamp.UnixNanoseconds);
        }

        return Best(logEvent.Fields.Values(sort.Field), sort.Order);
    }

    /// <summary>Which of an event's values it is sorted by, cut to <see cref="MaxTextLength"/>; <see cref="FieldValue.Null"/> of none.</summary>
    public static FieldValue Best(IEnumerable<FieldValue> values, SortOrder order)
    {
        FieldValue best = FieldValue.Null;
        foreach (FieldValue value in values)
        {
            best = Better(best, value, order);
        }

        return best;
    }

    /// <summary>The one of two values of an event that it is sorted by, where <paramref name="best"/> is cut already or <see cref="FieldValue.Null"/>.</summary>
    public static FieldValue Better(FieldValue best, FieldValue value, SortOrder order) =>
        best.Kind != FieldValueKind.Null && CompareValues(value, best, order) >= 0 ? best
        : value.Kind == FieldValueKind.String ? Shorten(value)
        : value;

    private static FieldValue Shorten(FieldValue value)
    {
        string text = value.AsString();
        if (text.Length <= MaxTextLength)
        {
            return value;
        }

        int length = char.IsHighSurrogate(text[MaxTextLength - 1]) ? MaxTextLength - 1 : MaxTextLength;
        return FieldValue.Of(text[..length]);
    }
}
