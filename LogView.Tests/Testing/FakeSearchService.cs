using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;

namespace LogView.Tests.Testing;

/// <summary>A search service that answers what a test says and remembers what it was asked.</summary>
internal sealed class FakeSearchService : ISearchService
{
    private static readonly SearchOutcome Nothing = new(new SearchResult { Status = SearchStatus.Complete, Total = new HitCount(0, IsExact: true) }, null);

    public List<SearchRequest> Searches { get; } = [];

    public Func<SearchRequest, IProgress<SearchResult>?, CancellationToken, Task<SearchOutcome>> OnSearch { get; set; } = (_, _, _) => Task.FromResult(Nothing);

    public Func<SearchRequest, Task<FieldListOutcome>> OnFields { get; set; } = _ => Task.FromResult(new FieldListOutcome(new FieldList([], 0, IsSample: false), null));

    public Func<string, string?, Task<FieldValuesOutcome>> OnValues { get; set; } = (_, _) => Task.FromResult(new FieldValuesOutcome(new FieldValues([], 0, 0, IsSample: false), null));

    public Func<ContextRequest, Task<ContextOutcome>> OnContext { get; set; } = _ => throw new NotSupportedException();

    public Func<PatternRequest, IProgress<PatternList>?, CancellationToken, Task<PatternOutcome>> OnPatterns { get; set; } = (_, _, _) => throw new NotSupportedException();

    public Func<DataStreamName, EventId, LogEvent?> OnFind { get; set; } = (_, _) => null;

    public IReadOnlyList<DataStreamInfo> DataStreams { get; set; } = [new(DataStreamName.Parse("logs-shop-prod"), 1, 1, null, null)];

    public static SearchResult Page(IReadOnlyList<Hit> hits, string? next = null, SearchStatus status = SearchStatus.Complete) =>
        new() { Status = status, Hits = hits, Next = next, TookMs = 4 };

    public static SearchResult Count(long count) => new() { Status = SearchStatus.Complete, Total = new HitCount(count, IsExact: true) };

    public static SearchOutcome Ok(SearchResult result) => new(result, null);

    public static SearchOutcome Fail(SearchProblemKind kind, string message) => new(null, new SearchProblem(kind, message));

    /// <summary>The first page of rows is asked for without a count, everything else with size 0 or a cursor.</summary>
    public static bool IsFirstPage(SearchRequest request) => request is { Size: > 0, After: null };

    public Task<SearchOutcome> SearchAsync(SearchRequest request, Viewer viewer, IProgress<SearchResult>? progress, CancellationToken cancellationToken)
    {
        lock (Searches)
        {
            Searches.Add(request);
        }

        return OnSearch(request, progress, cancellationToken);
    }

    public Task<ExportOutcome> ExportAsync(SearchRequest request, Viewer viewer, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<PatternOutcome> PatternsAsync(PatternRequest request, Viewer viewer, IProgress<PatternList>? progress, CancellationToken cancellationToken) =>
        OnPatterns(request, progress, cancellationToken);

    public Task<ContextOutcome> ContextAsync(ContextRequest request, Viewer viewer, CancellationToken cancellationToken) => OnContext(request);

    public Task<FieldListOutcome> FieldsAsync(SearchRequest request, Viewer viewer, CancellationToken cancellationToken) => OnFields(request);

    public Task<FieldValuesOutcome> ValuesAsync(SearchRequest request, string field, string? prefix, int size, Viewer viewer, CancellationToken cancellationToken) =>
        OnValues(field, prefix);

    public Task<IReadOnlyList<DataStreamInfo>> DataStreamsAsync(Viewer viewer, CancellationToken cancellationToken) => Task.FromResult(DataStreams);

    public Task<LogEvent?> FindAsync(DataStreamName dataStream, EventId id, Viewer viewer, CancellationToken cancellationToken) => Task.FromResult(OnFind(dataStream, id));
}
