using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Discover.State;
using LogView.Client.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace LogView.Client.Discover.Detail;

public enum DetailTab
{
    Fields,
    Json,
    Context,

    /// <summary>Beside an event that was kept for it.</summary>
    Compare,
}

/// <summary>Everything about one event. Keeps its tab when another event is shown.</summary>
public partial class EventDetail
{
    private readonly string _id = "detail-" + Guid.NewGuid().ToString("N")[..8];
    private DetailTab _tab;
    private Hit? _compared;
    private Severity _severity;

    [Parameter, EditorRequired]
    public Hit Hit { get; set; } = default!;

    [Parameter, EditorRequired]
    public TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    /// <summary>Times are said in it besides.</summary>
    [Parameter]
    public TimeZoneInfo OtherZone { get; set; } = TimeZoneInfo.Utc;

    [Parameter]
    public IReadOnlyList<string> Columns { get; set; } = [];

    /// <summary>What a link to the event shows around it.</summary>
    [Parameter]
    public DiscoverState Shown { get; set; } = DiscoverState.Default;

    [Parameter]
    public TextMarker? Marker { get; set; }

    [Parameter, EditorRequired]
    public ContextLoader LoadContext { get; set; } = default!;

    [Parameter]
    public EventCallback<SearchFilter> OnFilter { get; set; }

    [Parameter]
    public EventCallback<string> OnToggleColumn { get; set; }

    /// <summary>The lines around the event are to be shown in the table.</summary>
    [Parameter]
    public EventCallback<Hit> OnInline { get; set; }

    [Parameter]
    public EventCallback<int> OnMove { get; set; }

    [Parameter]
    public EventCallback OnClose { get; set; }

    [Inject]
    private IStringLocalizer<DiscoverText> Text { get; set; } = default!;

    private IEnumerable<DetailTab> Tabs => Enum.GetValues<DetailTab>().Where(t => t != DetailTab.Compare || _compared is not null);

    private static string Label(DetailTab tab) => tab switch { DetailTab.Fields => "Fields", DetailTab.Json => "JSON", DetailTab.Compare => "Compare", _ => "Context" };

    protected override void OnParametersSet() => _severity = Severities.Parse(Hit.Fields.First("log.level").ToString());

    /// <summary>Keeps this event to compare those that are opened next with, or lets go of it.</summary>
    private void ToggleCompare() => (_compared, _tab) = _compared is null ? (Hit, DetailTab.Compare) : (null, DetailTab.Fields);
}
