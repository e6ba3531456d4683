using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;

namespace LogView.Client.Shared;

/// <summary>Copies a text and says so.</summary>
public partial class CopyButton : IAsyncDisposable
{
    private JsModule? _module;
    private bool _copied;

    /// <summary>Asked for only when clicked.</summary>
    [Parameter, EditorRequired]
    public Func<string> Text { get; set; } = () => "";

    [Parameter]
    public string? Title { get; set; }

    [Parameter]
    public string? Class { get; set; }

    /// <summary>Within a menu <c>menuitem</c>; otherwise none.</summary>
    [Parameter]
    public string? Role { get; set; }

    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    [Inject]
    private IStringLocalizer<SharedText> Strings { get; set; } = default!;

    public async ValueTask DisposeAsync()
    {
        if (_module is not null)
        {
            await _module.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    private async Task CopyAsync()
    {
        _module ??= new JsModule(Js, "Shared/CopyButton.razor.js");
        _copied = await _module.InvokeAsync<bool>("copy", Text());
    }
}
