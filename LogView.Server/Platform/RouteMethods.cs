using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.Routing.Template;

namespace LogView.Server.Platform;

/// <summary>Which methods a path takes when it does not take the one it was asked with.</summary>
public static class RouteMethods
{
    /// <summary>True when the path is known under other methods only; then the answer has to be 405.</summary>
    /// <param name="context">A request that no endpoint took, or one for what is unknown.</param>
    /// <param name="allowed">In alphabetic order, as the header <c>Allow</c> lists them.</param>
    public static bool TryFind(HttpContext context, [NotNullWhen(true)] out string? allowed)
    {
        SortedSet<string> methods = new(StringComparer.Ordinal);
        foreach (Endpoint endpoint in context.RequestServices.GetRequiredService<EndpointDataSource>().Endpoints)
        {
            if (endpoint is RouteEndpoint route && endpoint.Metadata.GetMetadata<IHttpMethodMetadata>() is { HttpMethods.Count: > 0 } known && Fits(route, context.Request.Path))
            {
                methods.UnionWith(known.HttpMethods);
            }
        }

        allowed = methods.Count > 0 && !methods.Contains(context.Request.Method) ? string.Join(", ", methods) : null;
        return allowed is not null;
    }

    private static bool Fits(RouteEndpoint route, PathString path)
    {
        // A route for any path says nothing about this one.
        if (route.RoutePattern.PathSegments is [{ Parts: [RoutePatternParameterPart { IsCatchAll: true }] }])
        {
            return false;
        }

        RouteValueDictionary values = [];
        return new TemplateMatcher(new RouteTemplate(route.RoutePattern), []).TryMatch(path, values)
            // Names of Elasticsearch's own paths begin so, names of data streams never do.
            && !(values["index"] is string index && index.StartsWith('_'));
    }
}
