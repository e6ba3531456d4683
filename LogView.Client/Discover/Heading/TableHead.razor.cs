using LogView.Client.Contracts.Search;
using LogView.Client.Discover.State;
using LogView.Client.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;

namespace LogView.Client.Discover.Heading;

/// <summary>Names of the columns: click to sort, drag to move, drag the right edge to resize; a menu has the same for the keyboard.</summary>
public partial class TableHead : IAsyncDisposable
{
    private ElementReference _root;
    private JsModule? _module;
    private DotNetObjectReference<TableHead>? _self;

    [Parameter, EditorRequired]
    public IReadOnlyList<string> Columns { get; set; } = [];

    [Parameter, EditorRequired]
    public SortField Sort { get; set; } = SortField.NewestFirst;

    /// <summary>What is shown is to become what this makes of it.</summary>
    [Parameter]
    public EventCallback<Func<DiscoverState, DiscoverState>> OnChange { get; set; }

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    [Inject]
    private IStringLocalizer<DiscoverText> Text { get; set; } = default!;

    /// <summary>A column was dragged to the place of another.</summary>
    [JSInvokable]
    public Task Moved(int from, int to) => OnChange.InvokeAsync(s => s.WithMovedColumn(from, to));

    /// <summary>The edge of a column was dragged; 0 pixels: its usual width.</summary>
    [JSInvokable]
    public Task Resized(int column, double width) =>
        column >= 0 && column < Columns.Count && double.IsFinite(width) ? OnChange.InvokeAsync(s => s.WithWidth(Columns[column], width <= 0 ? null : (int)width)) : Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_module is not null)
        {
            await _module.DisposeAsync();
        }

        _self?.Dispose();
        GC.SuppressFinalize(this);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            _module = new JsModule(Js, "Discover/Heading/TableHead.razor.js");
            await _module.HoldAsync("attach", "forget", _root, _self);
        }
    }

    private Task SortAsync(string field) => OnChange.InvokeAsync(s => s.WithSort(field));

    private Task WiderAsync(string column, int by) => OnChange.InvokeAsync(s => s.WithWidth(column, s.Widths.GetValueOrDefault(column, ColumnWidths.Usual) + by));

    private string AriaSort(string field) => !IsSorted(field) ? "none" : Sort.Order == SortOrder.Desc ? "descending" : "ascending";

    private string Arrow(string field) => !IsSorted(field) ? "" : Sort.Order == SortOrder.Desc ? "↓" : "↑";

    private bool IsSorted(string field) => string.Equals(Sort.Field, field, StringComparison.Ordinal);
}
