using System.Text;
using System.Text.Json;
using LogView.Client.Contracts.DataStreams;
using LogView.Client.Contracts.Events;
using LogView.Server.Platform;
using LogView.Server.Storage.Elastic;
using LogView.Server.Storage.Elastic.Client;
using LogView.Server.Storage.Elastic.Retiring;
using LogView.Server.Storage.Elastic.Sharing;
using LogView.Tests.Storage.Elastic.Troubles;
using LogView.Tests.Testing;

namespace LogView.Tests.Storage.Elastic.Retiring;

/// <summary>LogView rolls its own data streams over and deletes whole indices, by a clock of the test's, on real servers.</summary>
public abstract class ClusterRetention(ElasticServer server) : IAsyncLifetime
{
    private const string Stream = "logs-kept";

    private static readonly DataStreamName Name = DataStreamName.Parse(Stream);

    private readonly TempFolder _folder = new();
    private readonly string _prefix = server.NextPrefix();
    private readonly JumpingTime _clock = new();
    private Retention _kept = Retention.Everything;
    private RawCluster _cluster = null!;
    private long _sequence;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _cluster = new RawCluster(server.Require());
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _cluster.Dispose();
        _folder.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Maintain_ByAge_RollsOverAndDeletesWholeIndicesButTheWrittenOne()
    {
        await using ElasticEventStore store = Open("a");
        _kept = new Retention(TimeSpan.FromDays(30), null);
        await store.WriteAsync(Events(3), Cancel);
        await store.MaintainAsync(Cancel);
        Assert.Single(await IndicesAsync());

        _clock.Advance(TimeSpan.FromDays(8));
        await store.MaintainAsync(Cancel);
        await store.MaintainAsync(Cancel);
        Assert.Equal(2, (await IndicesAsync()).Count);
        await store.WriteAsync(Events(2), Cancel);
        Assert.Equal(5, await CountAsync(store));

        _clock.Advance(TimeSpan.FromDays(24));
        await store.MaintainAsync(Cancel);
        Assert.Equal(2, await CountAsync(store));
        Assert.Equal(2, store.Statistics.Events);

        // The next is rolled over, then gone too; what is written to stays, empty.
        _clock.Advance(TimeSpan.FromDays(31));
        await store.MaintainAsync(Cancel);
        await store.MaintainAsync(Cancel);
        Assert.Equal(0, await CountAsync(store));
        Assert.Single(await IndicesAsync());
        await store.WriteAsync(Events(1), Cancel);
        Assert.Equal(1, await CountAsync(store));
        Assert.Null(store.RetentionKeeper(Name));
        Assert.DoesNotContain(await store.ListDataStreamsAsync(Cancel), s => s.Name.Value.Contains("lease", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Maintain_ByBytes_DeletesTheOldest()
    {
        await using ElasticEventStore store = Open("a");
        for (int i = 0; i < 3; i++)
        {
            await store.WriteAsync(Events(3), Cancel);
            _clock.Advance(TimeSpan.FromDays(31));
            await store.MaintainAsync(Cancel);
        }

        Assert.Equal(9, await CountAsync(store));
        _kept = new Retention(null, 1);
        await store.MaintainAsync(Cancel);

        Assert.Equal(0, await CountAsync(store));
        Assert.Single(await IndicesAsync());
    }

    [Fact]
    public async Task Write_RepeatBehindARollover_IsThereOnce()
    {
        LogEvent[] batch = Events(5);
        await using (ElasticEventStore store = Open("a"))
        {
            await store.WriteAsync(batch, Cancel);
            _clock.Advance(TimeSpan.FromDays(31));
            await store.MaintainAsync(Cancel);
            Assert.Equal(2, (await IndicesAsync()).Count);
        }

        // The progress file is lost with the folder, so that the log sends all again.
        await using ElasticEventStore again = Open("b");
        await again.WriteAsync(batch, Cancel);
        await again.WriteAsync([.. batch[..2], .. Events(1)], Cancel);

        Assert.Equal(6, await CountAsync(again));
    }

    [Fact]
    public async Task Maintain_TwoLogViews_OneActsUntilItIsGone()
    {
        await using ElasticEventStore first = Open("a"), second = Open("b");
        await first.WriteAsync(Events(3), Cancel);
        _clock.Advance(TimeSpan.FromDays(31));
        for (int round = 0; round < 3; round++)
        {
            await Task.WhenAll(first.MaintainAsync(Cancel), second.MaintainAsync(Cancel));
        }

        Assert.Equal(2, (await IndicesAsync()).Count);
        using ElasticClient client = new(server.Options(_folder.Path, _prefix), _clock);
        SharedDocuments documents = new(client, _prefix);
        Lease a = new(documents, TimeSpan.FromSeconds(60), _clock), b = new(documents, TimeSpan.FromSeconds(60), _clock);
        Assert.False(await a.HoldAsync(Cancel) || await b.HoldAsync(Cancel));
        _clock.Advance(a.ExpiresAfter);
        bool[] held = await Task.WhenAll(a.HoldAsync(Cancel), b.HoldAsync(Cancel));
        Assert.Single(held, h => h);
        (Lease holder, Lease other) = held[0] ? (a, b) : (b, a);

        _clock.Advance(a.ExpiresAfter - TimeSpan.FromSeconds(1));
        Assert.False(await other.HoldAsync(Cancel));
        Assert.False(holder.IsHeld);
        Assert.True(await holder.HoldAsync(Cancel));
        Assert.True(holder.IsHeld);
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.False(await other.HoldAsync(Cancel));
        _clock.Advance(a.ExpiresAfter);
        Assert.True(await other.HoldAsync(Cancel));
        Assert.False(await holder.HoldAsync(Cancel));
    }

    [Fact]
    public async Task Maintain_IndicesOfOthers_AreLeftAlone()
    {
        await _cluster.PutAsync($"{_prefix}{Stream}", """{"mappings":{"properties":{"@timestamp":{"type":"date"}}}}""");
        await _cluster.BulkAsync($"{_prefix}{Stream}", [("1", """{"@timestamp":"2020-01-01T00:00:00Z"}""")]);
        await using ElasticEventStore store = Open("a");
        _kept = new Retention(TimeSpan.FromHours(1), 1);
        _clock.Advance(TimeSpan.FromDays(400));

        await store.MaintainAsync(Cancel);

        Assert.Equal(1, await CountAsync(store));
        Assert.Equal("indices of others", store.RetentionKeeper(Name));
    }

    protected async Task ExpectManagedIsLeftAloneAsync()
    {
        await using ElasticEventStore store = Open("a");
        await store.WriteAsync(Events(3), Cancel);
        string template = await _cluster.SendAsync(HttpMethod.Get, $"_index_template/logview-{_prefix}{Stream}");
        using JsonDocument read = JsonDocument.Parse(template);
        string body = read.RootElement.GetProperty("index_templates")[0].GetProperty("index_template").GetRawText();
        await _cluster.PutAsync($"_index_template/logview-{_prefix}{Stream}", body.Replace("\"template\":{", "\"template\":{\"lifecycle\":{\"data_retention\":\"900d\"},", StringComparison.Ordinal));
        _kept = new Retention(TimeSpan.FromHours(1), 1);
        _clock.Advance(TimeSpan.FromDays(400));

        await store.MaintainAsync(Cancel);

        Assert.Single(await IndicesAsync());
        Assert.Equal("data stream lifecycle", store.RetentionKeeper(Name));
    }

    private ElasticEventStore Open(string folder) =>
        new(server.Options(Path.Combine(_folder.Path, folder), _prefix) with { Retention = _ => _kept }, DiskFileSystem.Instance, _clock);

    private async Task<List<string>> IndicesAsync()
    {
        using JsonDocument answer = JsonDocument.Parse(await _cluster.SendAsync(HttpMethod.Get, $"{_prefix}{Stream}/_settings"));
        return [.. answer.RootElement.EnumerateObject().Select(i => i.Name)];
    }

    private static async Task<long> CountAsync(ElasticEventStore store) => (await store.SearchAsync(ClusterEvents.All, progress: null, Cancel)).Total!.Value.Value;

    /// <summary>Of the moment.</summary>
    private LogEvent[] Events(int count) => [.. Enumerable.Range(0, count).Select(_ =>
    {
        long sequence = ++_sequence;
        return new LogEvent
        {
            Id = new EventId($"e{sequence}"), DataStream = Name, Timestamp = Timestamp.Now(_clock), Sequence = sequence, Source = Encoding.UTF8.GetBytes($$"""{"n":{{sequence}}}"""),
        };
    })];
}

[Collection("elasticsearch8")]
[Trait("Kind", "slow")]
public sealed class Elasticsearch8RetentionTests(Elasticsearch8 server) : ClusterRetention(server)
{
    /// <summary>The one server here that takes a lifecycle in a template.</summary>
    [Fact]
    public Task Maintain_DataStreamWithALifecycle_IsLeftAlone() => ExpectManagedIsLeftAloneAsync();
}

[Collection("opensearch2")]
[Trait("Kind", "slow")]
public sealed class OpenSearch2RetentionTests(OpenSearch2 server) : ClusterRetention(server);

[Collection("elasticsearch7")]
[Trait("Kind", "slow")]
public sealed class Elasticsearch7RetentionTests(Elasticsearch7 server) : ClusterRetention(server);
