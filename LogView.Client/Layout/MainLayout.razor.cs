using LogView.Client.Layout.Palette;
using LogView.Client.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using MudBlazor;

namespace LogView.Client.Layout;

/// <summary>App bar, theme and the place of the page.</summary>
public partial class MainLayout : IAsyncDisposable
{
    private const string PaletteKey = "Mod+k";

    private static readonly string[] LayoutKeys = ["?", PaletteKey];
    private IDialogReference? _palette;
    private ThemeChoice _theme = ThemeChoice.FromCookie(null);
    private ErrorBoundary? _errors;
    private JsModule? _module;
    private JsModule? _paletteModule;
    private DotNetObjectReference<MainLayout>? _self;

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    [Inject]
    private IDialogService Dialogs { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private IStringLocalizer<LayoutText> Text { get; set; } = default!;

    [CascadingParameter]
    private ThemeChoice? AskedWith { get; set; }

    private string SkipTarget => new Uri(Navigation.Uri).PathAndQuery + "#content";

    /// <summary>Discover is at <c>/</c> too.</summary>
    private bool IsHome => new Uri(Navigation.Uri).AbsolutePath is "/";

    private string ThemeIcon => _theme.Choice switch
    {
        "dark" => Icons.Material.Rounded.DarkMode,
        "light" => Icons.Material.Rounded.LightMode,
        _ => Icons.Material.Rounded.BrightnessAuto,
    };

    private string ThemeTitle => _theme.Choice switch
    {
        "dark" => Text["Theme: dark"],
        "light" => Text["Theme: light"],
        _ => Text["Theme: as the system"],
    };

    [JSInvokable]
    public void OnSystemTheme(bool dark)
    {
        if (_theme.Choice is "system")
        {
            _theme = _theme with { IsDark = dark };
            StateHasChanged();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _self?.Dispose();
        if (_module is not null)
        {
            await _module.DisposeAsync();
        }

        if (_paletteModule is not null)
        {
            await _paletteModule.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    protected override void OnInitialized() => _theme = AskedWith ?? _theme;

    protected override void OnParametersSet() => _errors?.Recover();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        _module = new JsModule(Js, "Layout/MainLayout.razor.js");
        _self = DotNetObjectReference.Create(this);
        string cookie = await _module.InvokeAsync<string?>("watch", _self) ?? "";
        ThemeChoice actual = ThemeChoice.FromCookie(cookie);
        if (actual != _theme)
        {
            _theme = actual;
            StateHasChanged();
        }

        _paletteModule = new JsModule(Js, "Layout/Palette/CommandPalette.razor.js");
        await _paletteModule.InvokeVoidAsync("listen");
    }

    private async Task NextThemeAsync()
    {
        if (_module is not null)
        {
            string? cookie = await _module.InvokeAsync<string?>("choose", _theme.Next());
            _theme = ThemeChoice.FromCookie(cookie);
        }
    }

    private async Task SetLanguageAsync(string code)
    {
        if (_module is not null)
        {
            await _module.InvokeVoidAsync("speak", CookieRequestCultureProvider.DefaultCookieName, CookieRequestCultureProvider.MakeCookieValue(new RequestCulture("en", code)));
        }
    }

    private Task<IDialogReference> ShowShortcutsAsync() =>
        Dialogs.ShowAsync<ShortcutHelp>(Text["Keyboard shortcuts"], new DialogOptions { CloseButton = true, MaxWidth = MaxWidth.Small, CloseOnEscapeKey = true });

    private Task OnKeyAsync(string key) => key is PaletteKey ? ShowPaletteAsync() : ShowShortcutsAsync();

    private async Task ShowPaletteAsync()
    {
        if (_palette is { } open)
        {
            open.Close();
            return;
        }

        var parameters = new DialogParameters<CommandPalette> { { p => p.Commands, Commands() } };
        DialogOptions options = new() { NoHeader = true, MaxWidth = MaxWidth.Small, FullWidth = true, CloseOnEscapeKey = true, Position = DialogPosition.TopCenter };
        _palette = await Dialogs.ShowAsync<CommandPalette>(Text["Go to or do"], parameters, options);
        await _palette.Result;
        _palette = null;
    }

    private PaletteItem[] Commands()
    {
        string kind = Text["Command"];
        return
        [
            new(Text["Next theme"], kind, Icons.Material.Rounded.DarkMode) { Act = NextThemeAsync },
            new(Text["Keyboard shortcuts"], kind, Icons.Material.Rounded.Keyboard) { Act = ShowShortcutsAsync },
            .. Languages.All.Select(l => new PaletteItem(l.Name, Text["Language"], Icons.Material.Rounded.Translate) { Act = () => SetLanguageAsync(l.Code) }),
        ];
    }

    private void Recover() => _errors?.Recover();
}
