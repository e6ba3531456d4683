using System.Globalization;
using LogView.Server.Platform;
using LogView.Server.Storage;
using LogView.Server.Storage.Elastic;
using LogView.Tests.Storage.Elastic.Retiring;
using LogView.Tests.Testing;

namespace LogView.Tests.Storage.Elastic.Following;

/// <summary>Numbers of a shard without a visible event: of one that is still being written while later ones are visible, of deleted and of overwritten ones.</summary>
public abstract class Holes(ElasticServer server) : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly string _prefix = server.NextPrefix();
    private readonly JumpingTime _clock = new();
    private RawCluster _cluster = null!;
    private HidingProxy _proxy = null!;
    private ElasticEventStore _store = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _cluster = new RawCluster(server.Require());
        _proxy = await HidingProxy.StartAsync(server.Require());
        await _cluster.PutAsync(_prefix + "app", """{"settings":{"number_of_shards":1},"mappings":{"properties":{"@timestamp":{"type":"date"}}}}""");
        _store = new ElasticEventStore(server.Options(_folder.Path, _prefix) with { Nodes = [_proxy.Address] }, DiskFileSystem.Instance, _clock);
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _proxy.DisposeAsync();
        _cluster.Dispose();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Read_EventVisibleAfterLaterOnes_IsGivenThen()
    {
        IOtherEventReader reader = await StartAsync();
        Hide("b", "d");
        await WriteAsync("a", "b", "c", "d", "e");
        Assert.Equal("a c e", await ReadAsync(reader));
        await WriteAsync("f");
        Assert.Equal("f", await ReadAsync(reader));

        Show("d");
        Assert.Equal("d", await ReadAsync(reader));
        Assert.Equal("", await ReadAsync(reader));
        Show("b");
        await WriteAsync("g");

        Assert.Equal("b g", await ReadAsync(reader));
        Assert.Equal("", await ReadAsync(reader));
    }

    [Fact]
    public async Task Read_EventBeingWrittenWhenTheTailBegins_IsGiven()
    {
        Hide("b");
        await WriteAsync("a", "b", "c");
        IOtherEventReader reader = await StartAsync();
        Assert.Equal("", await ReadAsync(reader));

        Show("b");

        Assert.Equal("b", await ReadAsync(reader));
        Assert.Equal("", await ReadAsync(reader));
    }

    [Fact]
    public async Task Read_NumbersOfDeletedAndOverwrittenEvents_HoldNothingUp()
    {
        IOtherEventReader reader = await StartAsync();
        await WriteAsync("a", "b", "c", "d");
        await _cluster.SendAsync(HttpMethod.Delete, $"{_prefix}app/_doc/b?refresh=true");
        await _cluster.PutAsync($"{_prefix}app/_doc/c?refresh=true", Source("c"));
        Assert.Equal("a d c", await ReadAsync(reader));

        await _cluster.PutAsync($"{_prefix}app/_doc/a?refresh=true", Source("a"));
        await _cluster.SendAsync(HttpMethod.Delete, $"{_prefix}app/_doc/d?refresh=true");
        await WriteAsync("e");

        Assert.Equal("e", await ReadAsync(reader));
        Assert.Equal("", await ReadAsync(reader));
        // Nobody asks for what will never be any more.
        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("", await ReadAsync(reader));
        Hide("f");
        await WriteAsync("f", "g");
        Assert.Equal("g", await ReadAsync(reader));
        Show("f");
        Assert.Equal("f", await ReadAsync(reader));
    }

    private async Task<IOtherEventReader> StartAsync()
    {
        IOtherEventReader reader = _store.Others!.Follow(new StoreSearch { DataStreams = _ => true, Now = default });
        Assert.Empty((await reader.ReadAsync(Cancel)).Events);
        return reader;
    }

    private void Hide(params string[] ids) => Array.ForEach(ids, id => _proxy.Hidden[id] = true);

    private void Show(string id) => _proxy.Hidden.TryRemove(id, out _);

    private static async Task<string> ReadAsync(IOtherEventReader reader)
    {
        OtherEventBatch batch = await reader.ReadAsync(Cancel);
        Assert.Null(batch.Missing);
        Assert.Null(batch.Trouble);
        Assert.False(batch.HasMore);
        return string.Join(' ', batch.Events.Select(e => e.Id.Value));
    }

    private Task WriteAsync(params string[] ids) => _cluster.BulkAsync(_prefix + "app", ids.Select(id => (id, Source(id))));

    /// <summary>All of one instant, so that their order is that of their numbers.</summary>
    private static string Source(string id) => string.Create(CultureInfo.InvariantCulture, $$"""{"@timestamp":"2026-11-22T05:00:00.000Z","message":"event {{id}}"}""");
}

[Collection("elasticsearch8")]
[Trait("Kind", "slow")]
public sealed class Elasticsearch8HolesTests(Elasticsearch8 server) : Holes(server);

[Collection("opensearch2")]
[Trait("Kind", "slow")]
public sealed class OpenSearch2HolesTests(OpenSearch2 server) : Holes(server);

[Collection("elasticsearch7")]
[Trait("Kind", "slow")]
public sealed class Elasticsearch7HolesTests(Elasticsearch7 server) : Holes(server);
