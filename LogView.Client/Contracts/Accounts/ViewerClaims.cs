using System.Security.Claims;

namespace LogView.Client.Contracts.Accounts;

/// <summary>A <see cref="Viewer"/> inside the cookie's and the circuit's <see cref="ClaimsPrincipal"/>, and back.</summary>
public static class ViewerClaims
{
    public const string RightsType = "logview:rights";
    public const string DataStreamType = "logview:data-stream";

    public static ClaimsPrincipal ToPrincipal(Viewer viewer, string scheme)
    {
        List<Claim> claims = [new(ClaimTypes.Name, viewer.Name), new(RightsType, ((byte)viewer.Rights).ToString(System.Globalization.CultureInfo.InvariantCulture))];
        claims.AddRange(viewer.DataStreams.Select(p => new Claim(DataStreamType, p)));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, scheme));
    }

    /// <summary>Null when the principal is nobody: not authenticated, or without LogView's claims.</summary>
    public static Viewer? ToViewer(ClaimsPrincipal? principal)
    {
        if (principal?.Identity is not { IsAuthenticated: true } identity
            || !byte.TryParse(principal.FindFirst(RightsType)?.Value, System.Globalization.CultureInfo.InvariantCulture, out byte rights))
        {
            return null;
        }

        return new Viewer(identity.Name ?? "", (Rights)rights, [.. principal.FindAll(DataStreamType).Select(c => c.Value)]);
    }
}
