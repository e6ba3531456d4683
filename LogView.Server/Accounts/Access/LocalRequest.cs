using System.Net;

namespace LogView.Server.Accounts.Access;

/// <summary>
/// Whether a request comes from a program on this machine. Not when a proxy passed it on, and not when a browser sent it for a page of another
/// site: neither proves anything about who is asking.
/// </summary>
public static class LocalRequest
{
    private static readonly string[] ProxyHeaders = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via"];

    public static bool IsLocal(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && !ProxyHeaders.Any(context.Request.Headers.ContainsKey)
        && IsLocalHost(context.Request.Host.Host)
        && IsSameOrigin(context.Request);

    /// <summary>True for names that no foreign name server can point here: localhost and IP addresses (DNS rebinding needs a name).</summary>
    public static bool IsLocalHost(string host) =>
        host.Length == 0
        || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || IPAddress.TryParse(host.AsSpan().Trim("[]"), out _);

    /// <summary>False when a browser says that a page of another origin sent it.</summary>
    public static bool IsSameOrigin(HttpRequest request)
    {
        string origin = request.Headers.Origin.ToString();
        // The scheme is left out: behind a proxy that speaks TLS it differs.
        bool sameOrigin = origin.Length == 0
            || (Uri.TryCreate(origin, UriKind.Absolute, out Uri? uri) && string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
        return sameOrigin && request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none";
    }
}
