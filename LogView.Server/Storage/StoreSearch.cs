using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Query;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Time;

namespace LogView.Server.Storage;

/// <summary>A search as an engine gets it: parsed, resolved to instants, authorised.</summary>
public sealed record StoreSearch
{
    /// <summary>Query and filters in one tree.</summary>
    public QueryNode Query { get; init; } = new MatchAllNode();

    /// <summary>True for the data streams that may be looked at.</summary>
    public required Func<DataStreamName, bool> DataStreams { get; init; }

    /// <summary>The same of a data stream that has more names, for engines that know such; null: other names do not count.</summary>
    public Func<DataStreamName, IReadOnlyList<string>, bool>? ByAliases { get; init; }

    public TimeRange Range { get; init; } = TimeRange.All;

    /// <summary>For calendar buckets and the alignment of fixed ones.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>The instant <c>now</c> stands for in the query's date math.</summary>
    public required Timestamp Now { get; init; }

    /// <summary>Never empty.</summary>
    public IReadOnlyList<SortField> Sort { get; init; } = [SortField.NewestFirst];

    public int Size { get; init; } = SearchRequest.DefaultSize;

    /// <summary>A <see cref="SortCursor"/>: <see cref="SearchResult.Next"/>, or the place behind any event; null: from the start. Total and aggregations are over all hits, whatever the page.</summary>
    public string? After { get; init; }

    /// <summary>Hits to pass over, behind <see cref="After"/>: the page begins with the one that comes then. None of them is read.</summary>
    public int Skip { get; init; }

    public CountMode Count { get; init; }

    public IReadOnlyDictionary<string, PlannedAggregation> Aggregations { get; init; } =
        new Dictionary<string, PlannedAggregation>(StringComparer.Ordinal);

    /// <summary>True for a data stream of these names that may be looked at.</summary>
    public bool Wants(DataStreamName name, IReadOnlyList<string> aliases) => ByAliases?.Invoke(name, aliases) ?? DataStreams(name);
}

/// <summary>An aggregation whose filters are parsed and whose ranges are resolved.</summary>
/// <param name="Aggregation">As asked.</param>
/// <param name="Filters">For <see cref="FiltersAggregation"/>: the parsed queries by name.</param>
/// <param name="Children">Aggregations in each bucket.</param>
public sealed record PlannedAggregation(
    Aggregation Aggregation, IReadOnlyDictionary<string, QueryNode> Filters, IReadOnlyDictionary<string, PlannedAggregation> Children);

/// <summary>The cursor in <see cref="StoreSearch.After"/> is not one of this engine's, or belongs to another sort.</summary>
public sealed class BadCursorException : Exception
{
    public BadCursorException()
        : base("'after' is not a cursor of this search: expected the 'next' of an answer with the same sort")
    {
    }

    public BadCursorException(string message)
        : base(message)
    {
    }

    public BadCursorException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
