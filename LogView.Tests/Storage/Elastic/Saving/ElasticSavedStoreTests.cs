using System.Text.Json.Nodes;
using LogView.Client.Contracts.Saved;
using LogView.Server.Saved;
using LogView.Server.Storage.Elastic;
using LogView.Server.Storage.Elastic.Client;
using LogView.Server.Storage.Elastic.Saving;
using LogView.Tests.Tail;
using LogView.Tests.Testing;

namespace LogView.Tests.Storage.Elastic.Saving;

/// <summary>The index of saved objects: made and raised by LogView, refused when it is another's or newer, and what is said when the cluster is away.</summary>
public abstract class ElasticSavedStore(ElasticServer server) : IAsyncLifetime
{
    /// <summary>Looks at a document until it is there: each look is a request.</summary>
    private const int MaxLooks = 2_000;

    private readonly string _prefix = server.NextPrefix();
    private readonly List<ElasticClient> _clients = [];
    private RawCluster _cluster = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Alias => $".logview-{_prefix}saved";

    public ValueTask InitializeAsync()
    {
        _cluster = new RawCluster(server.Require());
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _clients.ForEach(c => c.Dispose());
        _cluster?.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Read_NothingSavedYet_MakesNoIndex()
    {
        ElasticSavedObjectStore store = Open();

        Assert.Empty(await store.ListAsync(SavedKinds.View, Stop));
        Assert.Equal(0, await store.CountAsync(SavedKinds.View, Stop));
        Assert.Null(await store.FindAsync(SavedKinds.View, "0000000001", Stop));
        Assert.False(await store.DeleteAsync(SavedKinds.View, "0000000001", "0-1", Stop));
        Assert.DoesNotContain(Alias, await _cluster.SendAsync(HttpMethod.Get, "_aliases"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Index_MadeByTheFirstSave_IsHiddenStrictAndNoLogData()
    {
        using TempFolder folder = new();
        await Open().InsertAsync(Some("0000000001"), Stop);

        JsonNode made = JsonNode.Parse(await _cluster.SendAsync(HttpMethod.Get, Alias))![$"{Alias}-1"]!;
        Assert.Equal("true", (string)made["settings"]!["index"]!["hidden"]!);
        Assert.Equal("strict", (string)made["mappings"]!["dynamic"]!);
        Assert.False((bool)made["mappings"]!["properties"]!["content"]!["index"]!);
        await using ElasticEventStore events = server.Open(folder.Path, "");
        Assert.DoesNotContain(await events.ListDataStreamsAsync(Stop), d => d.Name.Value.Contains("saved", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Save_ManyAtOnceIntoAnEmptyCluster_MakesOneIndexAndKeepsAll()
    {
        SavedObject?[] made = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Open().InsertAsync(Some($"000000000{i}"), Stop)));

        Assert.Equal(6, made.OfType<SavedObject>().Count());
        Assert.Equal(6, (await Open().ListAsync(SavedKinds.View, Stop)).Count);
    }

    [Fact]
    public async Task Save_ConcurrentCreateOfOneId_LetsOneWin()
    {
        SavedObject?[] made = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Open().InsertAsync(Some("0000000001") with { Name = $"writer {i}" }, Stop)));

        Assert.Equal(Assert.Single(made.OfType<SavedObject>()), await Open().FindAsync(SavedKinds.View, "0000000001", Stop));
    }

    [Fact]
    public async Task Save_IndexDeletedMeanwhile_MakesItAgainAsItWas()
    {
        ElasticSavedObjectStore store = Open();
        SavedObject first = (await store.InsertAsync(Some("0000000001"), Stop))!;
        await _cluster.SendAsync(HttpMethod.Delete, $"{Alias}-1");

        Assert.Null(await store.ReplaceAsync(first, Stop));
        Assert.Empty(await store.ListAsync(SavedKinds.View, Stop));
        Assert.NotNull(await store.InsertAsync(Some("0000000002"), Stop));
        Assert.Contains("\"strict\"", await _cluster.SendAsync(HttpMethod.Get, $"{Alias}-1/_mapping"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Save_NoAnswerButWritten_IsKnownAsOwnWorkAndDoneOnce()
    {
        await using TcpProxy proxy = new(server.Require().ToString());
        ElasticSavedObjectStore cut = Open(proxy.Address), direct = Open();
        SavedObject first = (await cut.InsertAsync(Some("0000000001"), Stop))!;

        SavedObject second = await CutOffAsync(() => cut.InsertAsync(Some("0000000002"), Stop), "0000000002", s => s is not null);
        SavedObject changed = await CutOffAsync(() => cut.ReplaceAsync(first with { Name = "new" }, Stop), first.Id, s => s!.Name is "new");

        Assert.Equal(second, await direct.FindAsync(SavedKinds.View, second.Id, Stop));
        Assert.Equal(changed, await direct.FindAsync(SavedKinds.View, first.Id, Stop));

        async Task<SavedObject> CutOffAsync(Func<Task<SavedObject?>> write, string id, Func<SavedObject?, bool> isWritten)
        {
            proxy.Stall();
            Task<SavedObject?> writing = write();
            int looks = 0;
            while (!isWritten(await direct.FindAsync(SavedKinds.View, id, Stop)))
            {
                Assert.True(++looks < MaxLooks);
            }

            proxy.Cut();
            proxy.Unstall();
            return (await writing)!;
        }
    }

    [Fact]
    public async Task Index_OfAnOlderLogView_IsRaised()
    {
        await _cluster.PutAsync($"{Alias}-1", IndexBody(
            """ "dynamic":"strict","_meta":{"logview_saved":{"schema":0}},"properties":{"kind":{"type":"keyword"},"id":{"type":"keyword"}} """));

        SavedObject made = (await Open().InsertAsync(Some("0000000001"), Stop))!;

        Assert.Equal([made], await Open().ListAsync(SavedKinds.View, Stop));
        Assert.Contains("\"schema\":1", await _cluster.SendAsync(HttpMethod.Get, $"{Alias}/_mapping"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"_meta\":{\"logview_saved\":{\"schema\":2}},", "was written by a newer LogView (version 2, this one knows 1): update this LogView")]
    [InlineData("", "is not LogView's: rename or delete it, or choose another --elastic-prefix")]
    public async Task Index_NewerOrNotLogViews_IsRefused(string meta, string expected)
    {
        await _cluster.PutAsync($"{Alias}-1", IndexBody($"{meta}\"properties\":{{}}"));
        ElasticSavedObjectStore store = Open();

        Assert.EndsWith(expected, await ProblemAsync(() => store.ListAsync(SavedKinds.View, Stop)), StringComparison.Ordinal);
        Assert.EndsWith(expected, await ProblemAsync(() => store.InsertAsync(Some("0000000001"), Stop)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Index_WithoutItsAlias_IsExplained()
    {
        await _cluster.PutAsync($"{Alias}-1", "{}");

        Assert.Contains($"without its alias {Alias}: add that alias", await ProblemAsync(() => Open().InsertAsync(Some("0000000001"), Stop)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Document_OfANewerLogViewOrSpoiled_IsRefusedNotOverwritten()
    {
        ElasticSavedObjectStore store = Open();
        await store.InsertAsync(Some("0000000001"), Stop);
        await _cluster.PutAsync($"{Alias}/_doc/view-0000000002?refresh=true", """{"kind":"view","id":"0000000002","schema":2}""");
        await _cluster.PutAsync($"{Alias}/_doc/link-0000000003?refresh=true", """{"kind":"link","id":"0000000003","schema":1}""");

        Assert.Contains("written by a newer LogView", await ProblemAsync(() => store.FindAsync(SavedKinds.View, "0000000002", Stop)), StringComparison.Ordinal);
        Assert.Contains("written by a newer LogView", await ProblemAsync(() => store.ListAsync(SavedKinds.View, Stop)), StringComparison.Ordinal);
        Assert.Contains("is not as LogView wrote it", await ProblemAsync(() => store.FindAsync(SavedKinds.Link, "0000000003", Stop)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cluster_AwayOrReadOnly_IsASentenceForPeople()
    {
        await using TcpProxy proxy = new(server.Require().ToString());
        ElasticSavedObjectStore store = Open(proxy.Address);
        SavedObject made = (await store.InsertAsync(Some("0000000001"), Stop))!;
        proxy.Cut(refuseNew: true);

        string away = await ProblemAsync(() => store.ListAsync(SavedKinds.View, Stop));

        Assert.StartsWith($"What is saved is kept on the cluster. The cluster cannot be reached at {proxy.Address.Authority}", away, StringComparison.Ordinal);
        proxy.Repair();
        Assert.Equal([made], await store.ListAsync(SavedKinds.View, Stop));
        await _cluster.PutAsync($"{Alias}-1/_settings", """{"index.blocks.read_only_allow_delete":true}""");
        Assert.EndsWith("then save again", await ProblemAsync(() => store.ReplaceAsync(made with { Name = "new" }, Stop)), StringComparison.Ordinal);
        Assert.Equal([made], await store.ListAsync(SavedKinds.View, Stop));
    }

    private static async Task<string> ProblemAsync(Func<Task> work) => (await Assert.ThrowsAsync<SavedStoreException>(work)).Message;

    private string IndexBody(string mappings) => $"{{\"aliases\":{{\"{Alias}\":{{}}}},\"mappings\":{{{mappings}}}}}";

    private ElasticSavedObjectStore Open(Uri? through = null)
    {
        ElasticEngineOptions options = server.Options("", _prefix);
        ElasticClient client = new(options with { Nodes = [through ?? options.Nodes[0]] }, TimeProvider.System);
        _clients.Add(client);
        return new ElasticSavedObjectStore(client, _prefix);
    }

    private static SavedObject Some(string id) =>
        new(id, SavedKinds.View, "errors", "lee", SavedAccess.View, """{"a":1}""", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, "lee", "");
}

[Collection("elasticsearch8")]
[Trait("Kind", "slow")]
public sealed class Elasticsearch8SavedStoreTests(Elasticsearch8 server) : ElasticSavedStore(server);

[Collection("opensearch2")]
[Trait("Kind", "slow")]
public sealed class OpenSearch2SavedStoreTests(OpenSearch2 server) : ElasticSavedStore(server);

[Collection("elasticsearch7")]
[Trait("Kind", "slow")]
public sealed class Elasticsearch7SavedStoreTests(Elasticsearch7 server) : ElasticSavedStore(server);
