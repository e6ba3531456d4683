using System.Globalization;
using System.Text;
using System.Text.Json;
using LogView.Tests.Tail;
using LogView.Tests.Testing;

namespace LogView.Tests.Storage.Elastic;

/// <summary>The whole program over a cluster that others write to as well: its live tail gives what both write, each event once.</summary>
public abstract class OthersTail(ElasticServer server) : IAsyncLifetime
{
    private readonly string _prefix = server.NextPrefix();
    private RawCluster _cluster = null!;
    private TcpProxy _proxy = null!;
    private LogViewServer _logView = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _cluster = new RawCluster(server.Require());
        _proxy = new TcpProxy(server.Require().ToString());
        await _cluster.PutAsync(_prefix + "filebeat-1", """
            {"settings":{"number_of_shards":2},"mappings":{"properties":{"@timestamp":{"type":"date"},"message":{"type":"text"},"log":{"properties":{"level":{"type":"keyword"}}}}}}
            """);
        _logView = await LogViewServer.StartAsync(o => o with { Engine = "elastic", Cluster = server.Options("", _prefix) with { Nodes = [_proxy.Address] } });
    }

    public async ValueTask DisposeAsync()
    {
        await _logView.DisposeAsync();
        await _proxy.DisposeAsync();
        _cluster.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Tail_OthersAndOwn_GivesEachOnceToEachViewer()
    {
        await OthersWriteAsync(-90, "stored-1", "stored-2");
        await OwnWriteAsync("own-stored");
        using TailLineReader viewer = await TailLineReader.OpenAsync(_logView, "backfill=10");
        await viewer.MatchedAsync(3);
        using TailLineReader selective = await TailLineReader.OpenAsync(_logView, "q=slow");
        await selective.NextAsync();

        await OthersWriteAsync(-60, "slow-1", "slow-2");
        await OthersWriteAsync(60, "fast-1");
        await OwnWriteAsync("own-live");
        await viewer.MatchedAsync(7);
        await selective.MatchedAsync(2);

        Assert.Equal(["stored-1", "stored-2"], viewer.Ids.Take(2).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["fast-1", "own-live", "own-stored", "slow-1", "slow-2", "stored-1", "stored-2"], viewer.Ids.Order(StringComparer.Ordinal));
        Assert.Equal(["slow-1", "slow-2"], selective.Ids.Order(StringComparer.Ordinal));
        Assert.Equal(3, viewer.Count("backfilled"));
        Assert.Equal(1_000, viewer.Statuses[^1].GetProperty("others").GetProperty("intervalMs").GetInt64());
        Assert.DoesNotContain(viewer.Statuses, s => s.TryGetProperty("gap", out _));
    }

    [Fact]
    public async Task Tail_Position_ResumesWithoutLossOrRepeat()
    {
        using TailLineReader first = await TailLineReader.OpenAsync(_logView, "");
        await first.NextAsync();
        using TailLineReader stays = await TailLineReader.OpenAsync(_logView, "");
        await stays.NextAsync();
        await OthersWriteAsync(0, "a", "b");
        await OwnWriteAsync("c");
        await first.MatchedAsync(3);
        string position = first.Position;
        first.Dispose();
        await OthersWriteAsync(-30, "d", "e");
        await OwnWriteAsync("f");
        await stays.MatchedAsync(6);
        stays.Dispose();
        await OthersWriteAsync(30, "g");

        using TailLineReader second = await TailLineReader.OpenAsync(_logView, $"position={position}");
        await OthersWriteAsync(0, "h");
        await second.MatchedAsync(5);

        Assert.Equal(["d", "e", "f", "g", "h"], second.Ids.Order(StringComparer.Ordinal));
        Assert.DoesNotContain(second.Statuses, s => s.TryGetProperty("gap", out _));
    }

    [Fact]
    public async Task Tail_PositionFromBeforeARestart_ShowsALabelledGap()
    {
        using TailLineReader first = await TailLineReader.OpenAsync(_logView, "");
        await OthersWriteAsync(0, "a");
        await first.MatchedAsync(1);
        string position = first.Position;
        await _logView.RestartAsync();

        using TailLineReader second = await TailLineReader.OpenAsync(_logView, $"position={position}");
        await second.UntilAsync(r => r.Statuses.Exists(s => s.TryGetProperty("gap", out _)));
        await OthersWriteAsync(0, "b");
        await second.MatchedAsync(1);

        JsonElement gap = second.Statuses.First(s => s.TryGetProperty("gap", out _)).GetProperty("gap");
        Assert.Equal("LogView has not followed the events of others since then", gap.GetProperty("reason").GetString());
        Assert.Equal(["b"], second.Ids);
    }

    [Fact]
    public async Task Tail_ClusterAwayAndBack_SaysSoAndCatchesUp()
    {
        using TailLineReader reader = await TailLineReader.OpenAsync(_logView, "");
        await OthersWriteAsync(0, "before");
        await reader.MatchedAsync(1);

        _proxy.Cut(refuseNew: true);
        await OthersWriteAsync(-60, "meanwhile");
        await reader.UntilAsync(r => Trouble(r.Statuses[^1]) is not null);
        string? told = Trouble(reader.Statuses[^1]);
        _proxy.Repair();
        await reader.MatchedAsync(2);
        await reader.UntilAsync(r => Trouble(r.Statuses[^1]) is null);

        Assert.StartsWith("The cluster cannot be reached at", told, StringComparison.Ordinal);
        Assert.Equal(["before", "meanwhile"], reader.Ids);
        Assert.DoesNotContain(reader.Statuses, s => s.TryGetProperty("gap", out _));
    }

    private static string? Trouble(JsonElement status) =>
        status.TryGetProperty("others", out JsonElement others) && others.TryGetProperty("trouble", out JsonElement trouble) ? trouble.GetString() : null;

    private Task OthersWriteAsync(int clock, params string[] ids)
    {
        string now = TimeProvider.System.GetUtcNow().AddSeconds(clock).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        return _cluster.BulkAsync(_prefix + "filebeat-1", ids.Select(i => (i, $$"""{"@timestamp":"{{now}}","message":"{{i}} of others"}""")));
    }

    private async Task OwnWriteAsync(string id)
    {
        using StringContent body = new($$$"""{"create":{"_index":"logs-own-test","_id":"{{{id}}}"}}""" + "\n" + $$"""{"message":"{{id}} of LogView"}""" + "\n", Encoding.UTF8, "application/x-ndjson");
        using HttpResponseMessage response = await _logView.Elastic.PostAsync("/_bulk", body, Cancel);
        response.EnsureSuccessStatusCode();
    }
}

[Collection("elasticsearch8")]
[Trait("Kind", "slow")]
public sealed class Elasticsearch8OthersTailTests(Elasticsearch8 server) : OthersTail(server);

[Collection("opensearch2")]
[Trait("Kind", "slow")]
public sealed class OpenSearch2OthersTailTests(OpenSearch2 server) : OthersTail(server);

[Collection("elasticsearch7")]
[Trait("Kind", "slow")]
public sealed class Elasticsearch7OthersTailTests(Elasticsearch7 server) : OthersTail(server);
