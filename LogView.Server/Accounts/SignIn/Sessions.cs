using System.Security.Claims;
using System.Security.Cryptography;
using LogView.Client.Contracts.Accounts;
using LogView.Server.Accounts.Access;
using LogView.Server.Accounts.Keys;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace LogView.Server.Accounts.SignIn;

/// <summary>Sessions of browsers: a cookie that only this server can make and read.</summary>
public static class Sessions
{
    public const string SchemeName = "session";

    /// <summary>Of the session's own id, so that it can be ended wherever it is open.</summary>
    public const string IdClaimType = "logview:session";

    private const int IdBytes = 16;

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
        BeginAsync(context, ViewerClaims.ToPrincipal(Owner, SchemeName));

    public static Task BeginAsync(HttpContext context, KeyHolder holder) => BeginAsync(context, holder.ToPrincipal(SchemeName));

    /// <summary>Ends the session here and in every page and tail that is open with it.</summary>
    public static async Task EndAsync(HttpContext context)
    {
        context.RequestServices.GetRequiredService<AccessEnds>().SignOut(context.User);
        await context.SignOutAsync(SchemeName);
    }

    private static Task BeginAsync(HttpContext context, ClaimsPrincipal principal)
    {
        principal.AddIdentity(new ClaimsIdentity([new Claim(IdClaimType, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes)))]));
        return context.SignInAsync(SchemeName, principal, new AuthenticationProperties { IsPersistent = true });
    }

    private static Task RejectAfterRevocationAsync(CookieValidatePrincipalContext context)
    {
        if (context.Principal is { } principal && context.HttpContext.RequestServices.GetRequiredService<AccessEnds>().Reason(principal) is not null)
        {
            context.RejectPrincipal();
        }

        return Task.CompletedTask;
    }
}
