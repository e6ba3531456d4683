using System.Globalization;
using System.Text.Json;
using LogView.Client.Contracts.Search;
using LogView.Server.Search;
using LogView.Server.Storage;
using LogView.Server.Storage.Elastic;
using LogView.Tests.Testing;

namespace LogView.Tests.Storage.Elastic;

/// <summary>Reading all hits page by page while others write, overwrite and delete: all that was there at the start, each once, as it was.</summary>
public abstract class Snapshots(ElasticServer server) : IAsyncLifetime
{
    /// <summary>One page of an export and some of the next.</summary>
    private const int Events = SearchLimits.ExportPage + 60;

    private readonly TempFolder _folder = new();
    private readonly string _prefix = server.NextPrefix();
    private ElasticEventStore _store = null!;
    private RawCluster _cluster = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static StoreSearch All => new() { DataStreams = _ => true, Now = default };

    private string Index => _prefix + "app";

    public async ValueTask InitializeAsync()
    {
        _cluster = new RawCluster(server.Require());
        _store = server.Open(_folder.Path, _prefix);
        await _cluster.PutAsync(Index, """{"settings":{"number_of_shards":2,"number_of_replicas":0},"mappings":{"properties":{"@timestamp":{"type":"date"},"message":{"type":"text"}}}}""");
        await _cluster.BulkAsync(Index, Enumerable.Range(0, Events).Select(i => ($"e{i}", Source(i))));
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _cluster.Dispose();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Export_OthersWriteBetweenPages_HasWhatWasThereOnce()
    {
        int before = await OpenContextsAsync();
        var export = new HitExport(_store, All, long.MaxValue);
        List<string> ids = [];
        await foreach (Hit hit in export.ReadAsync(Cancel))
        {
            if (ids.Count == 0)
            {
                // The first page is read: what it has comes again as the oldest, and what is to come goes, in one way or the other.
                await _cluster.PutAsync($"{Index}/_doc/e{Events - 1}", Source(-10));
                await _cluster.PutAsync($"{Index}/_doc/e0", Source(Events + 10));
                await _cluster.SendAsync(HttpMethod.Delete, $"{Index}/_doc/e1");
                await _cluster.BulkAsync(Index, [("new-old", Source(-11)), ("new-new", Source(Events + 11))]);
                Assert.True(await OpenContextsAsync() > before);
            }

            ids.Add(hit.Event.Id.Value);
        }

        Assert.Equal(Enumerable.Range(0, Events).Reverse().Select(i => $"e{i}"), ids);
        Assert.Empty(export.Notes);
        Assert.Equal(before, await OpenContextsAsync());
    }

    [Fact]
    public async Task Export_MomentIsLost_GoesOnByTheCursorAndSaysSo()
    {
        var export = new HitExport(_store, All, long.MaxValue);
        List<string> ids = [];
        await foreach (Hit hit in export.ReadAsync(Cancel))
        {
            if (ids.Count == 0)
            {
                await _cluster.SendAsync(HttpMethod.Post, $"{Index}/_close");
                await _cluster.SendAsync(HttpMethod.Post, $"{Index}/_open");
                await _cluster.SendAsync(HttpMethod.Get, $"_cluster/health/{Index}?wait_for_status=green");
            }

            ids.Add(hit.Event.Id.Value);
        }

        Assert.Equal(Enumerable.Range(0, Events).Reverse().Select(i => $"e{i}"), ids);
        Assert.Equal("snapshot_lost", Assert.Single(export.Notes).Code);
    }

    [Fact]
    public async Task Export_AbandonedHalfway_LetsGoOfTheMoment()
    {
        int before = await OpenContextsAsync();
        await foreach (Hit hit in new HitExport(_store, All, long.MaxValue).ReadAsync(Cancel))
        {
            break;
        }

        Assert.Equal(before, await OpenContextsAsync());
    }

    private async Task<int> OpenContextsAsync()
    {
        using JsonDocument stats = JsonDocument.Parse(await _cluster.SendAsync(HttpMethod.Get, "_nodes/stats/indices/search"));
        return stats.RootElement.GetProperty("nodes").EnumerateObject()
            .Sum(n => n.Value.GetProperty("indices").GetProperty("search").GetProperty("open_contexts").GetInt32());
    }

    private static string Source(int second)
    {
        DateTimeOffset time = new DateTimeOffset(2026, 11, 1, 10, 0, 0, TimeSpan.Zero).AddSeconds(second);
        return $$"""{"@timestamp":"{{time.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)}}","message":"one of many"}""";
    }
}

[Collection("elasticsearch8")]
[Trait("Kind", "slow")]
public sealed class Elasticsearch8SnapshotTests(Elasticsearch8 server) : Snapshots(server);

[Collection("opensearch2")]
[Trait("Kind", "slow")]
public sealed class OpenSearch2SnapshotTests(OpenSearch2 server) : Snapshots(server);

[Collection("elasticsearch7")]
[Trait("Kind", "slow")]
public sealed class Elasticsearch7SnapshotTests(Elasticsearch7 server) : Snapshots(server);
