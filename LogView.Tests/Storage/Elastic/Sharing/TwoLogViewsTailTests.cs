using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using LogView.Tests.Tail;
using LogView.Tests.Testing;

namespace LogView.Tests.Storage.Elastic.Sharing;

/// <summary>Two whole LogViews that write to one cluster: the live tail of each shows what both take in, each event once.</summary>
public abstract class TwoLogViewsTail(ElasticServer server) : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _prefix = server.NextPrefix();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Tail_BothWriteAtOnce_EachShowsEveryEventOnce()
    {
        await using LogViewServer seoul = await StartAsync();
        await WriteAsync(seoul.Client, "s-stored");
        using TailLineReader alone = await TailLineReader.OpenAsync(seoul, "backfill=10");
        await alone.MatchedAsync(1);
        Assert.False(alone.Statuses[^1].TryGetProperty("others", out _));

        await using LogViewServer busan = await StartAsync();
        await WriteAsync(busan.Client, "b-first", "b-second");
        await alone.MatchedAsync(3);
        using TailLineReader inBusan = await TailLineReader.OpenAsync(busan, "backfill=10");
        await inBusan.MatchedAsync(3);
        using TailLineReader selective = await TailLineReader.OpenAsync(busan, "q=even&backfill=10");
        await selective.NextAsync();
        await Task.WhenAll(WriteManyAsync(seoul.Client, "s"), WriteManyAsync(busan.Client, "b"));
        await WriteAsync(seoul.Client, "s-last");
        await WriteAsync(busan.Client, "b-last");
        await alone.MatchedAsync(105);
        await inBusan.MatchedAsync(105);
        await selective.MatchedAsync(50);

        string[] all = [.. Many("s"), .. Many("b"), "s-stored", "s-last", "b-first", "b-second", "b-last"];
        Assert.Equal(all.Order(StringComparer.Ordinal), alone.Ids.Order(StringComparer.Ordinal));
        Assert.Equal(all.Order(StringComparer.Ordinal), inBusan.Ids.Order(StringComparer.Ordinal));
        Assert.Equal(Many("s").Concat(Many("b")).Where((_, i) => i % 2 == 0).Order(StringComparer.Ordinal), selective.Ids.Order(StringComparer.Ordinal));
        Assert.Equal(1_000, alone.Statuses[^1].GetProperty("others").GetProperty("intervalMs").GetInt64());
        Assert.All((TailLineReader[])[alone, inBusan, selective], t => Assert.DoesNotContain(t.Statuses, s => s.TryGetProperty("gap", out _)));
    }

    [Fact]
    public async Task Tail_OneIsKilledAndComesBack_NothingIsLostOrRepeated()
    {
        await using LogViewServer seoul = await StartAsync();
        LogViewProcess busan = await StartProcessAsync();
        await WriteAsync(ClientOf(seoul, busan), "b-before");
        using TailLineReader inSeoul = await TailLineReader.OpenAsync(seoul, "backfill=10");
        await inSeoul.UntilAsync(r => r.Ids.Contains("b-before", StringComparer.Ordinal));
        using TailLineReader inBusan = await TailLineReader.OpenAsync(ClientOf(seoul, busan), "backfill=10");
        await WriteAsync(seoul.Client, "s-before");
        await inBusan.MatchedAsync(2);
        string position = inBusan.Position;

        await WriteManyAsync(ClientOf(seoul, busan), "b");
        await busan.KillAsync();
        await busan.DisposeAsync();
        await WriteAsync(seoul.Client, "s-meanwhile");
        busan = await StartProcessAsync();
        await using LogViewProcess _ = busan;
        // A shipper that does not know what arrived sends it again.
        await WriteManyAsync(ClientOf(seoul, busan), "b");
        await WriteAsync(ClientOf(seoul, busan), "b-after");
        using TailLineReader again = await TailLineReader.OpenAsync(ClientOf(seoul, busan), $"position={position}");
        using TailLineReader anew = await TailLineReader.OpenAsync(ClientOf(seoul, busan), "backfill=100");
        await anew.MatchedAsync(54);
        await again.UntilAsync(r => r.Ids.Contains("b-after", StringComparer.Ordinal));
        await WriteAsync(seoul.Client, "s-last");
        await WriteAsync(ClientOf(seoul, busan), "b-last");
        foreach (TailLineReader tail in (TailLineReader[])[inSeoul, again, anew])
        {
            await tail.UntilAsync(r => r.Ids.Contains("b-last", StringComparer.Ordinal) && r.Ids.Contains("s-last", StringComparer.Ordinal));
        }

        string[] all = [.. Many("b"), "b-before", "b-after", "b-last", "s-before", "s-meanwhile", "s-last"];
        Assert.Equal(all.Order(StringComparer.Ordinal), inSeoul.Ids.Order(StringComparer.Ordinal));
        Assert.Equal(all.Order(StringComparer.Ordinal), anew.Ids.Order(StringComparer.Ordinal));
        Assert.DoesNotContain(inSeoul.Statuses, s => s.TryGetProperty("gap", out JsonElement _));
        // What was sent to the cluster may have left the log, and the place among others' events ended with the process: a gap that is told, and no repeat.
        Assert.Contains(again.Statuses, s => s.TryGetProperty("gap", out JsonElement _));
        Assert.Distinct(again.Ids);
        Assert.Empty(again.Ids.Intersect(["b-before", "s-before"], StringComparer.Ordinal));
    }

    [Fact]
    public async Task Export_AnotherWroteMore_HasItsEventsToo()
    {
        await using LogViewServer seoul = await StartAsync(), busan = await StartAsync();
        await WriteAsync(seoul.Client, "s-only");
        await WriteManyAsync(busan.Client, "b");
        await WriteAsync(seoul.Client, "s-last");
        // Seoul waits for what itself accepted only; so this waits for Busan's, as long as Busan does, a few times on a busy machine.
        for (int i = 0, found = 0; i < 20 && found < 52; i++)
        {
            JsonElement searched = await busan.Client.GetFromJsonAsync<JsonElement>("/api/v1/search?size=0", Cancel);
            found = searched.GetProperty("total").GetProperty("value").GetInt32();
        }

        string exported = await seoul.Client.GetStringAsync("/api/v1/export?format=ndjson", Cancel);

        Assert.Equal(52, exported.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    private Task<LogViewServer> StartAsync() => LogViewServer.StartAsync(o => o with { Engine = "elastic", Cluster = server.Options("", _prefix) });

    private Task<LogViewProcess> StartProcessAsync() =>
        LogViewProcess.ServeAsync(_folder.Path, "--engine", "elastic", "--elastic-url", server.Require().ToString(), "--elastic-prefix", _prefix);

    private static HttpClient ClientOf(LogViewServer any, LogViewProcess process) => any.NewClient(process.Url, LogViewServer.AdminKey);

    private static IEnumerable<string> Many(string writer) => Enumerable.Range(0, 50).Select(i => string.Create(CultureInfo.InvariantCulture, $"{writer}-{i}"));

    private static async Task WriteManyAsync(HttpClient client, string writer)
    {
        foreach (string[] some in Many(writer).Chunk(5))
        {
            await WriteAsync(client, some);
        }
    }

    private static async Task WriteAsync(HttpClient client, params string[] ids)
    {
        string lines = string.Concat(ids.Select(id =>
            $$$"""{"create":{"_index":"logs-shop-test","_id":"{{{id}}}"}}""" + "\n" + $$"""{"message":"{{Parity(id)}} event {{id}}"}""" + "\n"));
        using StringContent body = new(lines, Encoding.UTF8, "application/x-ndjson");
        using HttpResponseMessage response = await client.PostAsync("/elastic/_bulk", body, Cancel);
        response.EnsureSuccessStatusCode();
    }

    private static string Parity(string id) => int.TryParse(id.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number % 2 == 0 ? "even" : "other";
}

[Collection("elasticsearch8")]
[Trait("Kind", "slow")]
public sealed class Elasticsearch8TwoLogViewsTailTests(Elasticsearch8 server) : TwoLogViewsTail(server);

[Collection("opensearch2")]
[Trait("Kind", "slow")]
public sealed class OpenSearch2TwoLogViewsTailTests(OpenSearch2 server) : TwoLogViewsTail(server);

[Collection("elasticsearch7")]
[Trait("Kind", "slow")]
public sealed class Elasticsearch7TwoLogViewsTailTests(Elasticsearch7 server) : TwoLogViewsTail(server);
