using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Query;
using LogView.Client.Contracts.Search;
using LogView.Client.Shared;
using LogView.Client.Shared.Querying;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.JSInterop;

namespace LogView.Client.Tailing;

/// <summary>
/// Live tail: what arrives and matches, as it arrives. The rows and counters are drawn by <c>js/tail</c> straight from the hub; this page
/// holds what is followed, and opens details.
/// </summary>
public sealed partial class TailPage : IAsyncDisposable
{
    private static readonly string[] QueryKeys = ["/", "Escape"];

    private ElementReference _root;
    private JsModule? _module;
    private IJSObjectReference? _tail;
    private bool _isMounting;
    private DotNetObjectReference<TailPage>? _self;
    private TailState _state = new();
    private string _browserZone = "UTC";
    private QueryError? _error;
    private string? _problem;
    private OpenedEvent? _opened;
    private IReadOnlyList<SearchNote> _misnamed = [];
    private readonly Lifetime _life = new();
    private TailOffers _offers = default!;
    private QueryCompleter _completer = default!;

    [Inject]
    private ISearchService Search { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    [CascadingParameter]
    private Task<AuthenticationState>? Authentication { get; set; }

    // The address is read as a whole by TailUrl; these make Blazor tell the page when a part of it changes.
    [SupplyParameterFromQuery(Name = "q")]
    private string? QueryPart { get; set; }

    [SupplyParameterFromQuery(Name = "lang")]
    private string? LanguagePart { get; set; }

    [SupplyParameterFromQuery(Name = "ds")]
    private string? DataStreamPart { get; set; }

    [SupplyParameterFromQuery(Name = "f")]
    private string[]? FilterParts { get; set; }

    [SupplyParameterFromQuery(Name = "tz")]
    private string? ZonePart { get; set; }

    [SupplyParameterFromQuery(Name = "cols")]
    private string? ColumnsPart { get; set; }

    private IReadOnlyList<string> FieldNames => [.. _offers.Fields.Select(f => f.Name)];

    /// <summary>The tail follows what was asked for.</summary>
    [JSInvokable]
    public void Started() => SetProblem(null, null);

    /// <summary>The tail does not follow what was asked for.</summary>
    [JSInvokable]
    public void Refused(string kind, string message, QueryError? query) =>
        SetProblem(query is null ? message : null, query);

    /// <summary>Somebody wants to see an event.</summary>
    [JSInvokable]
    public async Task Open(string dataStream, string id, string timestampNs)
    {
        if (await ViewerAsync() is { } viewer && DataStreamName.TryParse(dataStream, out DataStreamName name, out _))
        {
            LogEvent? found = await Search.FindAsync(name, new EventId(id), viewer, _life.Token);
            _opened = new OpenedEvent(found, found is null);
            StateHasChanged();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _life.Dispose();
        // One that is still being set up is ended when it is.
        await (_isMounting ? Task.CompletedTask : EndAsync());
    }

    /// <summary>Back, Forward and links change the address; the page's own changes are already followed.</summary>
    protected override Task OnParametersSetAsync()
    {
        TailState state = TailUrl.Read(Navigation.Uri);
        if (state == _state)
        {
            return Task.CompletedTask;
        }

        bool isSame = state.IsSameTail(_state);
        _state = state;
        return isSame ? CallAsync("setZone", state.Zone) : FollowAsync();
    }

    protected override void OnInitialized()
    {
        _offers = new TailOffers(Search);
        _completer = new QueryCompleter(() => _offers.Fields, _offers.ValueCountsAsync);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        _self = DotNetObjectReference.Create(this);
        _module = new JsModule(Js, "Tailing/TailPage.razor.js");
        _browserZone = await _module.InvokeAsync<string>("zone") ?? "UTC";
        if (_life.IsOver)
        {
            return;
        }

        _isMounting = true;
        _tail = await _module.InvokeAsync<IJSObjectReference>("mount", _root, _self, TailTexts.For(Text));
        _isMounting = false;
        if (_life.IsOver)
        {
            await EndAsync();
            return;
        }

        StateHasChanged();
        await FollowAsync();
        if (await ViewerAsync() is { } viewer)
        {
            await LoadOffersAsync(viewer);
        }
    }

    private async Task EndAsync()
    {
        if (_module is not null)
        {
            await CallAsync("dispose");
            await _module.DisposeAsync();
        }

        _self?.Dispose();
    }

    private async Task LoadOffersAsync(Viewer viewer)
    {
        try
        {
            await _offers.LoadAsync(viewer, _life.Token);
            StateHasChanged();
            await LookForMisnamedAsync();
        }
        catch (OperationCanceledException) when (_life.IsOver)
        {
            // The viewer has left before anything could be offered.
        }
    }

    private async Task GoAsync(TailState state)
    {
        bool isOtherZone = !string.Equals(state.Zone, _state.Zone, StringComparison.Ordinal);
        _state = state;
        string address = TailUrl.Write(state);
        if (!string.Equals(address, "/" + Navigation.ToBaseRelativePath(Navigation.Uri), StringComparison.Ordinal))
        {
            Navigation.NavigateTo(address);
        }

        await (isOtherZone ? CallAsync("setZone", state.Zone) : FollowAsync());
    }

    /// <summary>Asks the browser to follow the state; a repeated run starts anew.</summary>
    private async Task FollowAsync()
    {
        _misnamed = [];
        await CallAsync("setZone", _state.Zone);
        await CallAsync("follow", TailWire.Of(_state.ToRequest()));
        await LookForMisnamedAsync();
    }

    /// <summary>A tail of a field that does not exist would stay empty without a word.</summary>
    private async Task LookForMisnamedAsync()
    {
        TailState asked = _state;
        try
        {
            IReadOnlyList<SearchNote> misnamed = await _offers.MisnamedAsync(asked, _life.Token);
            if (asked == _state && !_life.IsOver)
            {
                _misnamed = misnamed;
                StateHasChanged();
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SearchUnavailableException)
        {
            // The tail does without.
        }
    }

    private async Task OnKeyAsync(string key)
    {
        if (key is "Escape" && _opened is not null)
        {
            await CloseAsync();
        }
    }

    private async Task CloseAsync()
    {
        _opened = null;
        await CallAsync("closed");
    }

    private void SetProblem(string? message, QueryError? error)
    {
        (_problem, _error) = (message, error);
        StateHasChanged();
    }

    private async Task CallAsync(string method, params object?[] arguments)
    {
        if (_module is not null && _tail is not null)
        {
            await _module.InvokeVoidAsync("call", [_tail, method, .. arguments]);
        }
    }

    private async Task<Viewer?> ViewerAsync() => Authentication is null ? null : ViewerClaims.ToViewer((await Authentication).User);

    private sealed record OpenedEvent(LogEvent? Event, bool IsGone);
}
