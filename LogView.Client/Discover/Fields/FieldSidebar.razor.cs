using LogView.Client.Contracts.Search;
using LogView.Client.Discover.Run;
using LogView.Client.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;

namespace LogView.Client.Discover.Fields;

/// <summary>Which fields the hits have, how often, and with which values.</summary>
public partial class FieldSidebar : IAsyncDisposable
{
    private string _search = "";
    private FieldGroups _groups = FieldGroups.Empty;
    private HashSet<string> _pinned = new(StringComparer.Ordinal);
    private (FieldList? Fields, IReadOnlyList<string> Columns) _grouped;
    private JsModule? _module;

    [Parameter, EditorRequired]
    public Load<FieldList> Fields { get; set; } = Load<FieldList>.Idle;

    [Parameter, EditorRequired]
    public IReadOnlyList<string> Columns { get; set; } = [];

    [Parameter, EditorRequired]
    public FieldDetailLoader Load { get; set; } = default!;

    /// <summary>Changes with every run: open fields load anew.</summary>
    [Parameter]
    public object? Version { get; set; }

    [Parameter]
    public EventCallback<SearchFilter> OnFilter { get; set; }

    [Parameter]
    public EventCallback<string> OnToggleColumn { get; set; }

    [Inject]
    private IStringLocalizer<DiscoverText> Text { get; set; } = default!;

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    public async ValueTask DisposeAsync()
    {
        if (_module is not null)
        {
            await _module.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>The page draws often; there may be 50,000 fields.</summary>
    protected override void OnParametersSet()
    {
        if (!ReferenceEquals(_grouped.Fields, Fields.Value) || !ReferenceEquals(_grouped.Columns, Columns))
        {
            _grouped = (Fields.Value, Columns);
            Group();
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _module = new JsModule(Js, "Discover/Fields/FieldSidebar.razor.js");
            string[] pinned = await _module.InvokeAsync<string[]>("pinned") ?? [];
            if (pinned.Length > 0)
            {
                _pinned = pinned.ToHashSet(StringComparer.Ordinal);
                Group();
                StateHasChanged();
            }
        }
    }

    private static (string Title, IReadOnlyList<FieldInfo> Fields)[] Sections(FieldGroups groups) =>
        [("Pinned", groups.Pinned), ("Selected", groups.Selected), ("Popular", groups.Popular), ("Available", groups.Available)];

    private void Group() => _groups = FieldGroups.Of(Fields.Value?.Fields ?? [], Columns, _pinned, _search);

    private async Task TogglePinAsync(string field)
    {
        if (!_pinned.Remove(field))
        {
            _pinned.Add(field);
        }

        Group();
        await (_module?.InvokeVoidAsync("pin", (object)_pinned.Order(StringComparer.Ordinal).ToArray()) ?? ValueTask.CompletedTask);
    }
}
