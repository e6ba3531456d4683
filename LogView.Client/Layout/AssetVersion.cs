namespace LogView.Client.Layout;

/// <summary>
/// Query strings of static files, so that a new build is fetched anew. Plain addresses with response compression weigh 118 kB
/// for MudBlazor; its fingerprinted ones are served uncompressed with 795 kB.
/// </summary>
internal static class AssetVersion
{
    public static readonly string App = typeof(AssetVersion).Assembly.ManifestModule.ModuleVersionId.ToString("N")[..8];

    public static readonly string Blazor = typeof(Microsoft.AspNetCore.Components.ComponentBase).Assembly.ManifestModule.ModuleVersionId.ToString("N")[..8];

    public static readonly string MudBlazor = typeof(MudBlazor.MudButton).Assembly.GetName().Version!.ToString(3);
}
