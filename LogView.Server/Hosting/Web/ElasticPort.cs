using LogView.Server.Platform;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace LogView.Server.Hosting.Web;

/// <summary>
/// Marks connections of the Elasticsearch-compatible port, and puts <see cref="ElasticPath.Prefix"/> in front of what they ask for:
/// they see those endpoints and nothing else.
/// </summary>
public static class ElasticPort
{
    public static void UseElasticPort(this ListenOptions listen) => listen.Use(next => connection =>
    {
        connection.Features.Set(new Marker());
        return next(connection);
    });

    public static void UseElasticPort(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.Features.Get<Marker>() is not null)
        {
            context.Request.Path = new PathString(ElasticPath.Prefix).Add(context.Request.Path);
        }

        return next(context);
    });

    private sealed class Marker;
}
