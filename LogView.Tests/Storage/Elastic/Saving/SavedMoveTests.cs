using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using LogView.Tests.Tail;
using LogView.Tests.Testing;

namespace LogView.Tests.Storage.Elastic.Saving;

/// <summary>A LogView that goes from its own disk to a cluster takes along what people saved, once, and leaves it in its file.</summary>
[Collection("elasticsearch8")]
[Trait("Kind", "slow")]
public sealed class SavedMoveTests(Elasticsearch8 server) : IDisposable
{
    private const string Views = "/api/v1/views";

    private readonly TempFolder _folder = new();
    private readonly string _prefix = server.NextPrefix();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Start_OnAClusterAfterTheDisk_TakesWhatWasSavedAlongOnce()
    {
        string link;
        await using (LogViewServer disk = await LogViewServer.StartAsync(dataFolder: _folder.Path))
        {
            await SaveAsync(disk, "Errors");
            await SaveAsync(disk, "Slow requests");
            link = (string)(await (await disk.Client.PostAsJsonAsync("/api/v1/links", new { address = "/discover?q=error" }, Cancel)).Content.ReadFromJsonAsync<JsonNode>(Cancel))!["id"]!;
        }

        await using (LogViewServer cluster = await StartAsync())
        {
            await LoggedAsync(cluster, "were copied from saved.db to the cluster");
            JsonArray views = await ViewsAsync(cluster, 2);
            Assert.Equal(["Errors", "Slow requests"], views.Select(v => (string)v!["name"]!).Order(StringComparer.Ordinal));
            using HttpResponseMessage followed = await cluster.Client.GetAsync($"/s/{link}", Cancel);
            Assert.Equal((HttpStatusCode.Redirect, "/discover?q=error"), (followed.StatusCode, followed.Headers.Location!.OriginalString));
            using HttpResponseMessage deleted = await cluster.Client.DeleteAsync($"{Views}/{(string)views[0]!["id"]!}?version={(string)views[0]!["version"]!}", Cancel);
            Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        }

        await using (LogViewServer disk = await LogViewServer.StartAsync(dataFolder: _folder.Path))
        {
            Assert.Equal(2, (await ViewsAsync(disk, 2)).Count);
            await SaveAsync(disk, "Made on the disk meanwhile");
        }

        await using LogViewServer again = await StartAsync();
        JsonArray now = await ViewsAsync(again, 2);
        Assert.Equal(2, now.Count);
        Assert.Contains("Made on the disk meanwhile", now.Select(v => (string)v!["name"]!));
    }

    [Fact]
    public async Task Start_WhileTheClusterIsAway_TakesThemAlongWhenItIsBack()
    {
        await using (LogViewServer disk = await LogViewServer.StartAsync(dataFolder: _folder.Path))
        {
            await SaveAsync(disk, "Errors");
        }

        await using TcpProxy proxy = new(server.Require().ToString());
        proxy.Cut(refuseNew: true);
        await using LogViewServer cluster = await LogViewServer.StartAsync(
            o => o with { Engine = "elastic", Cluster = server.Options("", _prefix) with { Nodes = [proxy.Address] } }, dataFolder: _folder.Path);
        await LoggedAsync(cluster, "is not on the cluster yet");
        proxy.Repair();

        Assert.Equal("Errors", (string)(await ViewsAsync(cluster, 1))[0]!["name"]!);
    }

    private Task<LogViewServer> StartAsync() =>
        LogViewServer.StartAsync(o => o with { Engine = "elastic", Cluster = server.Options("", _prefix) }, dataFolder: _folder.Path);

    private static async Task LoggedAsync(LogViewServer server, string text)
    {
        while (!server.Log.Lines.Any(l => l.Contains(text, StringComparison.Ordinal)))
        {
            using HttpResponseMessage answer = await server.Anonymous.GetAsync("/health/live", Cancel);
        }
    }

    private static async Task SaveAsync(LogViewServer server, string name)
    {
        using HttpResponseMessage saved = await server.Client.PostAsJsonAsync(Views, new { name, access = "edit", content = new { address = "/discover?q=error" } }, Cancel);
        Assert.Equal(HttpStatusCode.Created, saved.StatusCode);
    }

    /// <summary>As soon as there are so many.</summary>
    private static async Task<JsonArray> ViewsAsync(LogViewServer server, int count)
    {
        JsonArray found = [];
        for (int tries = 0; tries < 2_000 && found.Count < count; tries++)
        {
            using HttpResponseMessage answer = await server.Client.GetAsync(Views, Cancel);
            found = answer.IsSuccessStatusCode ? (await answer.Content.ReadFromJsonAsync<JsonNode>(Cancel))!["objects"]!.AsArray() : [];
        }

        return found;
    }
}
