using LogView.Client.Contracts.Search;
using LogView.Client.Discover.Lines;
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

    /// <summary>Of the lines on screen, for the row itself and what is only half to be seen.</summary>
    private const int LinesBelow = 3;

    private ElementReference _root;
    private JsModule? _module;
    private DotNetObjectReference<EventTable>? _self;
    private IJSObjectReference? _view;
    private RowWindow _window = new(0, 0);
    private (int First, int Count) _visible = (0, FirstVisible);
    private TableLines _lines = TableLines.Plain(0);
    private LoadedRows? _drawnRows;
    private bool _isFirstLook;
    private int _shift;
    private int _revealed = -1;
    private RowHeight _height;
    private string _moreTitle = "";
    private CellPlace? _cell;

    /// <summary>Column of the value that arrow keys went to, in the selected row; -1: the level; null: the row itself.</summary>
    private int? _activeValue;

    [Parameter, EditorRequired]
    public LoadedRows Rows { get; set; } = LoadedRows.None;

    /// <summary>What each line shows; null: each row in a line of its own.</summary>
    [Parameter]
    public TableLines? Lines { get; set; }

    /// <summary>The lines around one event, of which <see cref="Lines"/> has the places; null: none are ever shown.</summary>
    [Parameter]
    public InlineContext? Around { get; set; }

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

    /// <summary>The run of a row is to be unfolded, or folded again.</summary>
    [Parameter]
    public EventCallback<int> OnToggleRun { get; set; }

    /// <summary>The lines around an event are to be shown in the table.</summary>
    [Parameter]
    public EventCallback<Hit> OnAround { get; set; }

    /// <summary>Other lines around the event are asked for, or came, or are to be gone.</summary>
    [Parameter]
    public EventCallback OnAroundChange { get; set; }

    /// <summary>A line around the event was clicked.</summary>
    [Parameter]
    public EventCallback<Hit> OnOpenAside { get; set; }

    [Parameter]
    public RenderFragment? Footer { get; set; }

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    [Inject]
    private IStringLocalizer<DiscoverText> Text { get; set; } = default!;

    /// <summary>The browser shows these lines now.</summary>
    /// <param name="first">On top of the screen.</param>
    /// <param name="count">How many.</param>
    /// <param name="shift">The shift that the browser knew of: lines may have come above since.</param>
    [JSInvokable]
    public async Task Show(int first, int count, int shift = 0)
    {
        _visible = (Math.Max(0, first + _shift - shift), count);
        RowWindow window = RowWindow.Around(_visible.First, count, _lines.Count);
        if (window != _window)
        {
            _window = window;
            StateHasChanged();
        }

        await OnScrolled.InvokeAsync((_lines[_visible.First].Position, window.Rows(_lines, _visible.First)));
    }

    /// <summary>The count of a folded run was clicked.</summary>
    [JSInvokable]
    public Task ToggleRun(int index) => OnToggleRun.InvokeAsync(index);

    [JSInvokable]
    public Task Open(int index)
    {
        _activeValue = null;
        return Rows[index] is not null ? OnOpen.InvokeAsync(index) : Task.CompletedTask;
    }

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

    /// <summary>A line around the event was clicked.</summary>
    [JSInvokable]
    public Task OpenAside(int inserted) => Around?.HitAt(inserted) is { } hit ? OnOpenAside.InvokeAsync(hit) : Task.CompletedTask;

    /// <summary>From the row to its values and back: the level, then the columns.</summary>
    /// <param name="by">1: to the right; -1: to the left.</param>
    [JSInvokable]
    public void MoveValue(int by)
    {
        int to = Math.Min((_activeValue ?? -2) + by, Look.Columns.Count - 1);
        _activeValue = Selected < 0 || to < -1 ? null : to;
        StateHasChanged();
    }

    [JSInvokable]
    public Task Move(int rows) => OnMove.InvokeAsync(rows);

    /// <summary>Puts a row on top of the screen.</summary>
    public ValueTask ScrollToAsync(int index) => _module is null ? ValueTask.CompletedTask : _module.InvokeVoidAsync("scrollTo", _view, _lines.LineOf(index));

    /// <summary>Scrolls until the lines above a row are on screen, or as many of them as have room above it.</summary>
    public ValueTask RevealAboveAsync(int index, int lines) => _module is null
        ? ValueTask.CompletedTask
        : _module.InvokeVoidAsync("reveal", _view, _lines.LineOf(index) - Math.Min(lines, Math.Max(0, _visible.Count - LinesBelow)));

    public async ValueTask DisposeAsync()
    {
        if (_module is not null)
        {
            await _module.DisposeAsync();
        }

        _self?.Dispose();
        GC.SuppressFinalize(this);
    }

    protected override void OnInitialized() => (_moreTitle, _height) = (Text["More lines: open the event"], Look.Height);

    protected override void OnParametersSet()
    {
        TableLines before = _lines;
        _lines = Lines ?? (before.Count == Rows.Total && before.IsPlain ? before : TableLines.Plain(Rows.Total));
        if (!ReferenceEquals(before, _lines))
        {
            // What is read stays where it is: the browser scrolls by as many lines as came above it.
            int kept = Selected >= 0 && before.LineOf(Selected) - _visible.First is >= 0 and var down && down < _visible.Count ? Selected : before[_visible.First].Position;
            int moved = _lines.LineOf(kept) - before.LineOf(kept);
            (_shift, _visible.First) = (_shift + moved, Math.Max(0, _visible.First + moved));
        }

        // Of other rows those on screen come first, their margin when these are painted.
        int top = _lines[_visible.First].Position;
        _isFirstLook = !ReferenceEquals(_drawnRows, Rows) && !ReferenceEquals(_drawnRows?[top], Rows[top]);
        _drawnRows = Rows;
        _window = RowWindow.Around(_visible.First, _visible.Count, _lines.Count, _isFirstLook ? 0 : RowWindow.Margin);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            _module = new JsModule(Js, "Discover/Events/EventTable.razor.js");
            _view = await _module.HoldAsync("watch", "forget", _root, _self);
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
                await _module.InvokeVoidAsync("reveal", _view, _lines.LineOf(Selected));
            }
        }

        if (_isFirstLook && _module is not null)
        {
            _isFirstLook = false;
            await _module.InvokeVoidAsync("painted");
            _window = RowWindow.Around(_visible.First, _visible.Count, _lines.Count);
            StateHasChanged();
        }
    }

    private string? ActiveId => Selected < 0 ? null : EventRow.RowId(_lines[_lines.LineOf(Selected)].Position) is var row && _activeValue is { } value ? EventRow.ValueId(row, value) : row;

    private bool IsSelected(TableLine line) => Selected >= line.Position && Selected < line.Position + line.Rows;

    /// <summary>What the count beside a run means; null without one.</summary>
    private string? Title(TableLine line) => line.Run is not { } run || line.Position != run.Start ? null
        : run.IsUnfolded ? Text["Fold these {0} rows into one", run.Count].Value
        : run.MayGoOn ? Text["{0} rows in a row with this level and pattern of the message are folded here; the row beside them is not read yet, so there may be more", run.Count].Value
        : Text["{0} rows in a row with this level and pattern of the message are folded here", run.Count].Value;

    private string AsideTitle(Hit hit) => Rows.IndexOf(hit) >= 0 ? Text["Around the event; also a row of the result"] : Text["Around the event; not of the result"];

    private async Task CloseAroundAsync()
    {
        Around?.Close();
        await OnAroundChange.InvokeAsync();
        await _root.FocusAsync(preventScroll: true);
    }

    private async Task CloseMenuAsync()
    {
        _cell = null;
        await _root.FocusAsync(preventScroll: true);
    }
}
