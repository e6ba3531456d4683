using System.Net;
using LogView.Server.Storage.Elastic;
using LogView.Tests.Tail;
using LogView.Tests.Testing;

namespace LogView.Tests.Storage.Elastic.Troubles;

/// <summary>
/// The whole program on a cluster in trouble: shippers notice nothing, searchers and <c>/health</c> get one sentence with what to do, and when the trouble
/// is over each event is there once, in the order in which it was sent.
/// </summary>
[Collection("elasticsearch8")]
[Trait("Kind", "slow")]
public sealed class WholeServerTroubleTests(Elasticsearch8 server)
{
    private const string Stream = "logs-trouble-test";
    private const int Tries = 30;

    private readonly string _prefix = server.NextPrefix();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Node_Slow_IsSaidAndCaughtUpWith()
    {
        await using TcpProxy proxy = new(server.Require().ToString());
        await using LogViewServer logView = await StartAsync(proxy.Address, TimeSpan.FromSeconds(2));
        BulkSender shipper = new(logView, Stream);
        await shipper.SendAsync(10);
        await shipper.ExpectAllOnceInOrderAsync();

        proxy.Stall();
        await shipper.SendAsync(10);
        (HttpStatusCode status, string answer) = await shipper.SearchAsync();

        string sentence = $"{proxy.Address.Authority} did not answer within 2 s: the cluster is too busy, or the search too wide; narrow the time range or try again";
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains(sentence, answer, StringComparison.Ordinal);
        await ExpectHealthAsync(logView, shipper, "store_cannot_search", sentence);
        await ExpectHealthAsync(logView, shipper, "store_cannot_write", sentence);
        await shipper.SendAsync(10);
        proxy.Unstall();
        await shipper.ExpectAllOnceInOrderAsync();
        await ExpectHealthyAsync(logView, shipper);
    }

    [Fact]
    public async Task Cluster_Red_IsSaidAndCaughtUpWith()
    {
        using RawCluster cluster = new(server.Require());
        await using LogViewServer logView = await StartAsync(server.Require(), TimeSpan.FromSeconds(3));
        BulkSender shipper = new(logView, Stream);
        await shipper.SendAsync(10);
        await shipper.ExpectAllOnceInOrderAsync();
        await cluster.PutAsync("_cluster/settings", """{"transient":{"cluster.routing.allocation.enable":"none"}}""");
        try
        {
            // The new write index gets no shard.
            await cluster.SendAsync(HttpMethod.Post, $"{_prefix}{Stream}/_rollover?wait_for_active_shards=0");
            await shipper.SendAsync(10);
            await ExpectHealthAsync(logView, shipper, "store_cannot_write", "Shards of the cluster are away (503, unavailable_shards_exception): GET /_cluster/health on it says how many");
            await shipper.SendAsync(10);
        }
        finally
        {
            await cluster.PutAsync("_cluster/settings", """{"transient":{"cluster.routing.allocation.enable":null}}""");
        }

        await shipper.ExpectAllOnceInOrderAsync();
        await ExpectHealthyAsync(logView, shipper);
    }

    [Fact]
    public async Task Shards_SomeAway_AnswerIsPartialAndNamesThem()
    {
        using RawCluster cluster = new(server.Require());
        string other = $"{_prefix}others-lost";
        await cluster.PutAsync(
            $"{other}?wait_for_active_shards=0&timeout=1s",
            """{"settings":{"number_of_replicas":0,"index.routing.allocation.require.rack":"gone"},"mappings":{"properties":{"@timestamp":{"type":"date"}}}}""");
        await using LogViewServer logView = await StartAsync(server.Require(), TimeSpan.FromSeconds(30));
        BulkSender shipper = new(logView, Stream);
        await shipper.SendAsync(10);

        (HttpStatusCode status, string answer) = await shipper.SearchAsync(size: 20);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.True(answer.Contains("\"partial\"", StringComparison.Ordinal), answer);
        Assert.Contains("1 of 2 shards of the cluster gave no answer (no_shard_available_action_exception); their events are missing here", answer, StringComparison.Ordinal);
        Assert.Contains($"{other}[0]", answer, StringComparison.Ordinal);
        Assert.Contains("\"e9\"", answer, StringComparison.Ordinal);
        await ExpectHealthAsync(logView, shipper, "store_cannot_search", "1 of 2 shards of the cluster gave no answer");
        await cluster.SendAsync(HttpMethod.Delete, other);
        await shipper.SendAsync(1);
        await shipper.ExpectAllOnceInOrderAsync();
        await ExpectHealthyAsync(logView, shipper);
    }

    [Fact]
    public async Task Index_BlockedByAFullDisk_IsSaidAndCaughtUpWith()
    {
        using RawCluster cluster = new(server.Require());
        await using LogViewServer logView = await StartAsync(server.Require(), TimeSpan.FromSeconds(3));
        BulkSender shipper = new(logView, Stream);
        await shipper.SendAsync(10);
        await shipper.ExpectAllOnceInOrderAsync();

        // Every half a minute the cluster looks at its disks, and takes the block away itself if they have room.
        await cluster.PutAsync("_cluster/settings", Watermarks("\"900tb\""));
        try
        {
            await cluster.PutAsync($"{_prefix}{Stream}/_settings", """{"index.blocks.read_only_allow_delete":true}""");
            await shipper.SendAsync(10);

            await ExpectHealthAsync(logView, shipper, "store_cannot_write", "The cluster takes no writes: its disk is nearly full or an index is read-only; free space or remove the block");
            Assert.Equal(HttpStatusCode.OK, (await shipper.SearchAsync()).Status);
            await shipper.SendAsync(10);
        }
        finally
        {
            await cluster.PutAsync("_cluster/settings", Watermarks("null"));
        }

        await cluster.PutAsync($"{_prefix}{Stream}/_settings", """{"index.blocks.read_only_allow_delete":null}""");
        await shipper.ExpectAllOnceInOrderAsync();
    }

    [Fact]
    public async Task Password_Wrong_IsSaidAndCaughtUpWithWhenItIsRight()
    {
        await using OwnServer secured = await OwnServer.StartAsync("elasticsearch8", "loopback.auth.basic=logview:right");
        ElasticEngineOptions cluster = new() { Nodes = [secured.Url], User = "logview", Password = "wrong-secret" };
        using TempFolder folder = new();
        int sent;
        await using (LogViewServer logView = await LogViewServer.StartAsync(o => o with { Engine = "elastic", Cluster = cluster }, dataFolder: folder.Path))
        {
            BulkSender shipper = new(logView, Stream);
            await shipper.SendAsync(20);
            sent = shipper.Sent;
            (HttpStatusCode status, string answer) = await shipper.SearchAsync();

            string sentence = $"{secured.Url.Authority} does not accept the credentials (401): check --elastic-user and its password, or the API key or token";
            Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
            Assert.Contains(sentence, answer, StringComparison.Ordinal);
            await ExpectHealthAsync(logView, shipper, "store_cannot_write", sentence);
            Assert.DoesNotContain("wrong-secret", string.Join('\n', logView.Log.Lines), StringComparison.Ordinal);
        }

        await using LogViewServer right = await LogViewServer.StartAsync(
            o => o with { Engine = "elastic", Cluster = cluster with { Password = "right" } }, dataFolder: folder.Path);
        BulkSender goesOn = new(right, Stream) { Sent = sent };
        await goesOn.SendAsync(5);
        await goesOn.ExpectAllOnceInOrderAsync();
    }

    /// <summary>Room that a disk must have, as JSON.</summary>
    private static string Watermarks(string room) =>
        $$"""{"transient":{"cluster.routing.allocation.disk.watermark":{"low":{{room}},"high":{{room}},"flood_stage":{{room}} } } }""";

    private Task<LogViewServer> StartAsync(Uri node, TimeSpan timeout) => LogViewServer.StartAsync(
        o => o with { Engine = "elastic", Cluster = server.Options("", _prefix) with { Nodes = [node], Timeout = timeout } });

    /// <summary>The indexer says what is wrong as soon as its own try has failed.</summary>
    private static async Task ExpectHealthAsync(LogViewServer logView, BulkSender shipper, string code, string sentence)
    {
        string health = "";
        for (int i = 0; i < Tries && !health.Contains(code, StringComparison.Ordinal); i++)
        {
            // A search waits for what was sent before it, so that no pause is needed.
            await shipper.SearchAsync();
            health = await logView.Client.GetStringAsync("/health", Cancel);
        }

        Assert.True(health.Contains(sentence, StringComparison.Ordinal), health);
    }

    private static async Task ExpectHealthyAsync(LogViewServer logView, BulkSender shipper)
    {
        await shipper.SearchAsync();

        Assert.Contains("\"healthy\"", await logView.Client.GetStringAsync("/health", Cancel), StringComparison.Ordinal);
    }
}
