using LogView.Client.Contracts.Query;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Time;
using LogView.Client.Language;
using LogView.Client.Shared.Filtering;

namespace LogView.Client.Discover.State;

/// <summary>
/// All that decides what Discover shows: what an address holds, Back and Forward restore and a link shares. Immutable; two states
/// are equal when they show the same.
/// </summary>
public sealed record DiscoverState
{
    public static readonly IReadOnlyList<string> DefaultColumns = ["service.name", "message"];

    public static readonly DiscoverState Default = new();

    public string Query { get; init; } = "";

    public QueryLanguage Language { get; init; }

    /// <summary>Data stream pattern; null: all.</summary>
    public string? DataStream { get; init; }

    public IReadOnlyList<SearchFilter> Filters { get; init; } = [];

    /// <summary>Fields shown beside time and level, in order. Empty: one column that sums the event up.</summary>
    public IReadOnlyList<string> Columns { get; init; } = DefaultColumns;

    /// <summary>Pixels of columns that were resized, by field.</summary>
    public IReadOnlyDictionary<string, int> Widths { get; init; } = ColumnWidths.None;

    public RowHeight RowHeight { get; init; }

    /// <summary>Rows one after the other with one level and one message pattern are drawn as one.</summary>
    public bool Fold { get; init; }

    public SortField Sort { get; init; } = SortField.NewestFirst;

    /// <summary>The head of a column says what the rows are sorted by.</summary>
    public bool IsSortInHead => Sort.IsByTime || Sort.Field is "log.level" || Columns.Contains(Sort.Field, StringComparer.Ordinal);

    public TimeRangeExpression Range { get; init; } = TimeRangeExpression.Last15Minutes;

    /// <summary>IANA name; null: the browser's zone.</summary>
    public string? Zone { get; init; }

    /// <summary>Width of the histogram's buckets; null: picked for the range.</summary>
    public HistogramInterval? Interval { get; init; }

    public ResultTab Tab { get; init; }

    /// <summary>Field whose values the histogram tells apart; null: the level.</summary>
    public string? Split { get; init; }

    /// <summary>The histogram's scale is logarithmic.</summary>
    public bool LogScale { get; init; }

    /// <summary>Id of the saved view this began with; null: none.</summary>
    public string? View { get; init; }

    /// <summary>The event that is open when the page is; null: none. Another search leaves it behind.</summary>
    public EventLink? Event { get; init; }

    /// <summary>True when the same events are asked for: only looks differ.</summary>
    public bool IsSameSearch(DiscoverState other) =>
        this with { Columns = other.Columns, Widths = other.Widths, RowHeight = other.RowHeight, Fold = other.Fold, LogScale = other.LogScale, Tab = other.Tab, View = other.View, Event = other.Event } == other;

    /// <summary>True when a view saved as <paramref name="saved"/> needs no saving.</summary>
    public bool IsAsSaved(DiscoverState saved) => this with { View = null, Event = null } == saved with { View = null, Event = null };

    public DiscoverState WithFilter(SearchFilter filter) => this with { Filters = Filters.With(filter) };

    /// <summary>The same with another name for a field, in query, filters and columns.</summary>
    public DiscoverState WithRenamedField(string from, string to) => this with
    {
        Query = FieldRenaming.Rename(Query, from, to),
        Filters = Filters.Renamed(from, to),
        Columns = [.. Columns.Select(c => string.Equals(c, from, StringComparison.Ordinal) ? to : c).Distinct(StringComparer.Ordinal)],
    };

    /// <summary>The histogram split by a field; by the level for its name or none.</summary>
    public DiscoverState WithSplit(string? field) => this with { Split = field?.Trim() is { Length: > 0 } name && name is not "log.level" ? name : null };

    public DiscoverState WithColumn(string field) => Columns.Contains(field, StringComparer.Ordinal) ? this : this with { Columns = Insert(field) };

    public DiscoverState WithoutColumn(string field) => this with { Columns = [.. Columns.Where(c => !string.Equals(c, field, StringComparison.Ordinal))] };

    public DiscoverState WithToggledColumn(string field) => Columns.Contains(field, StringComparer.Ordinal) ? WithoutColumn(field) : WithColumn(field);

    /// <summary>The column at one place, moved to another.</summary>
    public DiscoverState WithMovedColumn(int from, int to)
    {
        if (from < 0 || from >= Columns.Count || to < 0 || to >= Columns.Count)
        {
            return this;
        }

        List<string> columns = [.. Columns];
        columns.RemoveAt(from);
        columns.Insert(to, Columns[from]);
        return this with { Columns = columns };
    }

    /// <summary>A column made so wide; null: its usual width.</summary>
    public DiscoverState WithWidth(string field, int? pixels)
    {
        Dictionary<string, int> widths = new(Widths, StringComparer.Ordinal);
        widths.Remove(field);
        if (pixels is { } width)
        {
            widths[field] = Math.Clamp(width, ColumnWidths.Least, ColumnWidths.Most);
        }

        return this with { Widths = widths };
    }

    /// <summary>Sorted by a field, largest first; by that already: the other way round.</summary>
    public DiscoverState WithSort(string field) => string.Equals(Sort.Field, field, StringComparison.Ordinal)
        ? this with { Sort = Sort with { Order = Sort.Order == SortOrder.Desc ? SortOrder.Asc : SortOrder.Desc } }
        : this with { Sort = new SortField(field, SortOrder.Desc) };

    public bool Equals(DiscoverState? other) =>
        other is not null
        && string.Equals(Query, other.Query, StringComparison.Ordinal)
        && Language == other.Language
        && string.Equals(DataStream, other.DataStream, StringComparison.Ordinal)
        && FilterSet.Same(Filters, other.Filters)
        && Columns.SequenceEqual(other.Columns, StringComparer.Ordinal)
        && Columns.All(c => Widths.GetValueOrDefault(c) == other.Widths.GetValueOrDefault(c))
        && RowHeight == other.RowHeight
        && Fold == other.Fold
        && Sort == other.Sort
        && Range == other.Range
        && string.Equals(Zone, other.Zone, StringComparison.Ordinal)
        && Interval == other.Interval
        && string.Equals(Split, other.Split, StringComparison.Ordinal)
        && LogScale == other.LogScale
        && Tab == other.Tab
        && string.Equals(View, other.View, StringComparison.Ordinal)
        && Event == other.Event;

    public override int GetHashCode() => HashCode.Combine(Query, DataStream, Range, Zone, Filters.Count, Columns.Count);

    /// <summary>The message stays last: it takes the width that is left.</summary>
    private IReadOnlyList<string> Insert(string field) =>
        Columns.Count > 0 && Columns[^1] is "message" ? [.. Columns.SkipLast(1), field, "message"] : [.. Columns, field];
}
