using Microsoft.AspNetCore.StaticAssets;

namespace LogView.Server.Hosting.Web;

/// <summary>
/// How styles and scripts go out: as the build compressed them, and an address with a version, which never changes, is kept for a year.
/// </summary>
public static class AssetDelivery
{
    /// <summary>
    /// When the program runs from its build folder, ASP.NET Core would look whether a file changed since, answer it in a gzip frame that compresses
    /// nothing (627 kB for one style sheet) and forbid to keep it. Only who changes files under a running program wants that.
    /// </summary>
    public static readonly IReadOnlyDictionary<string, string?> Settings = new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["ReloadStaticAssetsAtRuntime"] = "false",
        ["EnableStaticAssetsDevelopmentCaching"] = "true",
    };

    private const string Forever = "public, max-age=31536000, immutable";

    public static void UseAssetDelivery(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.Request.Query.ContainsKey("v"))
        {
            context.Response.OnStarting(() => KeepForever(context));
        }

        return next(context);
    });

    private static Task KeepForever(HttpContext context)
    {
        if (context.Response.StatusCode == StatusCodes.Status200OK && context.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null)
        {
            context.Response.Headers.CacheControl = Forever;
        }

        return Task.CompletedTask;
    }
}
