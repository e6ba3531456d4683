using LogView.Client.Contracts.Accounts;
using Microsoft.AspNetCore.WebUtilities;

namespace LogView.Server.Accounts.SignIn;

/// <summary>Opens a session for the one-time link <c>/sign-in?token=…</c>; without a token the page of that address answers.</summary>
public sealed class SignInMiddleware(RequestDelegate next, SignInLinks links)
{
    public async Task InvokeAsync(HttpContext context)
    {
        string token = context.Request.Path == SignInPaths.Page ? context.Request.Query["token"].ToString() : "";
        if (token.Length == 0)
        {
            await next(context);
            return;
        }

        context.Response.Headers.CacheControl = "no-store";
        if (!HttpMethods.IsGet(context.Request.Method) || IsPrefetch(context.Request))
        {
            // Looking ahead must not use the link up.
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        string returnUrl = context.Request.Query["returnUrl"].ToString();
        if (links.TryUse(token))
        {
            await Sessions.BeginForOwnerAsync(context);
            context.Response.Redirect(SignInPaths.IsLocal(returnUrl) ? returnUrl : "/");
        }
        else if (ViewerClaims.ToViewer(context.User) is not null)
        {
            context.Response.Redirect("/");
        }
        else
        {
            context.Response.Redirect(QueryHelpers.AddQueryString(SignInPaths.Page, SignInPaths.Problem, "link"));
        }
    }

    private static bool IsPrefetch(HttpRequest request) =>
        request.Headers["Sec-Purpose"].ToString().Contains("prefetch", StringComparison.OrdinalIgnoreCase);
}
