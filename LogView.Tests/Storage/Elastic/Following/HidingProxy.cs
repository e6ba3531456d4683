using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LogView.Tests.Storage.Elastic.Following;

/// <summary>
/// A way to a cluster on which some documents are not visible yet to searches that go together (<c>_msearch</c>), as those are on a shard that are still being written when later ones
/// are visible already. The cluster itself leaves them out, of hits and of counts.
/// </summary>
internal sealed class HidingProxy : IAsyncDisposable
{
#pragma warning disable RS0030 // Another program's client, not LogView's.
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
#pragma warning restore RS0030
    private readonly Uri _cluster;
    private readonly WebApplication _app;

    private HidingProxy(Uri cluster, WebApplication app) => (_cluster, _app) = (cluster, app);

    /// <summary>Ids of the documents that are not visible.</summary>
    public ConcurrentDictionary<string, bool> Hidden { get; } = new(StringComparer.Ordinal);

    public Uri Address => new(_app.Urls.First());

    public static async Task<HidingProxy> StartAsync(Uri cluster)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        HidingProxy proxy = new(cluster, builder.Build());
        proxy._app.Run(proxy.PassAsync);
        await proxy._app.StartAsync();
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private async Task PassAsync(HttpContext context)
    {
        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body);
        byte[] bytes = body.ToArray();
        if (context.Request.Path.Value!.EndsWith("/_msearch", StringComparison.Ordinal))
        {
            bytes = Hide(bytes);
        }

        using HttpRequestMessage request = new(new HttpMethod(context.Request.Method), new Uri(_cluster, context.Request.Path + context.Request.QueryString));
        if (bytes.Length > 0)
        {
            request.Content = new ByteArrayContent(bytes);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", context.Request.ContentType);
        }

        using HttpResponseMessage answer = await _http.SendAsync(request);
        context.Response.StatusCode = (int)answer.StatusCode;
        context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        if (answer.Headers.TryGetValues("X-elastic-product", out IEnumerable<string>? product))
        {
            context.Response.Headers["X-elastic-product"] = product.ToArray();
        }

        await context.Response.Body.WriteAsync(await answer.Content.ReadAsByteArrayAsync());
    }

    private byte[] Hide(byte[] searches)
    {
        string[] lines = Encoding.UTF8.GetString(searches).Split('\n');
        for (int i = 1; i < lines.Length; i += 2)
        {
            JsonObject search = JsonNode.Parse(lines[i])!.AsObject();
            JsonNode asked = search["query"]?.DeepClone() ?? new JsonObject { ["match_all"] = new JsonObject() };
            var hidden = new JsonObject { ["ids"] = new JsonObject { ["values"] = new JsonArray([.. Hidden.Keys.Select(k => (JsonNode)k)]) } };
            search["query"] = new JsonObject { ["bool"] = new JsonObject { ["filter"] = asked, ["must_not"] = hidden } };
            lines[i] = search.ToJsonString();
        }

        return Encoding.UTF8.GetBytes(string.Join('\n', lines));
    }
}
