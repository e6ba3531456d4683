using Microsoft.AspNetCore.Components;

namespace LogView.Client.Shared.Timing;

/// <summary>The zone that times are shown in, where there is no time range to pick with it.</summary>
public partial class ZonePicker
{
    /// <summary>IANA name; null: the browser's.</summary>
    [Parameter]
    public string? Value { get; set; }

    [Parameter]
    public EventCallback<string?> ValueChanged { get; set; }

    /// <summary>IANA name of the browser's zone.</summary>
    [Parameter]
    public string BrowserZone { get; set; } = "UTC";

    private void Begin() => (_zone, _problem) = (Value ?? "", null);

    private Task ApplyAsync()
    {
        _problem = ZoneNames.IsKnown(_zone) ? null : Strings["no such time zone"].Value;
        return _problem is null ? TakeAsync(_zone.Length == 0 ? null : _zone) : Task.CompletedTask;
    }

    private async Task TakeAsync(string? zone)
    {
        await (_drop?.CloseAsync() ?? Task.CompletedTask);
        await ValueChanged.InvokeAsync(zone);
    }
}
