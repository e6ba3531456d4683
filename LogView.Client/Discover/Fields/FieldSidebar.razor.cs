using LogView.Client.Contracts.Search;
using LogView.Client.Discover.Run;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace LogView.Client.Discover.Fields;

/// <summary>Which fields the hits have, how often, and with which values.</summary>
public partial class FieldSidebar
{
    private string _search = "";
    private FieldGroups _groups = new([], [], [], 0);

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

    private (string Title, IReadOnlyList<FieldInfo> Fields)[] Sections
    {
        get
        {
            _groups = FieldGroups.Of(Fields.Value?.Fields ?? [], Columns, _search);
            return [("Selected", _groups.Selected), ("Popular", _groups.Popular), ("Available", _groups.Available)];
        }
    }
}
