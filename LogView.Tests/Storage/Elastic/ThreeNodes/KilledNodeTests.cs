using System.Net;
using System.Text.Json;
using LogView.Server.Storage.Elastic;
using LogView.Tests.Storage.Elastic.Troubles;
using LogView.Tests.Testing;

namespace LogView.Tests.Storage.Elastic.ThreeNodes;

/// <summary>One of three nodes dies under ingest and search: nothing acknowledged is lost or doubled, searches recover, and the node is used again when it is back.</summary>
[Collection("opensearch2")]
[Trait("Kind", "slow")]
public sealed class KilledNodeTests(ITestOutputHelper output)
{
    private const string Stream = "logs-killed-test";
    private const int EventsPerRequest = 40;

    /// <summary>Requests before the death, and between it and the restart.</summary>
    private const int Requests = 15;

    /// <summary>Each waits for what was sent before it.</summary>
    private const int MaxSearches = 200;

    private readonly List<string> _searches = [];

    [Fact]
    public async Task Node_KilledUnderIngestAndSearch_LosesNothingAndIsUsedAgain()
    {
        await using OpenSearchCluster cluster = await OpenSearchCluster.StartAsync();
        ElasticEngineOptions options = new() { Nodes = [.. cluster.Nodes.Select(n => n.Url)], Timeout = TimeSpan.FromSeconds(10) };
        await using LogViewServer logView = await LogViewServer.StartAsync(o => o with { Engine = "elastic", Cluster = options });
        BulkSender shipper = new(logView, Stream);
        await shipper.SendAsync(EventsPerRequest);
        await shipper.ExpectAllOnceInOrderAsync();
        OpenSearchNode victim = await cluster.PrimaryOfAsync(Stream);
        OpenSearchNode survivor = cluster.Nodes.First(n => n != victim);
        await OpenSearchCluster.WholeAsync(survivor);

        using CancellationTokenSource end = new();
        Task searching = SearchAsync(shipper, end.Token);
        for (int i = 0; i < 2 * Requests; i++)
        {
            if (i == Requests)
            {
                await victim.KillAsync();
            }

            await shipper.SendAsync(EventsPerRequest);
        }

        await shipper.ExpectAllOnceInOrderAsync();
        await victim.StartAsync();
        await OpenSearchCluster.WholeAsync(survivor);
        await ExpectUsedAsync(victim, shipper);
        await end.CancelAsync();
        await searching;
        await shipper.ExpectAllOnceInOrderAsync();

        output.WriteLine($"{victim.Name} killed; {shipper.Sent} events; searches: {string.Join(", ", _searches.CountBy(s => s).Select(s => $"{s.Value} {s.Key}"))}");
        Assert.Contains("complete", _searches);
        Assert.Contains("\"healthy\"", await logView.Client.GetStringAsync("/health", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    /// <summary>Whole, or partial and said so, or refused with a sentence; never anything else.</summary>
    private async Task SearchAsync(BulkSender shipper, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            (HttpStatusCode status, string answer) = await shipper.SearchAsync(size: 5);
            JsonElement read = JsonDocument.Parse(answer).RootElement;
            _searches.Add(status == HttpStatusCode.OK ? read.GetProperty("status").GetString()! : read.GetProperty("detail").GetString()!.Split(' ')[0] + " unavailable");
            Assert.True(status is HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable, answer);
            Assert.True(_searches[^1] != "partial" || answer.Contains("shards of the cluster gave no answer", StringComparison.Ordinal) || answer.Contains("not searchable yet", StringComparison.Ordinal), answer);
        }
    }

    private static async Task ExpectUsedAsync(OpenSearchNode node, BulkSender shipper)
    {
        for (int looks = 1; looks <= MaxSearches; looks++)
        {
            // Each look is a connection itself.
            if (await OpenSearchCluster.ConnectionsOfAsync(node) > looks)
            {
                return;
            }

            await shipper.SendAsync(1);
            await shipper.SearchAsync();
        }

        Assert.Fail($"{node.Name} is not used");
    }
}
