namespace LogView.Server.Tail;

/// <summary>
/// Whether a page may open the hub with its visitor's cookie. Browsers send cookies with WebSockets of any site and do not apply the
/// same-origin policy to them, so the server has to look.
/// </summary>
internal static class TailOrigin
{
    /// <summary>True for programs (they send no origin) and for pages of this very host and port.</summary>
    public static bool IsAllowed(HttpRequest request)
    {
        string? site = request.Headers["Sec-Fetch-Site"];
        if (site is not null)
        {
            return site is "same-origin" or "none";
        }

        string? origin = request.Headers.Origin;
        return origin is null
            || (Uri.TryCreate(origin, UriKind.Absolute, out Uri? uri) && string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }
}
