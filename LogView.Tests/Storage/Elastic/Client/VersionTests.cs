using System.Text;
using System.Text.Json.Nodes;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Language;
using LogView.Server.Platform;
using LogView.Server.Storage;
using LogView.Server.Storage.Elastic;
using LogView.Server.Storage.Elastic.Client;
using LogView.Tests.Testing;

namespace LogView.Tests.Storage.Elastic.Client;

/// <summary>
/// What LogView makes of the version a cluster says. Of versions that cannot be run here, the nearest real server answers under their number; what else is different there is as their makers
/// document it.
/// </summary>
public abstract class Versions(ElasticServer server) : IAsyncLifetime
{
    private const string Stream = "logs-versions-test";

    private readonly TempFolder _folder = new();
    private long _sequence;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static StoreSearch All => new() { DataStreams = _ => true, Now = default };

    protected string Prefix { get; } = server.NextPrefix();

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

    private protected ElasticEventStore Open(VersionProxy proxy) =>
        new(server.Options(_folder.Path, Prefix) with { Nodes = [proxy.Address] }, DiskFileSystem.Instance, TimeProvider.System);

    /// <summary>Writes and finds, and gives the template that was made.</summary>
    private protected async Task<JsonObject> WriteAsync(string version)
    {
        await using VersionProxy proxy = await VersionProxy.StartAsync(server.Require(), version);
        await using ElasticEventStore store = Open(proxy);
        await store.WriteAsync([Event("""{"message":"hello","took":5}""")], Cancel);
        Assert.Equal("e1", await FoundAsync(store, "took: 5"));
        using RawCluster cluster = new(server.Require());
        JsonNode answer = JsonNode.Parse(await cluster.SendAsync(HttpMethod.Get, $"_index_template/logview-{Prefix}{Stream}"))!;
        return answer["index_templates"]![0]!["index_template"]!["template"]!.AsObject();
    }

    private protected async Task RefusesAsync(string version, string message)
    {
        await using VersionProxy proxy = await VersionProxy.StartAsync(server.Require(), version);
        await using ElasticEventStore store = Open(proxy);

        var error = await Assert.ThrowsAsync<ElasticException>(() => store.SearchAsync(All, null, Cancel));

        Assert.Equal(message, error.Message);
    }

    private protected LogEvent Event(string source)
    {
        long sequence = ++_sequence;
        return new LogEvent
        {
            Id = new EventId($"e{sequence}"), DataStream = DataStreamName.Parse(Stream), Timestamp = new Timestamp(1_793_491_200_000_000_000 + sequence), Sequence = sequence,
            Source = Encoding.UTF8.GetBytes(source),
        };
    }

    private protected static async Task<string> FoundAsync(ElasticEventStore store, string query)
    {
        SearchResult result = await store.SearchAsync(All with { Query = QueryParser.Parse(query).Node! }, null, Cancel);
        return string.Join(' ', result.Hits.Select(h => h.Event.Id.Value));
    }
}

[Collection("elasticsearch8")]
[Trait("Kind", "slow")]
public sealed class Elasticsearch8VersionTests(Elasticsearch8 server) : Versions(server)
{
    private readonly Elasticsearch8 _server = server;

    /// <summary>Elasticsearch 9 would keep data streams called like logs as <c>logsdb</c>, and since 9.1 what it refuses of them in a failure store.</summary>
    [Theory]
    [InlineData("8.14.3", false, false)]
    [InlineData("8.18.0", true, false)]
    [InlineData("8.19.21", true, true)]
    [InlineData("9.0.8", true, false)]
    [InlineData("9.1.0", true, true)]
    [InlineData("9.3.0-SNAPSHOT", true, true)]
    [InlineData("10.0.0", true, true)]
    public async Task Write_DefaultsOfNewerVersions_AreNotTaken(string version, bool saysMode, bool saysFailureStore)
    {
        JsonObject template = await WriteAsync(version);

        Assert.Equal(saysMode ? "standard" : null, template["settings"]!["index"]!["mode"]?.GetValue<string>());
        Assert.Equal(saysFailureStore ? false : null, template["data_stream_options"]?["failure_store"]!["enabled"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Write_RefusedAndKeptInAFailureStore_IsFoundAllTheSame()
    {
        using RawCluster cluster = new(_server.Require());
        await using VersionProxy proxy = await VersionProxy.StartAsync(_server.Require(), "9.1.0", keepsFailures: true);
        await using ElasticEventStore store = Open(proxy);
        await store.WriteAsync([Event("""{"n":1}""")], Cancel);
        await cluster.PutAsync($"{Prefix}logs-versions-test/_mapping", """{"properties":{"took":{"type":"long"}}}""");

        await store.WriteAsync([Event("""{"took":"slow"}"""), Event("""{"took":5}""")], Cancel);

        Assert.Equal("e3 e2 e1", await FoundAsync(store, "*"));
        Assert.Equal("e2", await FoundAsync(store, "took: slow"));
        Assert.Null(store.Health.PutAside);
    }

    [Fact]
    public Task Connect_TooOld_SaysWhatIsExpected() =>
        RefusesAsync("6.8.23", "The cluster is Elasticsearch 6.8.23: expected Elasticsearch 7.17 or newer, or OpenSearch 2 or newer");
}

[Collection("opensearch2")]
[Trait("Kind", "slow")]
public sealed class OpenSearch2VersionTests(OpenSearch2 server) : Versions(server)
{
    [Fact]
    public async Task Write_OpenSearch3_GetsNothingOfElasticsearchs()
    {
        JsonObject template = await WriteAsync("3.3.2");

        Assert.Null(template["settings"]!["index"]!["mode"]);
        Assert.Null(template["data_stream_options"]);
    }

    [Fact]
    public Task Connect_TooOld_SaysWhatIsExpected() =>
        RefusesAsync("1.3.20", "The cluster is OpenSearch 1.3.20: expected Elasticsearch 7.17 or newer, or OpenSearch 2 or newer");
}
