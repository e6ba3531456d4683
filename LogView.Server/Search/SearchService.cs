using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Server.Search.Patterns;
using LogView.Server.Storage;
using LogView.Server.Storage.Aggregations;
using LogView.Server.Wal;

namespace LogView.Server.Search;

/// <summary>Plans, authorises, waits for acknowledged events, asks the engine, adds notes. Keeps only what notes lately found out: one serves all.</summary>
internal sealed class SearchService(IEventStore store, IWriteAheadLog log, ReadYourWrites writes, TimeProvider clock) : ISearchService
{
    private readonly SearchPlanner _planner = new(clock);
    private readonly SearchNotes _notes = new(store, new FieldFacts(clock));

    public async Task<SearchOutcome> SearchAsync(
        SearchRequest request, Viewer viewer, IProgress<SearchResult>? progress, CancellationToken cancellationToken)
    {
        PlannedSearch planned = _planner.Plan(request, viewer);
        if (planned.Search is not { } search)
        {
            return new SearchOutcome(null, planned.Problem);
        }

        SearchNote? lag = await writes.WaitAsync(cancellationToken);
        try
        {
            SearchResult result = await store.SearchAsync(search, progress, cancellationToken);
            List<SearchNote> notes = lag is null ? [] : [lag];
            if (search is { After: null, Skip: 0 })
            {
                notes.AddRange(await _notes.ForAsync(request, viewer, search, result, cancellationToken));
            }

            return new SearchOutcome(
                result with { Status = lag is null ? result.Status : SearchStatus.Partial, Notes = [.. result.Notes, .. notes] }, null);
        }
        catch (Exception e) when (e is BadCursorException or TooManyBucketsException)
        {
            return new SearchOutcome(null, new SearchProblem(SearchProblemKind.BadRequest, e.Message));
        }
        catch (StoreUnavailableException e)
        {
            return new SearchOutcome(null, Unavailable(e));
        }
    }

    public async Task<ExportOutcome> ExportAsync(SearchRequest request, Viewer viewer, CancellationToken cancellationToken)
    {
        PlannedSearch planned = _planner.Plan(request with { Size = 0, Skip = 0, After = null }, viewer);
        if (planned.Search is not { } search)
        {
            return new ExportOutcome(null, planned.Problem);
        }

        long last = log.DurableSequence;
        SearchNote? lag = await writes.WaitAsync(cancellationToken);
        long evicted = store.Statistics.EvictedEvents;
        var export = new HitExport(store, search, last);
        return lag is null
            ? new ExportOutcome(export.ReadAsync(cancellationToken), null) { Notes = () => [.. export.Notes, .. _notes.OfExport(evicted)] }
            : new ExportOutcome(null, new SearchProblem(SearchProblemKind.Unavailable, $"{lag.Message}; an export has to be whole"));
    }

    public async Task<PatternOutcome> PatternsAsync(
        PatternRequest request, Viewer viewer, IProgress<PatternList>? progress, CancellationToken cancellationToken)
    {
        PlannedPatterns planned = PlannedPatterns.Of(request, viewer, _planner);
        if (planned.Search is not { } search)
        {
            return new PatternOutcome(null, planned.Problem);
        }

        long last = log.DurableSequence;
        SearchNote? lag = await writes.WaitAsync(cancellationToken);
        try
        {
            PatternList found = await new PatternReader(store, search, planned.Before, request, last, clock).ReadAsync(progress, cancellationToken);
            return new PatternOutcome(lag is null ? found : found with { Status = SearchStatus.Partial, Notes = [.. found.Notes, lag] }, null);
        }
        catch (StoreUnavailableException e)
        {
            return new PatternOutcome(null, Unavailable(e));
        }
    }

    public async Task<ContextOutcome> ContextAsync(ContextRequest request, Viewer viewer, CancellationToken cancellationToken)
    {
        PlannedSearch planned = _planner.Plan(request.Within with { Size = 0, Skip = 0, After = null, From = null, To = null, Sort = [] }, viewer);
        SearchProblem? problem = planned.Problem ?? ContextProblem(request);
        if (problem is not null)
        {
            return new ContextOutcome(null, problem);
        }

        await writes.WaitAsync(cancellationToken);
        try
        {
            return await ContextAsync(request, planned.Search!, viewer, cancellationToken);
        }
        catch (StoreUnavailableException e)
        {
            return new ContextOutcome(null, Unavailable(e));
        }
    }

    private async Task<ContextOutcome> ContextAsync(ContextRequest request, StoreSearch within, Viewer viewer, CancellationToken cancellationToken)
    {
        LogEvent? middle = await FindAsync(request.DataStream, request.Id, viewer, cancellationToken);
        return middle is null
            ? new ContextOutcome(null, new SearchProblem(SearchProblemKind.NotFound, $"The data stream '{request.DataStream}' has no event with this id"))
            : new ContextOutcome(await EventContext.ReadAsync(store, middle, within, request, cancellationToken), null);
    }

    public async Task<FieldListOutcome> FieldsAsync(SearchRequest request, Viewer viewer, CancellationToken cancellationToken)
    {
        PlannedSearch planned = _planner.Plan(request with { Size = 0, Skip = 0, After = null, Sort = [] }, viewer);
        if (planned.Search is not { } search)
        {
            return new FieldListOutcome(null, planned.Problem);
        }

        await writes.WaitAsync(cancellationToken);
        try
        {
            return new FieldListOutcome(await store.ListFieldsAsync(search, SearchLimits.FieldSample, cancellationToken), null);
        }
        catch (StoreUnavailableException e)
        {
            return new FieldListOutcome(null, Unavailable(e));
        }
    }

    public async Task<FieldValuesOutcome> ValuesAsync(
        SearchRequest request, string field, string? prefix, int size, Viewer viewer, CancellationToken cancellationToken)
    {
        var terms = new TermsAggregation(field, size);
        Dictionary<string, Aggregation> asked = new(StringComparer.Ordinal) { ["values"] = terms };
        PlannedSearch planned = _planner.Plan(request with { Size = 0, Skip = 0, After = null, Sort = [], Aggregations = asked }, viewer);
        if (planned.Search is not { } search)
        {
            return new FieldValuesOutcome(null, planned.Problem);
        }

        await writes.WaitAsync(cancellationToken);
        try
        {
            return new FieldValuesOutcome(await FieldValueCounter.CountAsync(store, search, field, prefix, size, cancellationToken), null);
        }
        catch (StoreUnavailableException e)
        {
            return new FieldValuesOutcome(null, Unavailable(e));
        }
    }

    public async Task<IReadOnlyList<DataStreamInfo>> DataStreamsAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        await writes.WaitAsync(cancellationToken);
        IReadOnlyList<DataStreamInfo> streams = await store.ListDataStreamsAsync(cancellationToken);
        return [.. streams.Where(s => viewer.May(Rights.Search) && viewer.MayTouch(s.Name))];
    }

    public async Task<LogEvent?> FindAsync(DataStreamName dataStream, EventId id, Viewer viewer, CancellationToken cancellationToken)
    {
        if (!viewer.May(Rights.Search) || !viewer.MayTouch(dataStream))
        {
            return null;
        }

        IReadOnlyDictionary<EventId, LogEvent> found = await store.FindAsync(dataStream, [id], cancellationToken);
        return found.GetValueOrDefault(id);
    }

    private static SearchProblem Unavailable(StoreUnavailableException e) => new(SearchProblemKind.Unavailable, e.Message);

    private static SearchProblem? ContextProblem(ContextRequest request)
    {
        if (request.Span < TimeSpan.Zero)
        {
            return new SearchProblem(SearchProblemKind.BadRequest, "'within' is negative: expected a distance such as 10s, 5m or 1h");
        }

        (string name, int value) = request.Before is < 0 or > SearchLimits.MaxContext ? ("before", request.Before) : ("after", request.After);
        return value is >= 0 and <= SearchLimits.MaxContext
            ? null
            : new SearchProblem(SearchProblemKind.BadRequest, $"'{name}' is {value}: expected 0 to {SearchLimits.MaxContext}");
    }
}
