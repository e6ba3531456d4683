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

    [Parameter]
    public EventCallback OnClose { get; set; }

    [Parameter]
    public EventCallback<SearchFilter> OnFilter { get; set; }

    [Parameter]
    public EventCallback<string> OnColumn { get; set; }

    private static IEnumerable<EventField> Shown(LogEvent logEvent) => logEvent.Fields.OrderBy(f => f.Name, StringComparer.Ordinal).Take(MaxFields);

    private static SearchFilter Is(EventField field, bool negate) => new() { Field = field.Name, Is = field.Values[0].ToString(), Negate = negate };
}
