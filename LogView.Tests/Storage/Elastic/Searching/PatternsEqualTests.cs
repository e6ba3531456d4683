using System.Globalization;
using System.Text.Json;
using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Server.Search;
using LogView.Server.Storage;
using LogView.Server.Storage.Memory;
using LogView.Tests.Conformance;
using LogView.Tests.Search;
using LogView.Tests.Testing;
using Microsoft.Extensions.Time.Testing;

namespace LogView.Tests.Storage.Elastic.Searching;

/// <summary>Patterns and what changed, over the same random events on a cluster and in memory: the same answer, but for how long it took.</summary>
public abstract class PatternsEqual(ElasticServer server, ITestOutputHelper output) : StoreHarness
{
    private static readonly Viewer Anyone = new("ann", Rights.Search, ["*"]);
    private static readonly string[] Hosts = ["web-1", "web-2", "db-1", "주문-1"];

    private readonly TempFolder _folder = new();
    private readonly int _seed = Seed.Value is { } seed ? int.Parse(seed, CultureInfo.InvariantCulture) : Random.Shared.Next();

    protected override Task<IEventStore> OpenAsync() => Task.FromResult<IEventStore>(server.Open(_folder.Path, server.NextPrefix()));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Patterns_OfACluster_AreThoseOfMemory()
    {
        output.WriteLine($"LOGVIEW_SEED={_seed}");
        var random = new Random(_seed);
        await using var memory = new MemoryEventStore(new MemoryEngineOptions(), TimeProvider.System);
        foreach (LogEvent[] batch in Enumerable.Range(0, 6_000).Select(_ => Next(random)).Chunk(2_000))
        {
            await WriteAsync(batch);
            await memory.WriteAsync(batch, Cancel);
        }

        SearchRequest hour = new() { From = "now-1h", To = "now" };
        PatternRequest[] requests =
        [
            new(hour), new(new SearchRequest()), new(hour) { WithBefore = true }, new(hour) { Sample = 700, Buckets = 12 }, new(hour) { Sample = 500, WithBefore = true },
            new(hour with { Query = "log.level: error" }) { WithBefore = true }, new(hour with { Query = "took" }) { Size = 2 },
            new(hour with { Query = "message: /order [0-9]+ .*/" }), new(hour with { DataStream = "logs-b-*" }) { WithBefore = true, Buckets = 1 },
            new(hour) { Field = "host.name" }, new(hour) { Field = "code" }, new(hour with { Query = "code >= 500" }) { WithBefore = true },
        ];
        foreach (PatternRequest request in requests)
        {
            Assert.Equal(await AskAsync(memory, request), await AskAsync(Store, request));
        }
    }

    [Fact]
    public async Task Patterns_AsAFilter_FindOnAClusterWhatWasCounted()
    {
        output.WriteLine($"LOGVIEW_SEED={_seed}");
        var random = new Random(_seed);
        await WriteAsync([.. Enumerable.Range(0, 2_000).Select(_ => Next(random))]);
        SearchRequest within = new() { From = "now-3h", To = "now" };
        PatternList found = (await Service(Store).PatternsAsync(new PatternRequest(within), Anyone, null, Cancel)).Result!;

        Assert.NotEmpty(found.Patterns);
        foreach (MessagePattern pattern in found.Patterns)
        {
            foreach (bool negate in (bool[])[false, true])
            {
                SearchOutcome filtered = await Service(Store).SearchAsync(
                    within with { Size = 0, Filters = [new SearchFilter { Field = "message", Pattern = pattern.Template, Negate = negate }] }, Anyone, null, Cancel);
                Assert.Equal(negate ? found.Total - pattern.Finds : pattern.Finds, filtered.Result!.Total!.Value.Value);
            }
        }
    }

    private static SearchService Service(IEventStore store)
    {
        var log = new FakeLog { DurableSequence = 1_000_000, IndexedSequence = 1_000_000 };
        return new SearchService(store, log, new ReadYourWrites(log, log), new FakeTimeProvider(Now.ToDateTimeOffset()));
    }

    private static async Task<string> AskAsync(IEventStore store, PatternRequest request)
    {
        PatternOutcome outcome = await Service(store).PatternsAsync(request, Anyone, null, Cancel);
        Assert.Null(outcome.Problem);
        PatternList list = outcome.Result!;
        IEnumerable<string> lines =
        [
            $"{list.Status} {list.Events} {list.EventsBefore} {list.Total} {list.TotalBefore} {list.IsSample} {list.WithoutText} {list.Others}",
            .. list.Patterns.Select(p => $"{p.Template} {p.Count} {p.Before} {p.Finds} [{string.Join(',', p.Trend)}] {p.Example}"),
            .. list.Values.Select(v => $"{v.Field}={v.Value} {v.Count} {v.Before}"),
            .. list.Buckets.Select(b => $"{b.From} {b.To}"),
            .. list.Notes.Select(n => $"{n.Code}: {n.Message}"),
        ];
        return string.Join('\n', lines);
    }

    /// <summary>Over three hours, many at one instant; the newest hour has more errors, and a pattern and a host that are new.</summary>
    private LogEvent Next(Random random)
    {
        Timestamp time = random.Next(4) == 0 ? Now.Add(TimeSpan.FromMinutes(-10 * random.Next(18))) : Now.Add(TimeSpan.FromMilliseconds(-random.Next(10_800_000)));
        bool isNew = time > Now.Add(TimeSpan.FromHours(-1));
        int number = random.Next(1_000);
        string message = random.Next(isNew ? 9 : 7) switch
        {
            0 or 1 or 2 => $"order {number} took {number * 7} ms",
            3 => $"connection of {Hosts[number % 4]} refused",
            4 => $"주문 {number} 완료 \"따옴표\"",
            5 => $"user {Guid.NewGuid():N} signed in from 10.0.0.{number % 250}",
            6 => $"java.lang.IllegalStateException: step {number % 3}\n\tat shop.Cart.pay(Cart.java:{number})",
            _ => $"payment {number} declined by bank",
        };
        Dictionary<string, object> source = new() { ["log.level"] = random.Next(isNew ? 3 : 9) == 0 ? "error" : "info", ["host.name"] = Hosts[random.Next(isNew ? 4 : 3)], ["code"] = 200 + 100 * random.Next(4) };
        switch (random.Next(12))
        {
            case 0:
                break;
            case 1:
                source["message"] = number;
                break;
            default:
                source["message"] = message;
                break;
        }

        return Event(time, JsonSerializer.Serialize(source), stream: random.Next(3) == 0 ? "logs-b-test" : "logs-a-test");
    }
}

[Collection("elasticsearch8")]
[Trait("Kind", "slow")]
public sealed class Elasticsearch8PatternsEqualTests(Elasticsearch8 server, ITestOutputHelper output) : PatternsEqual(server, output);

[Collection("opensearch2")]
[Trait("Kind", "slow")]
public sealed class OpenSearch2PatternsEqualTests(OpenSearch2 server, ITestOutputHelper output) : PatternsEqual(server, output);

[Collection("elasticsearch7")]
[Trait("Kind", "slow")]
public sealed class Elasticsearch7PatternsEqualTests(Elasticsearch7 server, ITestOutputHelper output) : PatternsEqual(server, output);
