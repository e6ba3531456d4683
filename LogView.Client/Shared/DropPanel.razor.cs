using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace LogView.Client.Shared;

/// <summary>A button with a panel below it; on narrow screens a sheet at the bottom. Esc or a click outside closes it and gives the focus back.</summary>
public partial class DropPanel
{
    private ElementReference _button;
    private ElementReference _panel;
    private bool _open;
    private bool _focusPanel;
    private bool _focusButton;

    /// <summary>Name of the button and of the panel.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    [Parameter]
    public string? Title { get; set; }

    /// <summary>What the button shows.</summary>
    [Parameter]
    public RenderFragment? Button { get; set; }

    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    [Parameter]
    public bool AlignEnd { get; set; }

    [Parameter]
    public bool Disabled { get; set; }

    [Parameter]
    public string? Class { get; set; }

    [Parameter]
    public string? ButtonClass { get; set; }

    [Parameter]
    public string? PanelClass { get; set; }

    [Parameter]
    public EventCallback OnOpen { get; set; }

    public async Task OpenAsync()
    {
        _open = true;
        _focusPanel = true;
        await OnOpen.InvokeAsync();
        StateHasChanged();
    }

    public Task CloseAsync()
    {
        _focusButton = _open;
        _open = false;
        StateHasChanged();
        return Task.CompletedTask;
    }

    /// <summary>Closes without taking the focus back: it goes elsewhere.</summary>
    public void Leave()
    {
        _open = false;
        StateHasChanged();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focusPanel)
        {
            _focusPanel = false;
            await _panel.FocusAsync(preventScroll: true);
        }
        else if (_focusButton)
        {
            _focusButton = false;
            await _button.FocusAsync(preventScroll: true);
        }
    }

    private Task ToggleAsync() => _open ? CloseAsync() : OpenAsync();

    private Task OnKeyDown(KeyboardEventArgs e) => _open && e.Key is "Escape" ? CloseAsync() : Task.CompletedTask;
}
