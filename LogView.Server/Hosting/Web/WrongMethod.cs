using LogView.Server.Api;
using LogView.Server.Platform;

namespace LogView.Server.Hosting.Web;

/// <summary>
/// A path that takes other methods is answered 405 with what it takes, before anybody is asked for a key. The unknown paths of the API and of Elasticsearch
/// have an endpoint of their own, which says the same in its shape.
/// </summary>
public static class WrongMethod
{
    /// <summary>After routing: it found no endpoint, or one of its own that is no route.</summary>
    public static void UseWrongMethod(this IApplicationBuilder app) => app.Use((context, next) =>
        context.GetEndpoint() is RouteEndpoint || !RouteMethods.TryFind(context, out string? allowed) ? next(context) : AnswerAsync(context, allowed));

    private static Task AnswerAsync(HttpContext context, string allowed)
    {
        context.Response.Headers.Allow = allowed;
        return Problems.Answer(StatusCodes.Status405MethodNotAllowed, Problems.WrongMethod(context, allowed)).ExecuteAsync(context);
    }
}
