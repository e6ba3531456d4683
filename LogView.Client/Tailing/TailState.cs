using LogView.Client.Contracts.Query;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Tail;
using LogView.Client.Language;
using LogView.Client.Shared.Filtering;

namespace LogView.Client.Tailing;

/// <summary>What a live tail follows and shows: what its address holds. Immutable; two states are equal when they follow the same.</summary>
public sealed record TailState
{
    public static readonly IReadOnlyList<string> DefaultColumns = ["service.name", MessageColumn];

    /// <summary>Always shown, last: it takes the width that is left.</summary>
    public const string MessageColumn = "message";

    public string Query { get; init; } = "";

    public QueryLanguage Language { get; init; }

    /// <summary>Data stream pattern; null: all.</summary>
    public string? DataStream { get; init; }

    public IReadOnlyList<SearchFilter> Filters { get; init; } = [];

    /// <summary>IANA name of the zone of times; null: the browser's.</summary>
    public string? Zone { get; init; }

    /// <summary>Fields shown beside time and level, in order.</summary>
    public IReadOnlyList<string> Columns { get; init; } = DefaultColumns;

    /// <summary>The columns whose values the rows have to carry.</summary>
    public IReadOnlyList<string> ValueColumns => [.. Columns.Where(c => !string.Equals(c, MessageColumn, StringComparison.Ordinal)).Take(TailRequest.MaxColumns)];

    public TailState WithFilter(SearchFilter filter) => this with { Filters = Filters.With(filter) };

    public TailState WithColumn(string field) =>
        field.Length == 0 || Columns.Contains(field, StringComparer.Ordinal) || ValueColumns.Count >= TailRequest.MaxColumns
            ? this
            : this with { Columns = [.. ValueColumns, field, MessageColumn] };

    public TailState WithoutColumn(string field) => this with { Columns = [.. Columns.Where(c => !string.Equals(c, field, StringComparison.Ordinal))] };

    public TailState WithRenamedField(string from, string to) => this with
    {
        Query = FieldRenaming.Rename(Query, from, to),
        Filters = Filters.Renamed(from, to),
    };

    public TailRequest ToRequest() => new()
    {
        Query = Query, Language = Language, DataStream = DataStream, Filters = [.. Filters.Where(f => !f.Disabled)], Columns = ValueColumns,
    };

    /// <summary>True when the same is followed: only looks differ.</summary>
    public bool IsSameTail(TailState other) => this with { Zone = other.Zone } == other;

    public bool Equals(TailState? other) =>
        other is not null
        && string.Equals(Query, other.Query, StringComparison.Ordinal)
        && Language == other.Language
        && string.Equals(DataStream, other.DataStream, StringComparison.Ordinal)
        && FilterSet.Same(Filters, other.Filters)
        && string.Equals(Zone, other.Zone, StringComparison.Ordinal)
        && ValueColumns.SequenceEqual(other.ValueColumns, StringComparer.Ordinal);

    public override int GetHashCode() => HashCode.Combine(Query, Language, DataStream, Filters.Count, Columns.Count);
}
