using MudBlazor;

namespace LogView.Client.Layout;

/// <summary>MudBlazor's theme in the colours of <c>css/tokens.css</c>.</summary>
internal static class LogViewTheme
{
    private static readonly string[] Fonts =
        ["-apple-system", "BlinkMacSystemFont", "Segoe UI", "Roboto", "Noto Sans", "Apple SD Gothic Neo", "Noto Sans KR", "system-ui", "sans-serif"];

    public static readonly MudTheme Theme = new()
    {
        PaletteDark = new PaletteDark
        {
            Primary = "#7cb0ff",
            Background = "#0e1217",
            Surface = "#151a21",
            AppbarBackground = "#12171e",
            AppbarText = "#dde4ed",
            DrawerBackground = "#151a21",
            TextPrimary = "#dde4ed",
            TextSecondary = "#a3b0bf",
            ActionDefault = "#a3b0bf",
            LinesDefault = "#2a333f",
            LinesInputs = "#3d4959",
            Divider = "#2a333f",
            Error = "#ff8080",
            Warning = "#f0b64a",
            Success = "#62c785",
            Info = "#7cb0ff",
        },
        PaletteLight = new PaletteLight
        {
            Primary = "#1a5bb8",
            Background = "#f4f6f8",
            Surface = "#ffffff",
            AppbarBackground = "#ffffff",
            AppbarText = "#1a2330",
            DrawerBackground = "#ffffff",
            TextPrimary = "#1a2330",
            TextSecondary = "#4b5766",
            ActionDefault = "#4b5766",
            LinesDefault = "#dbe1e8",
            LinesInputs = "#b5c0cc",
            Divider = "#dbe1e8",
            Error = "#b3261e",
            Warning = "#855300",
            Success = "#1f6f38",
            Info = "#1a5bb8",
        },
        Typography = new Typography { Default = new DefaultTypography { FontFamily = Fonts, FontSize = "13px" } },
        LayoutProperties = new LayoutProperties { AppbarHeight = "44px", DefaultBorderRadius = "6px" },
    };
}
