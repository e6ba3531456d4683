using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using LogView.Tests.Tail;
using LogView.Tests.Testing;

namespace LogView.Tests.Storage.Elastic;

/// <summary>The whole program on a cluster that goes away and comes back: shippers notice nothing, searchers are told, nothing is lost or doubled.</summary>
[Collection("elasticsearch8")]
[Trait("Kind", "slow")]
public sealed class WholeServerTests(Elasticsearch8 server)
{
    private const int Tries = 60;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ingest_ClusterAwayAndBack_KeepsEachEventOnce()
    {
        await using TcpProxy proxy = new(server.Require().ToString());
        string prefix = server.NextPrefix();
        await using LogViewServer logView = await LogViewServer.StartAsync(
            o => o with { Engine = "elastic", Cluster = server.Options("", prefix) with { Nodes = [proxy.Address] } });
        await SendAsync(logView, 0);
        Assert.Equal(10, await CountAsync(logView, 10));

        proxy.Cut(refuseNew: true);
        await SendAsync(logView, 10);
        using HttpResponseMessage away = await SearchAsync(logView);
        string told = await away.Content.ReadAsStringAsync(Cancel);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, away.StatusCode);
        Assert.Contains("The cluster cannot be reached at", told, StringComparison.Ordinal);
        Assert.Contains("store_cannot_write", await logView.Client.GetStringAsync("/health", Cancel), StringComparison.Ordinal);
        proxy.Repair();
        Assert.Equal(20, await CountAsync(logView, 20));

        await logView.RestartAsync();
        await SendAsync(logView, 10);
        Assert.Equal(20, await CountAsync(logView, 20));
    }

    private static async Task SendAsync(LogViewServer logView, int first)
    {
        string lines = string.Concat(Enumerable.Range(first, 10).Select(i =>
            $$$"""{"create":{"_index":"logs-away-test","_id":"e{{{i}}}"}}""" + "\n" + $$"""{"message":"event {{i}}"}""" + "\n"));
        using StringContent body = new(lines, Encoding.UTF8, "application/x-ndjson");
        using HttpResponseMessage response = await logView.Elastic.PostAsync("/_bulk", body, Cancel);
        response.EnsureSuccessStatusCode();
    }

    private static Task<HttpResponseMessage> SearchAsync(LogViewServer logView) => logView.Client.PostAsJsonAsync("/api/v1/search", new { size = 0 }, Cancel);

    /// <summary>Each search waits some time for what was accepted before it, so that no pause is needed between them.</summary>
    private static async Task<long> CountAsync(LogViewServer logView, long expected)
    {
        long count = -1;
        for (int i = 0; i < Tries && count != expected; i++)
        {
            using HttpResponseMessage response = await SearchAsync(logView);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                using JsonDocument answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel));
                count = answer.RootElement.GetProperty("total").GetProperty("value").GetInt64();
            }
        }

        return count;
    }
}
