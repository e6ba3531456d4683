using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Query;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Time;
using LogView.Client.Discover.Events;
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
    private static readonly string[] Keys = ["/", "j", "k", "e", "E", "Enter", "Escape"];

    /// <summary>How often the page of an empty store looks whether events came: a list of nothing costs nothing.</summary>
    private static readonly TimeSpan FirstEventsPace = TimeSpan.FromSeconds(2);

    /// <summary>What the page is about: the address, or what it is about to become.</summary>
    private DiscoverState _state = DiscoverState.Default;

    /// <summary>The state that was last searched for.</summary>
    private DiscoverState _followed = DiscoverState.Default;

    /// <summary>A navigation under way; the browser tells when it is done.</summary>
    private DiscoverState? _going;

    private DiscoverSearch _search = default!;
    private RenderPacer _pacer = default!;
    private QueryCompleter _completer = default!;
    private RowLook _look = new(DiscoverState.DefaultColumns, TimeZoneInfo.Utc, DatePart.None, Marker: null);
    private IReadOnlyList<DataStreamInfo> _streams = [];
    private bool _streamsLoaded;
    private bool _isStarting;
    private bool _isEventGone;
    private bool _isLeft;
    private Viewer? _viewer;
    private JsModule? _module;
    private LastStream? _lastStream;
    private QueryBox? _queryBox;
    private EventTable? _table;
    private ITimer? _refreshTimer;
    private ITimer? _emptyTimer;
    private TimeSpan? _refresh;
    private string _browserZone = "UTC";
    private Hit? _selected;
    private Hit? _detail;
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

    private RunView View => _search.View;

    private TimeZoneInfo Zone => ZoneTime.Zone(_state.Zone ?? _browserZone);

    private bool IsStoreEmpty => _streamsLoaded && _viewer is not null && _streams.Sum(s => s.Events) == 0;

    private int SelectedIndex => RowMoves.IndexOf(View.Rows, _selected);

    private IReadOnlyList<string> FieldNames => [.. (View.Fields.Value?.Fields ?? []).Select(f => f.Name)];

    public async ValueTask DisposeAsync()
    {
        _isLeft = true;
        Navigation.LocationChanged -= OnLocationChanged;
        _refreshTimer?.Dispose();
        _emptyTimer?.Dispose();
        _pacer.Dispose();
        _search.Dispose();
        if (_module is not null)
        {
            await _module.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    protected override void OnInitialized()
    {
        _state = _followed = DiscoverUrl.Read(Navigation.Uri);
        _queryError = QueryParser.Parse(_state.Query, _state.Language).Error;
        _pacer = new RenderPacer(Clock, () => _ = InvokeAsync(Redraw));
        _search = new DiscoverSearch(Service, Clock, _pacer.Request);
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
            _state = _followed = remembered;
            Navigation.NavigateTo(DiscoverUrl.Write(remembered), replace: true);
        }

        await Task.WhenAll(RunAgainAsync(), LoadStreamsAsync(), OpenLinkedAsync());
        StateHasChanged();
    }

    private void Redraw()
    {
        if (View.Plan?.State is { } shown && (shown.Query, shown.Language) != _marked)
        {
            _marked = (shown.Query, shown.Language);
            _marker = QueryParser.Parse(shown.Query, shown.Language).Node is { } node && shown.Query.Length > 0 ? Highlighter.Compile(node).Ranges : null;
        }

        var look = new RowLook(_state.Columns, Zone, DateParts.Between(View.Plan?.From, View.Plan?.To, Zone), _marker);
        _look = look.Equals(_look) ? _look : look;
        StateHasChanged();
    }

    /// <summary>Shows another state; the same one is run again.</summary>
    private Task GoAsync(DiscoverState state)
    {
        if (state == _state)
        {
            return RunAgainAsync();
        }

        string address = DiscoverUrl.Write(state.IsSameSearch(_state) ? state : state with { Event = null });
        _state = DiscoverUrl.Read(Navigation.ToAbsoluteUri(address).AbsoluteUri);
        _going = _state;
        Navigation.NavigateTo(address);
        return Task.CompletedTask;
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs e)
    {
        if (new Uri(e.Location).AbsolutePath is "/" or DiscoverUrl.Path)
        {
            _ = InvokeAsync(() => FollowAddressAsync(isLink: e.IsNavigationIntercepted));
        }
    }

    /// <summary>Back, Forward, a link or <see cref="GoAsync"/> changed the address.</summary>
    private async Task FollowAddressAsync(bool isLink)
    {
        try
        {
            if (isLink && _lastStream?.InsteadOf(Navigation.Uri) is { } remembered)
            {
                Navigation.NavigateTo(DiscoverUrl.Write(remembered), replace: true);
                return;
            }

            DiscoverState next = DiscoverUrl.Read(Navigation.Uri);
            if (_going is { } going && next != going)
            {
                // A change made before the browser got here: its own navigation follows.
                return;
            }

            bool onlyLooks = next.IsSameSearch(_followed);
            bool isOtherEvent = next.Event != _followed.Event;
            (_state, _followed, _going) = (next, next, null);
            _queryError = QueryParser.Parse(next.Query, next.Language).Error;
            Redraw();
            await Task.WhenAll(onlyLooks ? Task.CompletedTask : RunAgainAsync(), isOtherEvent ? OpenLinkedAsync() : Task.CompletedTask);
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
            await _search.RunAsync(_state, _browserZone, viewer);
        }
    }

    private async Task LoadStreamsAsync()
    {
        if (_viewer is { } viewer)
        {
            try
            {
                _streams = await Service.DataStreamsAsync(viewer, CancellationToken.None);
            }
            catch (SearchUnavailableException)
            {
                // The search says what is wrong; the list comes with the next one.
                return;
            }

            _streamsLoaded = true;
            _emptyTimer ??= IsStoreEmpty ? Clock.CreateTimer(_ => _ = InvokeAsync(LookForFirstEventsAsync), null, FirstEventsPace, FirstEventsPace) : null;
        }
    }

    /// <summary>The page of an empty store turns into Discover when the first events come, whoever sent them.</summary>
    private async Task LookForFirstEventsAsync()
    {
        try
        {
            if (IsStoreEmpty && !_isStarting)
            {
                await LoadStreamsAsync();
                await (IsStoreEmpty ? Task.CompletedTask : RunAgainAsync());
            }
        }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e);
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
        QueryError? error = QueryParser.Parse(text, _state.Language).Error;
        _queryError = error?.Offset >= text.TrimEnd().Length ? null : error;
    }

    private Task OnRunAsync(string text)
    {
        _queryError = QueryParser.Parse(text, _state.Language).Error;
        return _queryError is null ? GoAsync(_state with { Query = text.Trim() }) : Task.CompletedTask;
    }

    private async Task RunTypedAsync() => await OnRunAsync(_queryBox is null ? _state.Query : await _queryBox.ReadAsync());

    private async Task ChooseStreamAsync(string? pattern)
    {
        await (_lastStream?.ChooseAsync(pattern) ?? Task.CompletedTask);
        await GoAsync(_state with { DataStream = pattern });
    }

    private Task FilterAsync(SearchFilter filter) => GoAsync(_state.WithFilter(filter));

    private Task ToggleColumnAsync(string field) => GoAsync(_state.WithToggledColumn(field));

    private Task ZoomAsync(TimeRange range) => GoAsync(_state with { Range = new TimeRangeExpression(range.From.ToString(), range.To.ToString()), Interval = null });

    private static SearchFilter LevelFilter(Severity severity) =>
        severity == Severity.Unknown ? new SearchFilter { Field = "log.level", OneOf = Severities.Names, Negate = true } : new SearchFilter { Field = "log.level", Is = LevelColors.Name(severity) };

    private Task OpenAsync(int index)
    {
        _selected = _detail = View.Rows[index];
        return Task.CompletedTask;
    }

    /// <summary>Opens the event that the address names.</summary>
    private async Task OpenLinkedAsync()
    {
        _isEventGone = false;
        if (_state.Event is { } link && _viewer is { } viewer)
        {
            LogEvent? found = await FindAsync(link, viewer);
            _isEventGone = found is null;
            _selected = _detail = found is null ? null : new Hit(found);
            StateHasChanged();
        }
    }

    private async Task<LogEvent?> FindAsync(EventLink link, Viewer viewer)
    {
        try
        {
            return await Service.FindAsync(link.DataStream, link.Id, viewer, CancellationToken.None);
        }
        catch (SearchUnavailableException)
        {
            return null;
        }
    }

    private void CloseDetail() => _detail = null;

    private async Task MoveAsync(int rows)
    {
        int index = RowMoves.By(rows, SelectedIndex, _firstVisible, View.Rows.Count);
        await SelectAsync(index);
        if (index + RowWindow.Margin >= View.Rows.Count)
        {
            await _search.LoadMoreAsync();
        }
    }

    private Task SelectAsync(int index)
    {
        if (index >= 0)
        {
            _selected = View.Rows[index];
            _detail = _detail is null ? null : _selected;
        }

        return Task.CompletedTask;
    }

    private async Task OnKeyAsync(string key)
    {
        switch (key)
        {
            case "/" when _queryBox is not null:
                await _queryBox.FocusAsync();
                break;
            case "j" or "k":
                await MoveAsync(key is "j" ? 1 : -1);
                break;
            case "e" or "E":
                await SelectAsync(RowMoves.ToError(View.Rows, SelectedIndex, forward: key is "e"));
                break;
            case "Enter" when SelectedIndex >= 0:
                await OpenAsync(SelectedIndex);
                break;
            case "Escape":
                (_detail, _selected) = _detail is null ? (null, null) : ((Hit?)null, _selected);
                break;
        }
    }

    private void SetRefresh(TimeSpan? every)
    {
        _refreshTimer?.Dispose();
        _refresh = every;
        _refreshTimer = every is { } interval ? Clock.CreateTimer(_ => _ = InvokeAsync(RefreshAsync), null, interval, interval) : null;
    }

    /// <summary>At the top with nothing opened the newest rows come in; otherwise they are only counted.</summary>
    private async Task RefreshAsync()
    {
        try
        {
            if (!View.IsRunning)
            {
                await (_selected is null && _firstVisible == 0 ? RunAgainAsync() : _search.CountNewAsync());
            }
        }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e);
        }
    }

    private sealed record BrowserFacts(string Zone, bool IsNarrow, string? DataStream);
}
