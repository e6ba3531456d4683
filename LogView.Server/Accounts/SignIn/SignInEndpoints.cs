using LogView.Client.Contracts.Accounts;
using LogView.Server.Accounts.Keys;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace LogView.Server.Accounts.SignIn;

/// <summary>Signing in without the link, signing out, and asking for another link.</summary>
public static class SignInEndpoints
{
    public static void MapSignIn(this IEndpointRouteBuilder endpoints)
    {
        // Anonymous: it is how somebody becomes known. The form's antiforgery token keeps other sites from signing a browser in.
        endpoints.MapPost(SignInPaths.WithKey, SignInAsync).AllowAnonymous().ExcludeFromDescription();
        endpoints.MapPost(SignInPaths.Out, SignOutAsync).AllowAnonymous().ExcludeFromDescription();
        endpoints.MapPost("/api/v1/sign-in-links", NewLink).RequireRight(Rights.Manage).WithTags("Accounts")
            .WithSummary("Makes a one-time sign-in link.").Produces<SignInLinkAnswer>(StatusCodes.Status201Created);
    }

    private static async Task<IResult> SignInAsync(
        HttpContext context, SignInRate rate, KeyRing keys, SignInLinks links, [FromForm] string? key, [FromForm] string? returnUrl)
    {
        string secret = key?.Trim() ?? "";
        string target = SignInPaths.IsLocal(returnUrl) ? returnUrl! : "/";
        if (!rate.TryPass())
        {
            return Again("rate", target);
        }

        if (keys.Find(secret) is { } holder)
        {
            await Sessions.BeginAsync(context, holder);
            return Results.Redirect(target);
        }

        if (links.TryUse(secret[(secret.IndexOf("token=", StringComparison.Ordinal) is var at and >= 0 ? at + "token=".Length : 0)..]))
        {
            await Sessions.BeginForOwnerAsync(context);
            return Results.Redirect(target);
        }

        return Again("key", target);
    }

    private static IResult Again(string problem, string target)
    {
        Dictionary<string, string?> query = new(StringComparer.Ordinal) { [SignInPaths.Problem] = problem, ["returnUrl"] = target };
        return Results.Redirect(QueryHelpers.AddQueryString(SignInPaths.Page, query));
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, [FromForm] string? unused)
    {
        _ = unused; // A form parameter is what makes the endpoint demand the antiforgery token.
        await Sessions.EndAsync(context);
        return Results.Redirect(SignInPaths.Page);
    }

    private static IResult NewLink(HttpContext context, SignInLinks links, TimeProvider time)
    {
        string link = SignInLinks.Link($"{context.Request.Scheme}://{context.Request.Host}", links.NewToken());
        return Results.Json(new SignInLinkAnswer(link, time.GetUtcNow() + SignInLinks.Lifetime), statusCode: StatusCodes.Status201Created);
    }
}

/// <param name="Url">Open it in a browser; it works once.</param>
/// <param name="ExpiresAt">Or not any more after this.</param>
public sealed record SignInLinkAnswer(string Url, DateTimeOffset ExpiresAt);
