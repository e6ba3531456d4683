using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Query;

namespace LogView.Client.Contracts.Search;

/// <summary>Everything a page or the API asks of stored events. Safe for concurrent use.</summary>
public interface ISearchService
{
    /// <summary>
    /// Runs one search. Must see every event that was acknowledged before the call. Reports what is known so far to
    /// <paramref name="progress"/> (rows first), from any thread. Cancelling ends the work in the engine within 500 ms and throws
    /// <see cref="OperationCanceledException"/>.
    /// </summary>
    Task<SearchOutcome> SearchAsync(SearchRequest request, Viewer viewer, IProgress<SearchResult>? progress, CancellationToken cancellationToken);

    /// <summary>Every hit in sort order, read page by page with flat memory. Size and After of the request are not used.</summary>
    Task<ExportOutcome> ExportAsync(SearchRequest request, Viewer viewer, CancellationToken cancellationToken);

    /// <summary>
    /// The patterns of the messages of a search, with exact counts over what the answer says they are over. Reports those of the events read so far to
    /// <paramref name="progress"/>, from any thread. Cancelling ends the work and throws <see cref="OperationCanceledException"/>.
    /// </summary>
    Task<PatternOutcome> PatternsAsync(PatternRequest request, Viewer viewer, IProgress<PatternList>? progress, CancellationToken cancellationToken);

    /// <summary>Events before and after one event, by arrival in the same order as the store sorts; filters narrow the neighbours.</summary>
    Task<ContextOutcome> ContextAsync(ContextRequest request, Viewer viewer, CancellationToken cancellationToken);

    /// <summary>Field names in the data streams and time range, with types and coverage.</summary>
    Task<FieldListOutcome> FieldsAsync(SearchRequest request, Viewer viewer, CancellationToken cancellationToken);

    /// <summary>Most frequent values of a field that contain <paramref name="prefix"/> (ignoring case); all for null.</summary>
    Task<FieldValuesOutcome> ValuesAsync(SearchRequest request, string field, string? prefix, int size, Viewer viewer, CancellationToken cancellationToken);

    /// <summary>Those the viewer may see. Throws <see cref="SearchUnavailableException"/>.</summary>
    Task<IReadOnlyList<DataStreamInfo>> DataStreamsAsync(Viewer viewer, CancellationToken cancellationToken);

    /// <summary>One event, or null when there is none or the viewer may not see it. Throws <see cref="SearchUnavailableException"/>.</summary>
    Task<LogEvent?> FindAsync(DataStreamName dataStream, EventId id, Viewer viewer, CancellationToken cancellationToken);
}

/// <summary>An answer or the reason why there is none; exactly one is set.</summary>
public sealed record SearchOutcome(SearchResult? Result, SearchProblem? Problem);

public sealed record ExportOutcome(IAsyncEnumerable<Hit>? Hits, SearchProblem? Problem)
{
    /// <summary>What the reader should know about the export; to be asked when the hits have ended.</summary>
    public Func<IReadOnlyList<SearchNote>> Notes { get; init; } = () => [];
}

public sealed record ContextOutcome(ContextResult? Result, SearchProblem? Problem);

public sealed record FieldListOutcome(FieldList? Result, SearchProblem? Problem);

public sealed record FieldValuesOutcome(FieldValues? Result, SearchProblem? Problem);

public enum SearchProblemKind : byte
{
    /// <summary>The query text does not parse; <see cref="SearchProblem.Query"/> says where.</summary>
    BadQuery,

    /// <summary>Another part of the request is wrong; the message names it and what was expected.</summary>
    BadRequest,

    /// <summary>The viewer lacks the right the message names.</summary>
    Forbidden,

    /// <summary>What the request names is not there.</summary>
    NotFound,

    /// <summary>The engine cannot answer now; try again.</summary>
    Unavailable,
}

/// <param name="Kind">What sort of problem.</param>
/// <param name="Message">One sentence for people.</param>
/// <param name="Query">Place in the query, for <see cref="SearchProblemKind.BadQuery"/>.</param>
public sealed record SearchProblem(SearchProblemKind Kind, string Message, QueryError? Query = null);

/// <param name="DataStream">Of the event in the middle.</param>
/// <param name="Id">Of the event in the middle.</param>
/// <param name="Before">Events wanted before it, at most 1,000.</param>
/// <param name="After">Events wanted after it, at most 1,000.</param>
/// <param name="Within">Query, filters and data stream pattern that narrow the neighbours; time range, sort and size are not used.</param>
public sealed record ContextRequest(DataStreamName DataStream, EventId Id, int Before, int After, SearchRequest Within)
{
    /// <summary>Neighbours at most so far in time, on either side; null: however far.</summary>
    public TimeSpan? Span { get; init; }
}

/// <summary>Both lists oldest first.</summary>
public sealed record ContextResult(IReadOnlyList<Hit> Before, Hit Event, IReadOnlyList<Hit> After);

/// <param name="Fields">By name.</param>
/// <param name="SampledEvents">Coverage was computed over so many of the newest events.</param>
/// <param name="IsSample">False: over all of them.</param>
public sealed record FieldList(IReadOnlyList<FieldInfo> Fields, long SampledEvents, bool IsSample);

/// <summary>text, keyword, long, double, boolean, date or ip: what most values are.</summary>
public enum FieldType : byte
{
    Text,
    Keyword,
    Long,
    Double,
    Boolean,
    Date,
    Ip,
}

/// <param name="Name">Dotted path.</param>
/// <param name="Type">Type of most values.</param>
/// <param name="Events">Events of the sample that have it.</param>
/// <param name="Conflicts">Values of the sample that do not fit the type.</param>
public sealed record FieldInfo(string Name, FieldType Type, long Events, long Conflicts = 0);

/// <param name="Values">By count descending.</param>
/// <param name="EventsWithField">Events that have the field.</param>
/// <param name="SampledEvents">Counted over so many of the newest events.</param>
/// <param name="IsSample">False: over all of them.</param>
public sealed record FieldValues(IReadOnlyList<FieldValueCount> Values, long EventsWithField, long SampledEvents, bool IsSample);

public sealed record FieldValueCount(FieldValue Value, long Count);

/// <param name="Name">Of the data stream.</param>
/// <param name="Events">Events that can be searched.</param>
/// <param name="Bytes">Bytes of their sources, or on disk where the engine knows.</param>
/// <param name="Oldest">Null when empty.</param>
/// <param name="Newest">Null when empty.</param>
public sealed record DataStreamInfo(DataStreamName Name, long Events, long Bytes, Timestamp? Oldest, Timestamp? Newest)
{
    /// <summary>Other names that patterns may ask for it by: those a cluster has for an index of others.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];
}
