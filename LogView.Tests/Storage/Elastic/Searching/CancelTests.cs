using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using LogView.Tests.Testing;

namespace LogView.Tests.Storage.Elastic.Searching;

/// <summary>Who leaves a search ends its work on the cluster too: the cluster's task list is asked.</summary>
public abstract class Cancelling(ElasticServer server) : IAsyncLifetime
{
    private const int Events = 60_000;
    private const int Clauses = 600;

    /// <summary>Tries, of which the best counts.</summary>
    private const int Rounds = 4;

    /// <summary>From leaving until the task is gone.</summary>
    private static readonly TimeSpan Promised = TimeSpan.FromMilliseconds(500) * Crowding();

    private readonly string _prefix = server.NextPrefix();
    private RawCluster _cluster = null!;
    private LogViewServer _logView = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _cluster = new RawCluster(server.Require());
        await _cluster.PutAsync(_prefix + "app", """{"settings":{"number_of_shards":1},"mappings":{"properties":{"@timestamp":{"type":"date"},"code":{"type":"keyword"}}}}""");
        var random = new System.Random(7);
        foreach (int[] part in Enumerable.Range(0, Events).Chunk(5_000))
        {
            await _cluster.BulkAsync(_prefix + "app", part.Select(i => ($"e{i}", $$"""{"@timestamp":"2026-11-01T10:00:00Z","code":"{{Letters(random, 60)}}"}""")));
        }

        _logView = await LogViewServer.StartAsync(o => o with { Engine = "elastic", Cluster = server.Options("", _prefix) });
    }

    public async ValueTask DisposeAsync()
    {
        await _logView.DisposeAsync();
        _cluster.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Search_RequestClosed_EndsOnTheClusterWithinHalfASecond()
    {
        TimeSpan best = TimeSpan.MaxValue;
        for (int round = 0; round < Rounds && best > Promised; round++)
        {
            using var leave = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            Task<HttpResponseMessage> asking = _logView.Client.PostAsJsonAsync("/api/v1/search", new { query = SlowQuery(round), size = 10 }, leave.Token);
            while (!await IsRunningAsync())
            {
                Assert.False(asking.IsCompleted, "The search was not slow enough to be seen");
            }

            long left = Stopwatch.GetTimestamp();
            await leave.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
            while (await IsRunningAsync())
            {
                Assert.True(Stopwatch.GetElapsedTime(left) < TimeSpan.FromSeconds(30), "The search runs on");
            }

            TimeSpan took = Stopwatch.GetElapsedTime(left);
            best = took < best ? took : best;
            TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Ended after {took.TotalMilliseconds:0} ms"));
        }

        Assert.True(best <= Promised, $"The search ran on for {best}");
    }

    /// <summary>How many want each processor now, at least 1: what else runs on the machine makes the cluster and LogView wait in turn.</summary>
    private static double Crowding() =>
        Math.Max(1, double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture) / Environment.ProcessorCount);

    /// <summary>
    /// Patterns that every value has to be looked through for; other ones in each round, so that nothing is remembered. Simple ones: while a cluster prepares a pattern it
    /// does not look whether it is still wanted.
    /// </summary>
    private static string SlowQuery(int round)
    {
        var random = new System.Random(round);
        return string.Join(" or ", Enumerable.Range(0, Clauses).Select(_ => $"code: *{Letters(random, 6)}*"));
    }

    private static string Letters(System.Random random, int length) => string.Create(length, random, (text, r) =>
    {
        for (int i = 0; i < text.Length; i++)
        {
            text[i] = (char)('a' + r.Next(26));
        }
    });

    private async Task<bool> IsRunningAsync()
    {
        using JsonDocument list = JsonDocument.Parse(await _cluster.SendAsync(HttpMethod.Get, "_tasks?actions=*search*&detailed"));
        return list.RootElement.GetProperty("nodes").EnumerateObject().SelectMany(n => n.Value.GetProperty("tasks").EnumerateObject())
            .Any(t => t.Value.GetProperty("description").GetString()?.Contains(_prefix, StringComparison.Ordinal) is true);
    }
}

[Collection("elasticsearch8")]
[Trait("Kind", "slow")]
public sealed class Elasticsearch8CancelTests(Elasticsearch8 server) : Cancelling(server);

[Collection("opensearch2")]
[Trait("Kind", "slow")]
public sealed class OpenSearch2CancelTests(OpenSearch2 server) : Cancelling(server);

[Collection("elasticsearch7")]
[Trait("Kind", "slow")]
public sealed class Elasticsearch7CancelTests(Elasticsearch7 server) : Cancelling(server);
