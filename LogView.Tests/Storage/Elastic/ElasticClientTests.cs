using LogView.Server.Storage.Elastic;
using LogView.Server.Storage.Elastic.Client;
using LogView.Tests.Tail;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LogView.Tests.Storage.Elastic;

/// <summary>The client alone, against servers that are none.</summary>
public sealed class ElasticClientTests
{
    /// <summary>So often that some resets come between the connection and its first use, where the runtime throws another exception.</summary>
    private const int Calls = 400;

    [Fact]
    public async Task Send_EveryConnectionIsReset_SaysUnreachable()
    {
        await using TcpProxy proxy = new("http://127.0.0.1:1");
        proxy.Cut(refuseNew: true);
        using ElasticClient client = new(new ElasticEngineOptions { Nodes = [proxy.Address] }, TimeProvider.System);

        ElasticException[] errors = await Task.WhenAll(Enumerable.Range(0, Calls).Select(_ =>
            Assert.ThrowsAsync<ElasticException>(() => client.SendAsync(ElasticCall.Get("/"), TestContext.Current.CancellationToken))));

        Assert.All(errors, e => Assert.Equal(ElasticFailure.Unreachable, e.Failure));
    }

    [Fact]
    public async Task Send_Credentials_AreThoseThatWereGiven()
    {
        List<string?> seen = [];
        await using WebApplication server = await ServeAsync(async context =>
        {
            seen.Add(context.Request.Headers.Authorization);
            await context.Response.WriteAsync("{}");
        });
        ElasticEngineOptions none = new() { Nodes = [new Uri(server.Urls.First())] };

        foreach (ElasticEngineOptions options in (ElasticEngineOptions[])[none with { User = "kim", Password = "비밀" }, none with { ApiKey = "aWQ6a2V5" }, none with { BearerToken = "a.b.c" }, none])
        {
            using ElasticClient client = new(options, TimeProvider.System);
            using ElasticAnswer answer = await client.SendAsync(ElasticCall.Get("/"), TestContext.Current.CancellationToken);
        }

        Assert.Equal(["Basic a2ltOuu5hOuwgA==", "ApiKey aWQ6a2V5", "Bearer a.b.c", null], seen);
    }

    [Fact]
    public async Task Send_SentOnElsewhere_SaysWhereAndDoesNotGoThere()
    {
        int asked = 0;
        await using WebApplication server = await ServeAsync(context =>
        {
            asked++;
            context.Response.StatusCode = StatusCodes.Status301MovedPermanently;
            context.Response.Headers.Location = "https://es.example:9243/_bulk";
            return Task.CompletedTask;
        });
        Uri node = new(server.Urls.First());
        using ElasticClient client = new(new ElasticEngineOptions { Nodes = [node], User = "kim", Password = "secret" }, TimeProvider.System);

        var error = await Assert.ThrowsAsync<ElasticException>(() => client.SendAsync(ElasticCall.Post("/_bulk", [1]), TestContext.Current.CancellationToken));

        Assert.Equal($"{node.Authority} sends requests on to https://es.example:9243 (301): --elastic-url has to name where the cluster itself answers", error.Message);
        Assert.Equal(1, asked);
    }

    private static async Task<WebApplication> ServeAsync(RequestDelegate answer)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication server = builder.Build();
        server.Run(answer);
        await server.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }
}
