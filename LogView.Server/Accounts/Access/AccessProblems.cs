using System.Text.Json.Nodes;
using LogView.Client.Contracts.Accounts;
using LogView.Server.Platform;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace LogView.Server.Accounts.Access;

/// <summary>
/// Answers to those who may not: 401 says how to authenticate, 403 which right is missing; as problem document (RFC 9457), in Elasticsearch's shape
/// towards its clients, and for people in a browser as the sign-in page.
/// </summary>
public static class AccessProblems
{
    private static readonly string[] ElasticChallenges = ["Basic realm=\"LogView\", charset=\"UTF-8\"", "Bearer realm=\"LogView\"", "ApiKey"];

    // No Basic: a browser would open its own password box over the page.
    private static readonly string[] Challenges = ["ApiKey realm=\"LogView\"", "Bearer realm=\"LogView\""];

    /// <param name="badCredentials">What is wrong with the credentials that were sent; null: none were.</param>
    public static Task WriteUnauthenticatedAsync(HttpContext context, string? badCredentials)
    {
        if (badCredentials is null && IsPageView(context))
        {
            string returnUrl = context.Request.PathBase + context.Request.Path + context.Request.QueryString;
            context.Response.Redirect(QueryHelpers.AddQueryString(SignInPaths.Page, "returnUrl", returnUrl));
            return Task.CompletedTask;
        }

        bool isElastic = ElasticPath.Covers(context.Request);
        context.Response.Headers.Append(HeaderNames.WWWAuthenticate, isElastic ? ElasticChallenges : Challenges);
        string why = badCredentials is null ? "Nobody is signed in" : $"The credentials were not accepted: {badCredentials}";
        return WriteAsync(context, StatusCodes.Status401Unauthorized, $"{why}. Send 'Authorization: ApiKey KEY' with a key of LogView, or open the sign-in link in a browser.");
    }

    public static Task WriteForbiddenAsync(HttpContext context, Viewer viewer, Rights missing) =>
        WriteAsync(context, StatusCodes.Status403Forbidden, $"'{viewer.Name}' lacks the right to {Describe(missing)}.");

    public static Task WriteForbiddenAsync(HttpContext context, string reason) => WriteAsync(context, StatusCodes.Status403Forbidden, reason);

    private static string Describe(Rights missing) => string.Join(" and to ", new (Rights Right, string Words)[]
    {
        (Rights.Ingest, "send events (scope ingest)"), (Rights.Search, "search (scope search)"), (Rights.Manage, "manage LogView (scope admin)"),
    }.Where(r => missing.HasFlag(r.Right)).Select(r => r.Words));

    private static bool IsPageView(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method)
        && !ElasticPath.Covers(context.Request)
        && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private static Task WriteAsync(HttpContext context, int status, string detail)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = "no-store";
        if (ElasticPath.Covers(context.Request))
        {
            JsonObject cause = new() { ["type"] = "security_exception", ["reason"] = detail };
            JsonObject error = new() { ["root_cause"] = new JsonArray(cause.DeepClone()), ["type"] = "security_exception", ["reason"] = detail };
            context.Response.Headers["X-Elastic-Product"] = "Elasticsearch";
            return context.Response.WriteAsJsonAsync(new JsonObject { ["error"] = error, ["status"] = status }, context.RequestAborted);
        }

        return Results.Problem(detail, statusCode: status).ExecuteAsync(context);
    }
}
