using LogView.Server.Api.DataStreams;
using LogView.Server.Api.Documents;
using LogView.Server.Api.Json;
using LogView.Server.Api.Parsing;
using LogView.Server.Api.Search;
using LogView.Server.Api.Tailing;
using LogView.Server.Platform;
using LogView.Server.Saved;
using Microsoft.AspNetCore.Authorization;

namespace LogView.Server.Api;

/// <summary>The HTTP API for programs, under <c>/api/v1</c>; docs/http-api.md.</summary>
public static class ApiServices
{
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(o => ApiJson.Apply(o.SerializerOptions));
        services.AddOpenApiDocument();
        return services;
    }

    public static void MapApi(this IEndpointRouteBuilder endpoints)
    {
        RouteGroupBuilder api = endpoints.MapGroup("/api/v1").AddEndpointFilter<RouteGroupBuilder, ProblemFilter>();
        api.MapSearch();
        api.MapExport();
        api.MapCatalog();
        api.MapDataStreams();
        api.MapPatterns();
        api.MapContext();
        api.MapParse();
        api.MapTail();
        endpoints.MapSaved();
        endpoints.MapOpenApiDocument();

        // Anonymous: that a route does not exist is no secret, and 401 would send people looking for a key.
        endpoints.MapFallback("/api/{**path}", Unknown).WithMetadata(new AllowAnonymousAttribute());
    }

    private static IResult Unknown(HttpContext context)
    {
        if (RouteMethods.TryFind(context, out string? allowed))
        {
            context.Response.Headers.Allow = allowed;
            return Problems.Answer(StatusCodes.Status405MethodNotAllowed, Problems.WrongMethod(context, allowed));
        }

        return Problems.Answer(
            StatusCodes.Status404NotFound,
            $"There is no {Names.Shorten(context.Request.Method)} {Names.Shorten(context.Request.Path)}; /api/openapi.json lists what there is");
    }
}
