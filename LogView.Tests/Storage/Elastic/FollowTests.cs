using System.Globalization;
using LogView.Client.Contracts.Events;
using LogView.Client.Language;
using LogView.Server.Platform;
using LogView.Server.Storage;
using LogView.Server.Storage.Elastic;
using LogView.Server.Storage.Elastic.Client;
using LogView.Tests.Tail;
using LogView.Tests.Testing;

namespace LogView.Tests.Storage.Elastic;

/// <summary>Following what others write to a cluster, whatever their clocks say: each event once, none missed.</summary>
public abstract class Follow(ElasticServer server) : IAsyncLifetime
{
    private const string Mapping = """{"mappings":{"properties":{"@timestamp":{"type":"date"},"message":{"type":"text"},"level":{"type":"keyword"}}}}""";

    private readonly TempFolder _folder = new();
    private readonly string _prefix = server.NextPrefix();
    private ElasticEventStore _store = null!;
    private RawCluster _cluster = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _cluster = new RawCluster(server.Require());
        _store = server.Open(_folder.Path, _prefix);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _cluster.Dispose();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Read_ShippersWithWrongClocks_GivesEachEventOnce()
    {
        await CreateAsync("app", shards: 2);
        await WriteAsync("app", "before", Now(0));
        IOtherEventReader reader = await StartAsync();

        await WriteAsync("app", "slow", Now(-60));
        await WriteAsync("app", "fast", Now(60));
        await WriteAsync("app", "late", "2020-01-01T00:00:00Z");
        string[] first = await ReadAsync(reader);
        await WriteAsync("app", "slower", Now(-61));

        Assert.Equal(["late", "slow", "fast"], first);
        Assert.Equal(["slower"], await ReadAsync(reader));
        Assert.Empty(await ReadAsync(reader));
    }

    [Fact]
    public async Task Read_MoreOfOneMillisecondThanOneReading_GivesEachOnce()
    {
        const int Events = 25_000;
        await CreateAsync("app", shards: 3);
        await CreateAsync("other", shards: 1);
        IOtherEventReader reader = await StartAsync();
        string now = Now(0);
        foreach (int[] part in Enumerable.Range(0, Events).Chunk(5_000))
        {
            await _cluster.BulkAsync(_prefix + (part[0] % 2 == 0 ? "app" : "other"), part.Select(i => ($"e{i}", $$"""{"@timestamp":"{{now}}","message":"one of many"}""")));
        }

        List<string> ids = [];
        OtherEventBatch batch;
        do
        {
            batch = await reader.ReadAsync(Cancel);
            ids.AddRange(batch.Events.Select(e => e.Id.Value));
            Assert.InRange(batch.Events.Count, 0, 10_000);
        }
        while (batch.HasMore);

        Assert.Equal(Events, ids.Count);
        Assert.Distinct(ids);
        Assert.Equal(4, batch.Parts);
    }

    [Fact]
    public async Task Read_WritersAndRefreshesAtOnce_MissesAndRepeatsNone()
    {
        const int Writers = 6, Events = 150;
        await CreateAsync("app", shards: 1);
        IOtherEventReader reader = await StartAsync();
        using var written = new CancellationTokenSource();
        Task refreshing = Task.Run(
            async () =>
            {
                while (!written.IsCancellationRequested)
                {
                    await _cluster.SendAsync(HttpMethod.Post, $"{_prefix}app/_refresh");
                }
            },
            Cancel);
        Task writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(w => Task.Run(
            async () =>
            {
                for (int i = 0; i < Events; i++)
                {
                    // Repeated ids: what a shipper does that is not sure. A deleted one leaves a number out.
                    await _cluster.PutAsync($"{_prefix}app/_doc/{w}-{i}", $$"""{"@timestamp":"{{Now(-w)}}","message":"event {{i}}"}""");
                    if (i % 10 == 0)
                    {
                        await _cluster.PutAsync($"{_prefix}app/_doc/{w}-{i}", $$"""{"@timestamp":"{{Now(-w)}}","message":"event {{i}}"}""");
                    }
                }
            },
            Cancel)));

        List<string> ids = [];
        while (!writing.IsCompleted)
        {
            ids.AddRange(await ReadAsync(reader));
        }

        await writing;
        await written.CancelAsync();
        await refreshing;
        await _cluster.SendAsync(HttpMethod.Post, $"{_prefix}app/_refresh");
        ids.AddRange(await ReadAsync(reader));
        ids.AddRange(await ReadAsync(reader));

        Assert.Distinct(ids);
        Assert.Equal(Writers * Events, ids.Count);
    }

    [Fact]
    public async Task Read_IndexMadeLater_IsReadFromItsBeginning()
    {
        await CreateAsync("app-1", shards: 1);
        IOtherEventReader reader = await StartAsync();
        await CreateAsync("app-2", shards: 2);
        await WriteAsync("app-2", "first", Now(0));
        await WriteAsync("app-1", "second", Now(1));

        List<string> ids = [];
        while (ids.Count < 2)
        {
            // A new index is noticed within seconds.
            ids.AddRange(await ReadAsync(reader));
        }

        Assert.Equal(["first", "second"], ids.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Read_IndexMadeAnewUnderItsName_IsReadFromItsBeginning()
    {
        await CreateAsync("app", shards: 1);
        await WriteAsync("app", "old-1", Now(0));
        await WriteAsync("app", "old-2", Now(0));
        IOtherEventReader reader = await StartAsync();
        await _cluster.SendAsync(HttpMethod.Delete, _prefix + "app");
        await CreateAsync("app", shards: 1);
        await WriteAsync("app", "new", Now(0));

        Assert.Equal(["new"], await ReadAsync(reader));
    }

    [Fact]
    public async Task Read_QueryOfAFieldThatComesWithTheEvent_FindsIt()
    {
        await CreateAsync("app", shards: 1);
        IOtherEventReader reader = await StartAsync("order.id: 4711 or level: error");
        await WriteAsync("app", "plain", Now(0));
        Assert.Empty(await ReadAsync(reader));

        await _cluster.BulkAsync(_prefix + "app",
        [
            ("field", $$$"""{"@timestamp":"{{{Now(0)}}}","order":{"id":4711}}"""),
            ("level", $$"""{"@timestamp":"{{Now(1)}}","level":"error"}"""),
            ("neither", $$$"""{"@timestamp":"{{{Now(1)}}}","level":"info","order":{"id":4712}}"""),
        ]);

        Assert.Equal(["field", "level"], await ReadAsync(reader));
    }

    [Fact]
    public async Task Read_OwnEvents_AreLeftToTheLog()
    {
        IOtherEventReader reader = await StartAsync();
        await _store.WriteAsync(
            [new LogEvent { Id = new EventId("own"), DataStream = DataStreamName.Parse("logs-own"), Timestamp = new Timestamp(1_793_491_200_000_000_000), Sequence = 1, Source = "{}"u8.ToArray() }],
            Cancel);

        OtherEventBatch batch = await reader.ReadAsync(Cancel);

        Assert.Empty(batch.Events);
        Assert.Equal(0, batch.Parts);
        Assert.Equal(1, (await _store.SearchAsync(new StoreSearch { DataStreams = _ => true, Now = default }, null, Cancel)).Total!.Value.Value);
    }

    [Fact]
    public async Task Read_ClusterAway_ThrowsAndThenCatchesUp()
    {
        await CreateAsync("app", shards: 2);
        await using TcpProxy proxy = new(server.Require().ToString());
        await using ElasticEventStore store = new(server.Options(_folder.Path, _prefix) with { Nodes = [proxy.Address] }, DiskFileSystem.Instance, TimeProvider.System);
        IOtherEventReader reader = store.Others!.Follow(new StoreSearch { DataStreams = _ => true, Now = default });
        await reader.ReadAsync(Cancel);
        await WriteAsync("app", "before", Now(0));
        Assert.Equal(["before"], await ReadAsync(reader));

        proxy.Cut(refuseNew: true);
        await WriteAsync("app", "meanwhile", Now(-60));
        var error = await Assert.ThrowsAsync<ElasticException>(() => reader.ReadAsync(Cancel));
        proxy.Repair();

        Assert.StartsWith("The cluster cannot be reached at", error.Message, StringComparison.Ordinal);
        Assert.Equal(["meanwhile"], await ReadAsync(reader));
    }

    private async Task<IOtherEventReader> StartAsync(string query = "")
    {
        IOtherEventReader reader = _store.Others!.Follow(new StoreSearch { DataStreams = _ => true, Now = default, Query = QueryParser.Parse(query).Node! });
        OtherEventBatch first = await reader.ReadAsync(Cancel);
        Assert.Empty(first.Events);
        return reader;
    }

    private static async Task<string[]> ReadAsync(IOtherEventReader reader)
    {
        OtherEventBatch batch = await reader.ReadAsync(Cancel);
        Assert.Null(batch.Missing);
        Assert.Null(batch.Trouble);
        return [.. batch.Events.Select(e => e.Id.Value)];
    }

    private Task CreateAsync(string index, int shards) =>
        _cluster.PutAsync(_prefix + index, Mapping.Insert(1, $"\"settings\":{{\"number_of_shards\":{shards}}},"));

    private Task WriteAsync(string index, string id, string timestamp) =>
        _cluster.BulkAsync(_prefix + index, [(id, $$"""{"@timestamp":"{{timestamp}}","message":"hello","level":"info"}""")]);

    private static string Now(int seconds) =>
        TimeProvider.System.GetUtcNow().AddSeconds(seconds).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}

[Collection("elasticsearch8")]
[Trait("Kind", "slow")]
public sealed class Elasticsearch8FollowTests(Elasticsearch8 server) : Follow(server);

[Collection("opensearch2")]
[Trait("Kind", "slow")]
public sealed class OpenSearch2FollowTests(OpenSearch2 server) : Follow(server);

[Collection("elasticsearch7")]
[Trait("Kind", "slow")]
public sealed class Elasticsearch7FollowTests(Elasticsearch7 server) : Follow(server);
