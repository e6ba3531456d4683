namespace LogView.Server.Hosting.Web;

/// <summary>
/// Headers that keep hostile log text harmless even if it became markup: scripts only from this server's files, nothing loaded from elsewhere, no framing.
/// Styles may be inline because MudBlazor's theme is.
/// </summary>
public static class SecurityHeaders
{
    private const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; "
        + "manifest-src 'self'; media-src 'self' data:; worker-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(() =>
        {
            IHeaderDictionary headers = context.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            headers.ContentSecurityPolicy = ContentPolicy;
            return Task.CompletedTask;
        });
        return next(context);
    });
}
