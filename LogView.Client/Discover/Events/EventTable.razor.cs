using LogView.Client.Contracts.Search;
using LogView.Client.Discover.Rows;
using LogView.Client.Discover.State;
using LogView.Client.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;

namespace LogView.Client.Discover.Events;

/// <summary>
/// The hits as dense rows. However many there are, only those on screen and a margin are in the page; the browser asks for others as
/// it scrolls.
/// </summary>
public partial class EventTable : IAsyncDisposable
{
    /// <summary>Rows drawn before the browser says how many it can show.</summary>
    private const int FirstVisible = 40;

    private ElementReference _root;
    private JsModule? _module;
    private DotNetObjectReference<EventTable>? _self;
    private IJSObjectReference? _view;
    private RowWindow _window = new(0, 0);
    private (int First, int Count) _visible = (0, FirstVisible);
    private int _revealed = -1;
    private RowHeight _height;
    private string _moreTitle = "";
    private CellPlace? _cell;

    [Parameter, EditorRequired]
    public LoadedRows Rows { get; set; } = LoadedRows.None;

    [Parameter, EditorRequired]
    public RowLook Look { get; set; } = default!;

    /// <summary>Index of the selected row; -1: none. Scrolled into view when it changes.</summary>
    [Parameter]
    public int Selected { get; set; } = -1;

    [Parameter]
    public SortField Sort { get; set; } = SortField.NewestFirst;

    /// <summary>The rows are of the run before.</summary>
    [Parameter]
    public bool IsStale { get; set; }

    /// <summary>A row was clicked, or Enter pressed on the selected one.</summary>
    [Parameter]
    public EventCallback<int> OnOpen { get; set; }

    /// <summary>The selection moves by so many rows.</summary>
    [Parameter]
    public EventCallback<int> OnMove { get; set; }

    /// <summary>Columns or sort are to become others.</summary>
    [Parameter]
    public EventCallback<Func<DiscoverState, DiscoverState>> OnChange { get; set; }

    [Parameter]
    public EventCallback<SearchFilter> OnFilter { get; set; }

    [Parameter]
    public EventCallback<string> OnToggleColumn { get; set; }

    /// <summary>These rows are drawn now, those that are here; first the one on top of the screen.</summary>
    [Parameter]
    public EventCallback<(int Top, RowWindow Drawn)> OnScrolled { get; set; }

    [Parameter]
    public RenderFragment? Footer { get; set; }

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    [Inject]
    private IStringLocalizer<DiscoverText> Text { get; set; } = default!;

    /// <summary>The browser shows these rows now.</summary>
    [JSInvokable]
    public async Task Show(int first, int count)
    {
        _visible = (first, count);
        RowWindow window = RowWindow.Around(first, count, Rows.Total);
        if (window != _window)
        {
            _window = window;
            StateHasChanged();
        }

        await OnScrolled.InvokeAsync((first, window));
    }

    [JSInvokable]
    public Task Open(int index) => Rows[index] is not null ? OnOpen.InvokeAsync(index) : Task.CompletedTask;

    /// <summary>The button of a value was clicked.</summary>
    /// <param name="index">Of the row.</param>
    /// <param name="column">Of the value; -1: the level.</param>
    /// <param name="x">Pixels from the left of the window.</param>
    /// <param name="y">Pixels from the top of the window.</param>
    [JSInvokable]
    public void Menu(int index, int column, double x, double y)
    {
        if (Rows[index] is { } hit && column < Look.Columns.Count)
        {
            _cell = new CellPlace(hit, column < 0 ? "log.level" : Look.Columns[column], x, y);
            StateHasChanged();
        }
    }

    [JSInvokable]
    public Task Move(int rows) => OnMove.InvokeAsync(rows);

    /// <summary>Puts a row on top of the screen.</summary>
    public ValueTask ScrollToAsync(int index) => _module is null ? ValueTask.CompletedTask : _module.InvokeVoidAsync("scrollTo", _view, index);

    public async ValueTask DisposeAsync()
    {
        if (_module is not null)
        {
            await _module.InvokeVoidAsync("forget", _view);
            await _module.DisposeAsync();
        }

        _self?.Dispose();
        GC.SuppressFinalize(this);
    }

    protected override void OnInitialized() => (_moreTitle, _height) = (Text["More lines: open the event"], Look.Height);

    protected override void OnParametersSet() => _window = RowWindow.Around(_visible.First, _visible.Count, Rows.Total);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            _module = new JsModule(Js, "Discover/Events/EventTable.razor.js");
            _view = await _module.InvokeAsync<IJSObjectReference>("watch", _root, _self);
        }

        if (Look.Height != _height && _module is not null && _view is not null)
        {
            // Rows of another height: the same one stays on top.
            _height = Look.Height;
            await _module.InvokeVoidAsync("scrollTo", _view, _visible.First);
        }

        if (Selected != _revealed && _module is not null && _view is not null)
        {
            _revealed = Selected;
            if (Selected >= 0)
            {
                await _module.InvokeVoidAsync("reveal", _view, Selected);
            }
        }
    }

    private async Task CloseMenuAsync()
    {
        _cell = null;
        await _root.FocusAsync(preventScroll: true);
    }
}
