using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace LogView.Client.Discover.Detail;

public enum DetailTab
{
    Fields,
    Json,
    Context,
}

/// <summary>Everything about one event. Keeps its tab when another event is shown.</summary>
public partial class EventDetail
{
    private readonly string _id = "detail-" + Guid.NewGuid().ToString("N")[..8];
    private DetailTab _tab;
    private Severity _severity;

    [Parameter, EditorRequired]
    public Hit Hit { get; set; } = default!;

    [Parameter, EditorRequired]
    public TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    [Parameter]
    public IReadOnlyList<string> Columns { get; set; } = [];

    [Parameter]
    public TextMarker? Marker { get; set; }

    [Parameter, EditorRequired]
    public ContextLoader LoadContext { get; set; } = default!;

    [Parameter]
    public EventCallback<SearchFilter> OnFilter { get; set; }

    [Parameter]
    public EventCallback<string> OnToggleColumn { get; set; }

    [Parameter]
    public EventCallback<int> OnMove { get; set; }

    [Parameter]
    public EventCallback OnClose { get; set; }

    [Inject]
    private IStringLocalizer<DiscoverText> Text { get; set; } = default!;

    private static string Label(DetailTab tab) => tab switch { DetailTab.Fields => "Fields", DetailTab.Json => "JSON", _ => "Context" };

    protected override void OnParametersSet() => _severity = Severities.Parse(Hit.Fields.First("log.level").ToString());
}
