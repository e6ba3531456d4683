using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Discover.Fields;
using LogView.Client.Discover.Rows;
using LogView.Client.Discover.State;

namespace LogView.Client.Discover.Run;

/// <summary>
/// Runs Discover's searches: hits, overview and field list apart, each with its own state. A new run ends the one before, also in
/// the store. One per page; what tells of changes may be called from any thread: <paramref name="firstRows"/> in the place of
/// <paramref name="changed"/> when the first rows of a run are there, or are known not to come.
/// </summary>
public sealed class DiscoverSearch(ISearchService service, TimeProvider clock, Action changed, Action? firstRows = null) : IDisposable
{
    /// <summary>Values shown under an open field.</summary>
    private const int TopValues = 8;

    /// <summary>Values offered while one is typed.</summary>
    private const int OfferedValues = 20;

    private readonly Lock _lock = new();
    private CancellationTokenSource _run = new();
    private CancellationToken _token = new(canceled: true);
    private bool _isOver;
    private Viewer? _viewer;
    private RowReader? _rows;

    public RunView View { get; private set; } = RunView.Empty;

    /// <summary>Ends when everything came, failed or was cancelled.</summary>
    public async Task RunAsync(DiscoverState state, string browserZone, Viewer viewer)
    {
        CancellationToken token = Begin();
        if (token.IsCancellationRequested)
        {
            // The page was left while it began.
            return;
        }

        _viewer = viewer;
        (RunPlan? plan, string? problem) = RunPlan.Make(state, browserZone, Timestamp.Now(clock));
        if (plan is null)
        {
            Set(v => RunView.Empty with { Plan = v.Plan, TimeProblem = problem }, token);
            return;
        }

        Set(v => v with
        {
            Plan = plan,
            TimeProblem = null,
            Hits = v.Hits.Started(),
            Overview = v.Overview.Started(),
            Fields = v.Fields.Started(),
            Wider = [],
            NewEvents = 0,
        }, token);
        var rows = new RowReader(plan, (request, cancel) => SearchAsync(request, progress: null, cancel), outcome => Set(v => v with { Hits = v.Hits with { Value = v.Hits.Value?.With(_rows!.Rows, outcome) } }, token));
        _rows = rows;
        var rowsAreHere = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task hits = LoadHitsAsync(plan, rows, rowsAreHere, token);
        await Task.WhenAny(rowsAreHere.Task, hits);
        await Task.WhenAll(hits, LoadOverviewAsync(plan, rows, token), LoadFieldsAsync(plan, token));
    }

    /// <summary>Stops what runs; what came by then stays.</summary>
    public void Cancel()
    {
        lock (_lock)
        {
            if (_isOver)
            {
                return;
            }

            _run.Cancel();
            View = View with { Hits = View.Hits.Cancelled(), Overview = View.Overview.Cancelled(), Fields = View.Fields.Cancelled() };
        }

        changed();
    }

    /// <summary>Reads the rows at these positions, wherever they are; the view has them when this ends, unless others were asked for meanwhile.</summary>
    public Task ShowRowsAsync(int first, int count) => _rows is { } rows ? rows.WantAsync(Math.Max(0, first), count, _token) : Task.CompletedTask;

    /// <summary>Position of the first row at or behind an instant; null when it could not be found out.</summary>
    public async Task<int?> FindRowAsync(Timestamp instant) => _rows is { } rows ? await rows.FindAsync(instant, _token) : null;

    /// <summary>The row of level error or above that comes next after a row, or before it; the rows around it are here when this ends.</summary>
    /// <param name="selected">The row; -1: none, from the start or the end.</param>
    /// <param name="forward">Down the table.</param>
    public Task<FoundError> FindErrorAsync(int selected, bool forward)
    {
        CancellationToken token = _token;
        return View.Plan is { } plan ? new ErrorJump(this, plan, r => SearchAsync(r, progress: null, token)).FindAsync(selected, forward) : Task.FromResult(new FoundError(null, IsKnown: true));
    }

    /// <summary>The time of a row, or between which it must be; null when nothing is known.</summary>
    public Timestamp? TimeAt(int position) => _rows?.Book.TimeAt(position);

    /// <summary>Counts what came since the run, for the "new" pill.</summary>
    public async Task CountNewAsync()
    {
        CancellationToken token = _token;
        if (View is { IsRunning: false, Plan: { } plan })
        {
            SearchOutcome? outcome = await SearchAsync(plan.CountSince(View.Newest ?? plan.To ?? plan.Started), progress: null, token);
            Set(v => v with { NewEvents = outcome?.Result?.Total?.Value ?? v.NewEvents }, token);
        }
    }

    /// <summary>Top values of a field among the hits of the run, and statistics of a number.</summary>
    public async Task<FieldDetail> FieldDetailAsync(FieldInfo field, CancellationToken cancellationToken)
    {
        if (View.Plan is not { } plan || _viewer is not { } viewer)
        {
            return new FieldDetail(null, null, null);
        }

        Task<FieldValuesOutcome> values = service.ValuesAsync(plan.Fields(), field.Name, prefix: null, TopValues, viewer, cancellationToken);
        Task<SearchOutcome>? numbers = field.Type == FieldType.Text
            ? null
            : service.SearchAsync(plan.Fields() with { Aggregations = FieldStatistics.Aggregations(field) }, viewer, progress: null, cancellationToken);
        FieldValuesOutcome top = await values;
        SearchOutcome? stats = numbers is null ? null : await numbers;
        return new FieldDetail(top.Result, stats?.Result is { } r && FieldTypes.IsNumber(field.Type) ? FieldStatistics.Of(r) : null, top.Problem ?? stats?.Problem)
        {
            Distinct = stats?.Result is { } counted ? FieldStatistics.Distinct(counted) : null,
        };
    }

    /// <summary>Values to offer while one is typed.</summary>
    public async Task<IReadOnlyList<string>> ValuesAsync(string field, string? contains, CancellationToken cancellationToken) =>
        [.. (await ValueCountsAsync(field, contains, cancellationToken)).Select(v => v.Value.ToString())];

    /// <summary>The same with how many events have each.</summary>
    public async Task<IReadOnlyList<FieldValueCount>> ValueCountsAsync(string field, string? contains, CancellationToken cancellationToken)
    {
        if (View.Plan is not { } plan || _viewer is not { } viewer)
        {
            return [];
        }

        // The query may name the very field that is being typed: values are offered from the whole time range.
        SearchRequest wide = plan.Fields() with { Query = "", Filters = [] };
        FieldValuesOutcome outcome = await service.ValuesAsync(wide, field, contains, OfferedValues, viewer, cancellationToken);
        return outcome.Result?.Values ?? [];
    }

    public Task<ContextOutcome> ContextAsync(ContextRequest request, CancellationToken cancellationToken) =>
        _viewer is { } viewer ? service.ContextAsync(request, viewer, cancellationToken) : throw new InvalidOperationException("Nothing ran yet.");

    public void Dispose()
    {
        lock (_lock)
        {
            if (!_isOver)
            {
                _isOver = true;
                _run.Cancel();
                _run.Dispose();
            }
        }
    }

    /// <summary>Cancelled already when the page is gone.</summary>
    private CancellationToken Begin()
    {
        lock (_lock)
        {
            if (!_isOver)
            {
                _run.Cancel();
                _run.Dispose();
                _run = new CancellationTokenSource();
                _token = _run.Token;
            }

            return _token;
        }
    }

    /// <summary>Counting and the field list wait for the first rows: they would take the processor from what people wait for.</summary>
    private async Task LoadHitsAsync(RunPlan plan, RowReader rows, TaskCompletionSource rowsAreHere, CancellationToken token)
    {
        var progress = new Direct<SearchResult>(r =>
        {
            bool isFirst = r.Hits.Count > 0 && !rowsAreHere.Task.IsCompleted;
            Set(v => v with { Hits = v.Hits.SoFar(First(rows, r)) }, token, isFirst);
            if (isFirst)
            {
                rowsAreHere.TrySetResult();
            }
        });
        if (await SearchAsync(plan.Hits(), progress, token) is { } outcome)
        {
            Set(v => v with { Hits = Load<HitRows>.Of(outcome.Result is { } r ? First(rows, r) : null, outcome.Problem) }, token, isFirst: !rowsAreHere.Task.IsCompleted);
            if (View.IsEmpty)
            {
                await LoadWiderAsync(plan, token);
            }
        }
    }

    private async Task LoadOverviewAsync(RunPlan plan, RowReader rows, CancellationToken token)
    {
        var progress = new Direct<SearchResult>(r => Set(v => v with { Overview = v.Overview.SoFar(Overview.Of(r)) }, token));
        if (await SearchAsync(plan.Overview(), progress, token) is { } outcome)
        {
            if (outcome.Result is { Status: SearchStatus.Complete, Total: { IsExact: true } total } counted)
            {
                rows.Book.Counted(total.Value, HistogramData.Counts(counted, RunPlan.OverTime));
            }

            Set(v => v with
            {
                Overview = Load<Overview>.Of(outcome.Result is { } r ? Overview.Of(r) : null, outcome.Problem),
                Hits = v.Hits.IsLoading || v.Hits.Value is null ? v.Hits : v.Hits with { Value = v.Hits.Value with { Rows = rows.Rows } },
            }, token);
            await LoadSplitAsync(plan, token);
        }
    }

    /// <summary>The histogram stands by level until the counts of the other field come.</summary>
    private async Task LoadSplitAsync(RunPlan plan, CancellationToken token)
    {
        if (View.Overview.Value is not { Chart: { } chart } || plan.State.Split is not { } field || plan.Split(chart) is not { } request)
        {
            return;
        }

        SearchOutcome? outcome = await SearchAsync(request, progress: null, token);
        if (outcome?.Result?.Aggregations.GetValueOrDefault(RunPlan.BySplit) is BucketsResult values)
        {
            Set(v => v.Overview.Value is { } overview ? v with { Overview = v.Overview with { Value = overview with { Chart = chart.SplitBy(field, values) } } } : v, token);
        }
        else if (outcome?.Problem is { } problem)
        {
            Set(v => v.Overview.Value is { } overview
                ? v with { Overview = v.Overview with { Value = overview with { Notes = [.. overview.Notes, new SearchNote("split_failed", problem.Message)] } } }
                : v, token);
        }
    }

    /// <summary>The first rows, from which the others are placed.</summary>
    private static HitRows First(RowReader rows, SearchResult page)
    {
        rows.Book.Begin(page.Hits, page.Next);
        return HitRows.First(rows.Rows, page);
    }

    private async Task LoadFieldsAsync(RunPlan plan, CancellationToken token)
    {
        FieldListOutcome? outcome = await OrCancelledAsync(service.FieldsAsync(plan.Fields(), _viewer!, token), token);
        Set(v => outcome is null ? v : v with { Fields = Load<FieldList>.Of(outcome.Result, outcome.Problem) }, token);
    }

    private async Task LoadWiderAsync(RunPlan plan, CancellationToken token)
    {
        foreach ((WiderKind kind, DiscoverState state) in WiderStates.Of(plan))
        {
            SearchOutcome? outcome = await SearchAsync((plan with { State = state }).CountIn(state.Range), progress: null, token);
            if (outcome?.Result?.Total is { Value: > 0 } total)
            {
                Set(v => v with { Wider = [.. v.Wider, new Wider(state, kind, total.Value)] }, token);
            }
        }
    }

    private Task<SearchOutcome?> SearchAsync(SearchRequest request, IProgress<SearchResult>? progress, CancellationToken token) =>
        OrCancelledAsync(service.SearchAsync(request, _viewer!, progress, token), token);

    private static async Task<T?> OrCancelledAsync<T>(Task<T> work, CancellationToken token)
        where T : class
    {
        try
        {
            return await work;
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Changes the view, unless a newer run took over.</summary>
    private void Set(Func<RunView, RunView> change, CancellationToken token, bool isFirst = false)
    {
        lock (_lock)
        {
            if (token.IsCancellationRequested)
            {
                return;
            }

            View = change(View);
        }

        (isFirst ? firstRows ?? changed : changed)();
    }

    /// <summary>Reports at once, on the reporter's thread, so that nothing arrives after the end.</summary>
    private sealed class Direct<T>(Action<T> report) : IProgress<T>
    {
        public void Report(T value) => report(value);
    }
}
