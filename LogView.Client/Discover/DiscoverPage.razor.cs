using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Query;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Time;
using LogView.Client.Discover.Empty;
using LogView.Client.Discover.Events;
using LogView.Client.Discover.Lines;
using LogView.Client.Discover.Marking;
using LogView.Client.Discover.Run;
using LogView.Client.Discover.State;
using LogView.Client.Language;
using LogView.Client.Shared;
using LogView.Client.Shared.Querying;
using LogView.Client.Shared.Timing;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;

namespace LogView.Client.Discover;

/// <summary>Search: the address is the state, each state is one run. Rules are in State, Run and Events; this draws them.</summary>
public partial class DiscoverPage : IAsyncDisposable
{
    private static readonly string[] Keys = ["/", "j", "k", "e", "E", "c", "Enter", "Escape"];

    private readonly Selection _selection = new();
    private readonly TableFolds _folds = new();
    private AwaitedMove _move = default!;
    private InlineContext _around = default!;
    private PageAddress _address = default!;
    private StoreWatch _store = default!;
    private AutoRefresh _refresh = default!;
    private DiscoverSearch _search = default!;
    private RenderPacer _pacer = default!;
    private QueryCompleter _completer = default!;
    private RowLook _look = new(DiscoverState.DefaultColumns, TimeZoneInfo.Utc, DatePart.None, Marker: null);
    private IReadOnlyList<TimeMark> _marks = [];
    private bool _isStarting;
    private string? _linkProblem;
    private string? _errorNote;
    private bool _isLeft;
    private Viewer? _viewer;
    private JsModule? _module;
    private LastStream? _lastStream;
    private QueryBox? _queryBox;
    private EventTable? _table;
    private string _browserZone = "UTC";
    private int _firstVisible;
    private bool _showsFields = true;
    private QueryError? _queryError;
    private (string Query, QueryLanguage Language) _marked = ("", QueryLanguage.LogView);
    private TextMarker? _marker;

    [Inject]
    private ISearchService Service { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    [Inject]
    private IStringLocalizer<DiscoverText> Text { get; set; } = default!;

    [CascadingParameter]
    private Task<AuthenticationState>? Authentication { get; set; }

    private DiscoverState State => _address.State;

    private RunView View => _search.View;

    private TimeZoneInfo Zone => ZoneTime.Zone(State.Zone ?? _browserZone);

    private bool IsStoreEmpty => _viewer is not null && _store.IsEmpty;

    private int SelectedIndex => View.Rows.IndexOf(_selection.Selected);

    private TableLines Lines
    {
        get
        {
            _folds.Make(View.Rows, State.Fold, _around.In(View.Rows, State.Sort));
            return _folds.Lines;
        }
    }

    private IReadOnlyList<string> FieldNames => [.. (View.Fields.Value?.Fields ?? []).Select(f => f.Name)];

    public async ValueTask DisposeAsync()
    {
        _isLeft = true;
        Navigation.LocationChanged -= OnLocationChanged;
        _refresh.Dispose();
        _store.Dispose();
        _pacer.Dispose();
        _search.Dispose();
        _around.Dispose();
        if (_module is not null)
        {
            await _module.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    protected override void OnInitialized()
    {
        _address = new PageAddress(Navigation);
        _queryError = QueryParser.Parse(State.Query, State.Language).Error;
        _pacer = new RenderPacer(Clock, () => _ = InvokeAsync(Redraw));
        _search = new DiscoverSearch(Service, Clock, _pacer.Request, _pacer.RequestNow);
        _move = new AwaitedMove(_search, _selection);
        _around = new InlineContext(_search.ContextAsync);
        _store = new StoreWatch(Service, Clock, () => _ = InvokeAsync(() => GuardAsync(LookForFirstEventsAsync)));
        _refresh = new AutoRefresh(Clock, () => _ = InvokeAsync(() => GuardAsync(RefreshAsync)));
        _completer = new QueryCompleter(() => View.Fields.Value?.Fields ?? [], _search.ValueCountsAsync);
        Navigation.LocationChanged += OnLocationChanged;
    }

    protected override async Task OnInitializedAsync() => _viewer = Authentication is null ? null : ViewerClaims.ToViewer((await Authentication).User);

    /// <summary>Searches start here: while prerendering nobody could see or cancel them.</summary>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        _module = new JsModule(Js, "Discover/DiscoverPage.razor.js");
        string viewer = _viewer?.Name ?? "";
        BrowserFacts? browser = await _module.InvokeAsync<BrowserFacts>("browser", viewer);
        if (_isLeft)
        {
            return;
        }

        (_browserZone, _showsFields) = (browser?.Zone ?? "UTC", !(browser?.IsNarrow ?? false));
        _lastStream = new LastStream(_module, viewer, browser?.DataStream);
        if (_lastStream.InsteadOf(Navigation.Uri) is { } remembered)
        {
            _address.Begin(remembered);
        }

        await Task.WhenAll(RunAgainAsync(), LoadStreamsAsync(), OpenLinkedAsync());
        StateHasChanged();
        await (State.Event is not null && State.Sort.IsByTime && SelectedIndex is < 0 or > 5 && _selection.Open is { } linked ? GoToTimeAsync(linked.Event.Timestamp) : Task.CompletedTask);
    }

    private void Redraw()
    {
        if (View.Plan?.State is { } shown && (shown.Query, shown.Language) != _marked)
        {
            _marked = (shown.Query, shown.Language);
            _marker = QueryParser.Parse(shown.Query, shown.Language).Node is { } node && shown.Query.Length > 0 ? Highlighter.Compile(node).Ranges : null;
        }

        var look = new RowLook(State.Columns, Zone, DateParts.Between(View.Plan?.From, View.Plan?.To, Zone), _marker) { Widths = State.Widths, Height = State.RowHeight, OtherZone = ZoneTime.Other(Zone, _browserZone) };
        _look = look.Equals(_look) ? _look : look;
        StateHasChanged();
    }

    private Task RedrawAsync() => InvokeAsync(Redraw);

    /// <summary>Shows another state; the same one is run again.</summary>
    private Task GoAsync(DiscoverState state) => _address.TryGo(state) ? Task.CompletedTask : RunAgainAsync();

    private void OnLocationChanged(object? sender, LocationChangedEventArgs e)
    {
        if (PageAddress.IsOfPage(e.Location))
        {
            _ = InvokeAsync(() => GuardAsync(() => FollowAddressAsync(isLink: e.IsNavigationIntercepted)));
        }
    }

    private async Task FollowAddressAsync(bool isLink)
    {
        if (isLink && _lastStream?.InsteadOf(Navigation.Uri) is { } remembered)
        {
            Navigation.NavigateTo(DiscoverUrl.Write(remembered), replace: true);
            return;
        }

        if (_address.Follow() is { } change)
        {
            _queryError = QueryParser.Parse(State.Query, State.Language).Error;
            await Task.WhenAll(change.IsOtherSearch ? RunAgainAsync() : RedrawAsync(), change.IsOtherEvent ? OpenLinkedAsync() : Task.CompletedTask);
        }
    }

    /// <summary>For what nobody waits for: a bug shows where Blazor shows those of its own calls.</summary>
    private async Task GuardAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e);
        }
    }

    private async Task RunAgainAsync()
    {
        if (_viewer is { } viewer)
        {
            await _search.RunAsync(State, _browserZone, viewer);
        }
    }

    private Task LoadStreamsAsync() => _viewer is { } viewer ? _store.LoadAsync(viewer) : Task.CompletedTask;

    /// <summary>The page of an empty store turns into Discover when the first events come.</summary>
    private async Task LookForFirstEventsAsync()
    {
        if (IsStoreEmpty && !_isStarting)
        {
            await LoadStreamsAsync();
            await (IsStoreEmpty ? Task.CompletedTask : RunAgainAsync());
        }
    }

    /// <summary>Somebody asked for first events here: they come oldest first, so the page waits until all are there.</summary>
    private void Starting(bool isStarting) => _isStarting = isStarting;

    private async Task StartedAsync()
    {
        await LoadStreamsAsync();
        await RunAgainAsync();
    }

    /// <summary>A query that only lacks its end is not wrong yet.</summary>
    private void OnTyped(string text)
    {
        QueryError? error = QueryParser.Parse(text, State.Language).Error;
        _queryError = error?.Offset >= text.TrimEnd().Length ? null : error;
    }

    private Task OnRunAsync(string text)
    {
        _queryError = QueryParser.Parse(text, State.Language).Error;
        return _queryError is null ? GoAsync(State with { Query = text.Trim() }) : Task.CompletedTask;
    }

    private async Task RunTypedAsync() => await OnRunAsync(_queryBox is null ? State.Query : await _queryBox.ReadAsync());

    private async Task ChooseStreamAsync(string? pattern)
    {
        await (_lastStream?.ChooseAsync(pattern) ?? Task.CompletedTask);
        await GoAsync(State with { DataStream = pattern });
    }

    private Task<PatternOutcome> PatternsAsync(PatternRequest request, IProgress<PatternList> progress, CancellationToken cancellationToken) =>
        Service.PatternsAsync(request, _viewer!, progress, cancellationToken);

    private Task FilterAsync(SearchFilter filter) => GoAsync(State.WithFilter(filter));

    private Task ToggleColumnAsync(string field) => GoAsync(State.WithToggledColumn(field));

    private Task ZoomAsync(TimeRange range) => GoAsync(State with { Range = new TimeRangeExpression(range.From.ToString(), range.To.ToString()), Interval = null });

    private void Open(int index) => _selection.Show(View.Rows[index]);

    /// <summary>Not waited for: the browser goes on scrolling, and rows that come late are drawn when they do.</summary>
    private void ShowRows((int Top, RowWindow Drawn) scrolled)
    {
        _firstVisible = scrolled.Top;
        _ = GuardAsync(() => _search.ShowRowsAsync(scrolled.Drawn.First, scrolled.Drawn.Count));
    }

    /// <summary>Opens the event that the address names.</summary>
    private async Task OpenLinkedAsync()
    {
        _linkProblem = null;
        if (State.Event is { } link && _viewer is { } viewer)
        {
            LogEvent? found = null;
            try
            {
                found = await Service.FindAsync(link.DataStream, link.Id, viewer, CancellationToken.None);
                _linkProblem = found is null ? Text["The event this link leads to is not there (any more), or you may not see it."].Value : null;
            }
            catch (SearchUnavailableException e)
            {
                _linkProblem = Text["The event this link leads to cannot be read now: {0}", e.Message];
            }

            _selection.Show(found is null ? null : new Hit(found));
            StateHasChanged();
        }
    }

    /// <summary>The lines around an event come into the table; its row stays where it is on screen.</summary>
    private async Task ShowAroundAsync(Hit hit)
    {
        _selection.Select(hit);
        Task loading = _around.ShowAsync(hit);
        StateHasChanged();
        await loading;
        StateHasChanged();
        if (_table is not null && _around.In(View.Rows, State.Sort) is { } inserted)
        {
            await _table.RevealAboveAsync(inserted.Position, inserted.Above);
        }
    }

    private async Task GoToTimeAsync(Timestamp instant)
    {
        if (await _search.FindRowAsync(instant) is { } position && _table is not null)
        {
            await _table.ScrollToAsync(position);
        }
    }

    private async Task MoveAsync(int rows)
    {
        int index = RowMoves.By(rows, SelectedIndex, _firstVisible, View.Rows.Total, Lines);
        if (await _move.ToAsync(index, () => _table?.ScrollToAsync(index).AsTask() ?? Task.CompletedTask))
        {
            Select(Math.Min(index, View.Rows.Total - 1));
        }
    }

    private void Select(int index)
    {
        if (View.Rows[index] is { } hit)
        {
            _selection.Select(hit);
        }
    }

    /// <summary>The next error may be far from the rows that are here; one that is looked for already is waited for.</summary>
    private async Task GoToErrorAsync(bool forward)
    {
        if (_errorNote is "Looking for an error…")
        {
            return;
        }

        _errorNote = "Looking for an error…";
        RunPlan? plan = View.Plan;
        FoundError found = await _search.FindErrorAsync(forward ? Lines.LastOf(SelectedIndex) : SelectedIndex, forward);
        _errorNote = found switch
        {
            { Position: not null } => null,
            { IsKnown: false } => "No error was found in what could be looked through",
            _ => forward ? "No further error below" : "No further error above",
        };
        if (found.Position is { } position && ReferenceEquals(plan, View.Plan))
        {
            Select(position);
        }
    }

    private async Task OnKeyAsync(string key)
    {
        _errorNote = key is "e" or "E" || _errorNote is "Looking for an error…" ? _errorNote : null;
        switch (key)
        {
            case "j" or "k":
                await MoveAsync(key is "j" ? 1 : -1);
                break;
            case "e" or "E":
                await GoToErrorAsync(forward: key is "e");
                break;
            case "c" when _selection.Selected is { } selected && SelectedIndex >= 0:
                await ShowAroundAsync(selected);
                break;
            case "Enter" when SelectedIndex >= 0:
                Open(SelectedIndex);
                break;
            case "Escape" when _around.Around is not null && _selection.Open is null:
                _around.Close();
                break;
            case "Escape":
                _selection.Escape();
                break;
        }
    }

    /// <summary>At the top with nothing opened the newest rows come in; otherwise they are only counted.</summary>
    private async Task RefreshAsync()
    {
        if (!View.IsRunning)
        {
            await (_selection.Selected is null && _firstVisible == 0 ? RunAgainAsync() : _search.CountNewAsync());
        }
    }

    private sealed record BrowserFacts(string Zone, bool IsNarrow, string? DataStream);
}
