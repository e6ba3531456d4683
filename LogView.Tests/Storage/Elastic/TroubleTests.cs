using System.Text;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Server.Platform;
using LogView.Server.Storage;
using LogView.Server.Storage.Elastic;
using LogView.Server.Storage.Elastic.Client;
using LogView.Tests.Tail;
using LogView.Tests.Testing;

namespace LogView.Tests.Storage.Elastic;

/// <summary>What goes wrong between LogView and a cluster: nothing is lost or doubled, and each failure is a sentence with what to do.</summary>
public abstract class Trouble(ElasticServer server) : IAsyncLifetime
{
    private const string Stream = "logs-trouble";

    private readonly TempFolder _folder = new();
    private readonly string _prefix = server.NextPrefix();
    private long _sequence;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        server.Require();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Write_LineCutMidBulk_IsRepeatedWithoutLossOrDouble()
    {
        await using TcpProxy proxy = new(server.Require().ToString());
        await using ElasticEventStore store = new(server.Options(_folder.Path, _prefix) with { Nodes = [proxy.Address] }, DiskFileSystem.Instance, TimeProvider.System);
        await store.WriteAsync(Events(1), Cancel);
        for (int round = 0; round < 5; round++)
        {
            LogEvent[] batch = Events(300);
            Task writing = store.WriteAsync(batch, Cancel);
            await Task.Yield();
            proxy.Cut();
            try
            {
                await writing;
            }
            catch (ElasticException e)
            {
                Assert.Equal(ElasticFailure.Unreachable, e.Failure);
                await store.WriteAsync(batch, Cancel);
            }
        }

        SearchResult all = await store.SearchAsync(All with { Size = 10_000 }, null, Cancel);
        Assert.Equal(_sequence, all.Total!.Value.Value);
        Assert.Equal(Enumerable.Range(1, (int)_sequence).Select(i => (long)i), all.Hits.Select(h => h.Event.Sequence).Reverse());
        Assert.Equal(_sequence, store.DurableSequence);
    }

    [Fact]
    public async Task Write_ClusterAway_SaysSoAndGoesOnWhenItIsBack()
    {
        await using TcpProxy proxy = new(server.Require().ToString());
        await using ElasticEventStore store = new(server.Options(_folder.Path, _prefix) with { Nodes = [proxy.Address] }, DiskFileSystem.Instance, TimeProvider.System);
        proxy.Cut(refuseNew: true);

        var error = await Assert.ThrowsAsync<ElasticException>(() => store.WriteAsync(Events(1), Cancel));

        Assert.Equal(ElasticFailure.Unreachable, error.Failure);
        Assert.StartsWith($"The cluster cannot be reached at {proxy.Address.Authority}: check that it runs and that --elastic-url names it", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, store.DurableSequence);
        proxy.Repair();
        await store.WriteAsync(Events(2), Cancel);
        Assert.Equal(2, (await store.SearchAsync(All, null, Cancel)).Total!.Value.Value);
    }

    [Fact]
    public async Task Write_IndexBlockedByAFullDisk_SaysWhatToDoAndLosesNothing()
    {
        await using ElasticEventStore store = server.Open(_folder.Path, _prefix);
        using RawCluster cluster = new(server.Require());
        await store.WriteAsync(Events(1), Cancel);
        await cluster.PutAsync($"{_prefix}{Stream}/_settings", """{"index.blocks.read_only_allow_delete":true}""");
        LogEvent[] batch = Events(2);

        var error = await Assert.ThrowsAsync<ElasticException>(() => store.WriteAsync(batch, Cancel));

        Assert.Equal(ElasticFailure.Blocked, error.Failure);
        Assert.StartsWith("The cluster takes no writes: its disk is nearly full or an index is read-only; free space or remove the block", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, store.DurableSequence);
        Assert.Equal(error.Message, store.Health.WriteProblem);
        await cluster.PutAsync($"{_prefix}{Stream}/_settings", """{"index.blocks.read_only_allow_delete":null}""");
        await store.WriteAsync(batch, Cancel);
        Assert.True(store.Health.IsGood);
        Assert.Equal(3, (await store.SearchAsync(All, null, Cancel)).Total!.Value.Value);
    }

    [Fact]
    public async Task Write_FieldMappedOtherwiseMeanwhile_KeepsTheEvent()
    {
        await using ElasticEventStore store = server.Open(_folder.Path, _prefix);
        using RawCluster cluster = new(server.Require());
        await store.WriteAsync(Events(1), Cancel);
        await cluster.PutAsync($"{_prefix}{Stream}/_mapping", """{"properties":{"took":{"type":"long"}}}""");

        await store.WriteAsync([Event("""{"took":"slow"}"""), Event("""{"took":5}""")], Cancel);

        Assert.Equal(3, (await store.SearchAsync(All, null, Cancel)).Total!.Value.Value);
        SearchResult found = await store.SearchAsync(All with { Query = LogView.Client.Language.QueryParser.Parse("took: slow").Node! }, null, Cancel);
        Assert.Equal("""{"took":"slow"}""", Encoding.UTF8.GetString(Assert.Single(found.Hits).Event.Source.Span));
    }

    [Fact]
    public async Task Write_IndexOfOthersThatTakesNothing_PutsEventsAside()
    {
        await using ElasticEventStore store = server.Open(_folder.Path, _prefix);
        using RawCluster cluster = new(server.Require());
        await cluster.PutAsync($"{_prefix}{Stream}", """{"mappings":{"dynamic":"strict","properties":{"@timestamp":{"type":"date"}}}}""");

        await store.WriteAsync(Events(3), Cancel);

        SearchResult found = await store.SearchAsync(All with { Query = LogView.Client.Language.QueryParser.Parse("n: 1").Node! }, null, Cancel);
        Assert.Equal(3, found.Hits.Count);
        Assert.All(found.Hits, h => Assert.Equal("logs-logview.rejected-default", h.Event.DataStream.Value));
        Assert.Equal(3, store.DurableSequence);
    }

    [Fact]
    public async Task Search_FirstNodeDead_IsAnsweredByAnother()
    {
        using RawCluster cluster = new(server.Require());
        ElasticEngineOptions options = server.Options(_folder.Path, _prefix) with { Nodes = [new Uri("http://127.0.0.1:9"), server.Require()] };
        await using ElasticEventStore store = new(options, DiskFileSystem.Instance, TimeProvider.System);

        await store.WriteAsync(Events(2), Cancel);

        Assert.Equal(2, (await store.SearchAsync(All, null, Cancel)).Total!.Value.Value);
        Assert.True(store.Health.IsGood);
    }

    private static StoreSearch All => new() { DataStreams = _ => true, Now = default };

    private LogEvent[] Events(int count) => [.. Enumerable.Range(0, count).Select(_ => Event("""{"message":"hello world","n":1}"""))];

    private LogEvent Event(string source)
    {
        long sequence = ++_sequence;
        return new LogEvent
        {
            Id = new EventId($"e{sequence}"), DataStream = DataStreamName.Parse(Stream), Timestamp = new Timestamp(1_793_491_200_000_000_000 + sequence), Sequence = sequence,
            Source = Encoding.UTF8.GetBytes(source),
        };
    }
}

[Collection("elasticsearch8")]
[Trait("Kind", "slow")]
public sealed class Elasticsearch8TroubleTests(Elasticsearch8 server) : Trouble(server);

[Collection("opensearch2")]
[Trait("Kind", "slow")]
public sealed class OpenSearch2TroubleTests(OpenSearch2 server) : Trouble(server);

[Collection("elasticsearch7")]
[Trait("Kind", "slow")]
public sealed class Elasticsearch7TroubleTests(Elasticsearch7 server) : Trouble(server);
