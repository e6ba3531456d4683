using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LogView.Tests.Storage.Elastic;

/// <summary>A way to a real cluster on which some requests or answers are changed.</summary>
internal abstract class PassingProxy : IAsyncDisposable
{
#pragma warning disable RS0030 // Another program's client, not LogView's.
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
#pragma warning restore RS0030
    private readonly Uri _cluster;
    private readonly WebApplication _app;

    protected PassingProxy(Uri cluster)
    {
        _cluster = cluster;
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(PassAsync);
    }

    public Uri Address => new(_app.Urls.First());

    public Task StartAsync() => _app.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
    }

    /// <summary>What goes on to the cluster.</summary>
    protected virtual byte[] Asked(string path, byte[] body) => body;

    /// <summary>What comes back from it.</summary>
    protected virtual byte[] Answered(string path, byte[] body) => body;

    private async Task PassAsync(HttpContext context)
    {
        string path = context.Request.Path.Value!;
        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body);
        byte[] bytes = Asked(path, body.ToArray());
        using HttpRequestMessage request = new(new HttpMethod(context.Request.Method), new Uri(_cluster, context.Request.Path + context.Request.QueryString));
        if (bytes.Length > 0)
        {
            request.Content = new ByteArrayContent(bytes);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", context.Request.ContentType);
            request.Content.Headers.TryAddWithoutValidation("Content-Encoding", [.. context.Request.Headers.ContentEncoding]);
        }

        using HttpResponseMessage answer = await _http.SendAsync(request);
        context.Response.StatusCode = (int)answer.StatusCode;
        context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        if (answer.Headers.TryGetValues("X-elastic-product", out IEnumerable<string>? product))
        {
            context.Response.Headers["X-elastic-product"] = product.ToArray();
        }

        await context.Response.Body.WriteAsync(Answered(path, await answer.Content.ReadAsByteArrayAsync()));
    }
}
