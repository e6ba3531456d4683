using LogView.Client.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LogView.Client.Layout;

/// <summary>
/// Tells screen readers of another page by focusing its heading. Unlike <c>FocusOnNavigate</c> it leaves the first page alone, which the
/// browser announces itself, and never takes the focus from a box that somebody types into.
/// </summary>
public sealed partial class HeadingFocus : IAsyncDisposable
{
    private Type? _lastPage;
    private JsModule? _module;

    [Parameter]
    [EditorRequired]
    public RouteData RouteData { get; set; } = default!;

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    public ValueTask DisposeAsync() => _module?.DisposeAsync() ?? ValueTask.CompletedTask;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (RouteData.PageType == _lastPage)
        {
            return;
        }

        _lastPage = RouteData.PageType;
        if (!firstRender)
        {
            _module ??= new JsModule(Js, "Layout/HeadingFocus.razor.js");
            await _module.InvokeVoidAsync("focusHeading");
        }
    }
}
