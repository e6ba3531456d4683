using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using LogView.Tests.Testing;

namespace LogView.Tests.Storage.Elastic.ThreeNodes;

/// <summary>Three nodes of OpenSearch on this machine. Skips the test, and says so, where there is none to start.</summary>
internal sealed class OpenSearchCluster : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly OpenSearchNode[] _nodes;

    private OpenSearchCluster()
    {
        int[] ports = FreePorts(3);
        _nodes = [.. Enumerable.Range(1, 3).Select(n => new OpenSearchNode(n, ports, _folder.Path))];
    }

    public IReadOnlyList<OpenSearchNode> Nodes => _nodes;

    public static async Task<OpenSearchCluster> StartAsync()
    {
        if (!File.Exists(ProjectFolder.PathOf("..", "shared", "elasticsearch", "start")))
        {
            Assert.Skip("SKIPPED: ../shared/elasticsearch is not there, so a cluster of three was not checked");
        }

        OpenSearchCluster cluster = new();
        await Task.WhenAll(cluster._nodes.Select(n => n.StartAsync()));
        await WholeAsync(cluster._nodes[0]);
        return cluster;
    }

    /// <summary>Waits, on the cluster itself, until all three are in it and every shard has its copies.</summary>
    public static async Task WholeAsync(OpenSearchNode asked)
    {
        using RawCluster raw = new(asked.Url);
        await raw.SendAsync(HttpMethod.Get, "_cluster/health?wait_for_nodes=3&wait_for_status=green&wait_for_no_initializing_shards=true&timeout=60s");
    }

    /// <summary>The node with the primary of a data stream: the one that hurts writing most.</summary>
    public async Task<OpenSearchNode> PrimaryOfAsync(string target)
    {
        using RawCluster raw = new(_nodes[0].Url);
        using JsonDocument shards = JsonDocument.Parse(await raw.SendAsync(HttpMethod.Get, $"_cat/shards/{target}?format=json&h=prirep,node"));
        string name = shards.RootElement.EnumerateArray().Single(s => s.GetProperty("prirep").GetString() is "p").GetProperty("node").GetString()!;
        return _nodes.Single(n => n.Name == name);
    }

    /// <summary>Connections that came to the node's HTTP port since it started, this one included.</summary>
    public static async Task<long> ConnectionsOfAsync(OpenSearchNode node)
    {
        using RawCluster raw = new(node.Url);
        using JsonDocument stats = JsonDocument.Parse(await raw.SendAsync(HttpMethod.Get, "_nodes/_local/stats/http"));
        return stats.RootElement.GetProperty("nodes").EnumerateObject().Single().Value.GetProperty("http").GetProperty("total_opened").GetInt64();
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_nodes.Select(n => n.DisposeAsync().AsTask()));
        _folder.Dispose();
    }

    private static int[] FreePorts(int count)
    {
        TcpListener[] listeners = [.. Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0))];
        Array.ForEach(listeners, l => l.Start());
        int[] ports = [.. listeners.Select(l => ((IPEndPoint)l.LocalEndpoint).Port)];
        Array.ForEach(listeners, l => l.Stop());
        return ports;
    }
}
