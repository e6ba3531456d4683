using Microsoft.AspNetCore.StaticAssets;

namespace LogView.Server.Hosting.Web;

/// <summary>
/// How styles and scripts go out. A browser that takes Brotli gets it: the static assets' own gzip answers are not compressed at all when the program runs
/// from its build folder (627 kB for one style sheet). An address with a version never changes, so it is kept for a year.
/// </summary>
public static class AssetDelivery
{
    private const string Forever = "public, max-age=31536000, immutable";

    /// <summary>Before routing, which chooses among the answers of a static asset.</summary>
    public static void UseAssetDelivery(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (IsStyleOrScript(context.Request) && context.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal))
        {
            context.Request.Headers.AcceptEncoding = "br";
        }

        if (context.Request.Query.ContainsKey("v"))
        {
            context.Response.OnStarting(() => KeepForever(context));
        }

        return next(context);
    });

    private static bool IsStyleOrScript(HttpRequest request) =>
        request.Path.Value is { } path && (path.EndsWith(".css", StringComparison.Ordinal) || path.EndsWith(".js", StringComparison.Ordinal));

    private static Task KeepForever(HttpContext context)
    {
        if (context.Response.StatusCode == StatusCodes.Status200OK && context.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null)
        {
            context.Response.Headers.CacheControl = Forever;
        }

        return Task.CompletedTask;
    }
}
