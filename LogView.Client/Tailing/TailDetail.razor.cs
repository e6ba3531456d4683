using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using Microsoft.AspNetCore.Components;

namespace LogView.Client.Tailing;

/// <summary>One whole event beside the stream: its fields, or its source as it was sent.</summary>
public partial class TailDetail
{
    /// <summary>Fields drawn. Wider events are looked at as JSON.</summary>
    private const int MaxFields = 200;

    private bool _asJson;

    [Parameter]
    public LogEvent? Event { get; set; }

    /// <summary>The event is not stored any more.</summary>
    [Parameter]
    public bool IsGone { get; set; }

    /// <summary>Zone of its time.</summary>
    [Parameter]
    public TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    /// <summary>What is followed: links show the event among what fits.</summary>
    [Parameter]
    public TailState Tail { get; set; } = new();

    [Parameter]
    public EventCallback OnClose { get; set; }

    [Parameter]
    public EventCallback<SearchFilter> OnFilter { get; set; }

    [Parameter]
    public EventCallback<string> OnColumn { get; set; }

    private string Level => Event?.Fields.First("log.level").ToString() ?? "";

    private static IEnumerable<EventField> Shown(LogEvent logEvent) => logEvent.Fields.OrderBy(f => f.Name, StringComparer.Ordinal).Take(MaxFields);

    private static SearchFilter Is(EventField field, bool negate) => new() { Field = field.Name, Is = field.Values[0].ToString(), Negate = negate };
}
