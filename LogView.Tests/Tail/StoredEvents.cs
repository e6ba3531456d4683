using System.Runtime.CompilerServices;
using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Server.Tail;

namespace LogView.Tests.Tail;

/// <summary>Searches over the events of a <see cref="FakeLog"/>, as far as the tail asks for them.</summary>
internal sealed class StoredEvents(FakeLog log) : ISearchService
{
    /// <summary>Runs before the snapshot is taken: what arrives between the registration and the backfill.</summary>
    public Func<CancellationToken, Task>? BeforeSnapshot { get; set; }

    /// <summary>Their events are stored too.</summary>
    public FakeOthers? Others { get; set; }

    public SearchProblem? Problem { get; set; }

    public Task<ExportOutcome> ExportAsync(SearchRequest request, Viewer viewer, CancellationToken cancellationToken) =>
        Task.FromResult(Problem is null ? new ExportOutcome(HitsAsync(request, viewer, cancellationToken), null) : new ExportOutcome(null, Problem));

    public Task<SearchOutcome> SearchAsync(SearchRequest request, Viewer viewer, IProgress<SearchResult>? progress, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<PatternOutcome> PatternsAsync(PatternRequest request, Viewer viewer, IProgress<PatternList>? progress, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<ContextOutcome> ContextAsync(ContextRequest request, Viewer viewer, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<FieldListOutcome> FieldsAsync(SearchRequest request, Viewer viewer, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<FieldValuesOutcome> ValuesAsync(
        SearchRequest request, string field, string? prefix, int size, Viewer viewer, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<DataStreamInfo>> DataStreamsAsync(Viewer viewer, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<LogEvent?> FindAsync(DataStreamName dataStream, EventId id, Viewer viewer, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    private async IAsyncEnumerable<Hit> HitsAsync(SearchRequest request, Viewer viewer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (BeforeSnapshot is { } before)
        {
            await before(cancellationToken);
        }

        TailQuery query = TailQuery.Of(
            new() { Query = request.Query, Language = request.Language, DataStream = request.DataStream, Filters = request.Filters }, viewer, default).Query!;
        foreach (LogEvent e in log.Events.Concat(Others?.All ?? []).Where(query.Matches).OrderByDescending(e => e.Timestamp).ThenByDescending(e => e.Sequence))
        {
            yield return new Hit(e);
        }
    }
}
