using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LogView.Client.Shared;

/// <summary>
/// Single keys that work anywhere on a page but not while text is typed or a panel is open. Keys follow their place on the keyboard under an input method.
/// <c>/</c> never comes here: the browser itself puts the caret into the page's query box.
/// </summary>
public sealed partial class Hotkeys : IAsyncDisposable
{
    private JsModule? _module;
    private DotNetObjectReference<Hotkeys>? _self;

    /// <summary>Values of <c>KeyboardEvent.key</c>; <c>Mod+k</c> is Ctrl+K or ⌘K, which works while text is typed, too. Fixed for the component's life.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<string> Keys { get; set; } = [];

    [Parameter]
    public EventCallback<string> OnKey { get; set; }

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    [JSInvokable]
    public Task Pressed(string key) => OnKey.InvokeAsync(key);

    public async ValueTask DisposeAsync()
    {
        if (_module is not null)
        {
            await _module.DisposeAsync();
        }

        _self?.Dispose();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            _module = new JsModule(Js, "Shared/Hotkeys.razor.js");
            await _module.HoldAsync("listen", "forget", _self, Keys);
        }
    }
}
