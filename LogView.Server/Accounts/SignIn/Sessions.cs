using System.Security.Claims;
using LogView.Client.Contracts.Accounts;
using LogView.Server.Accounts.Keys;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace LogView.Server.Accounts.SignIn;

/// <summary>Sessions of browsers: a cookie that only this server can make and read.</summary>
public static class Sessions
{
    public const string SchemeName = "session";

    private const string KeyIdType = "logview:key";

    /// <summary>A session not used for so long ends.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    /// <summary>Whoever has the one-time link has seen the server's output: the owner.</summary>
    private static readonly Viewer Owner = new("owner", Rights.Admin, ["*"]);

    public static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "logview.session";
        options.Cookie.HttpOnly = true;
        // Lax, not Strict: a permalink opened from a ticket must find the session.
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = Lifetime;
        options.SlidingExpiration = true;
        options.Events.OnValidatePrincipal = RejectAfterRevocationAsync;
    }

    public static Task BeginForOwnerAsync(HttpContext context) =>
        context.SignInAsync(SchemeName, ViewerClaims.ToPrincipal(Owner, SchemeName), new AuthenticationProperties { IsPersistent = true });

    public static Task BeginAsync(HttpContext context, KeyHolder holder)
    {
        ClaimsPrincipal principal = ViewerClaims.ToPrincipal(holder.Viewer, SchemeName);
        ((ClaimsIdentity)principal.Identity!).AddClaim(new Claim(KeyIdType, holder.KeyId));
        return context.SignInAsync(SchemeName, principal, new AuthenticationProperties { IsPersistent = true });
    }

    private static Task RejectAfterRevocationAsync(CookieValidatePrincipalContext context)
    {
        string? keyId = context.Principal?.FindFirst(KeyIdType)?.Value;
        if (keyId is not null && !context.HttpContext.RequestServices.GetRequiredService<KeyRing>().IsActive(keyId))
        {
            context.RejectPrincipal();
        }

        return Task.CompletedTask;
    }
}
