using System.Globalization;
using LogView.Client.Contracts.Events;
using LogView.Server.Storage;
using LogView.Server.Storage.Elastic;
using LogView.Server.Storage.Embedded;
using LogView.Server.Storage.Memory;
using LogView.Tests.Platform;
using LogView.Tests.Storage.Embedded;
using LogView.Tests.Storage.Embedded.Random;
using LogView.Tests.Testing;

namespace LogView.Tests.Storage.Elastic;

/// <summary>Random events and searches: a cluster and the embedded engine answer as the memory engine does, in hits, order, pages, counts and buckets.</summary>
public abstract class EnginesAreEqual(ElasticServer server, ITestOutputHelper output)
{
    private const int Rounds = 5;
    private const int SearchesPerRound = 40;

    [Fact]
    public async Task Search_OfRandomEvents_IsAnsweredTheSameByThreeEngines()
    {
        server.Require();
        int seed = int.TryParse(Seed.Value, CultureInfo.InvariantCulture, out int given) ? given : System.Random.Shared.Next();
        output.WriteLine($"LOGVIEW_SEED={seed}");
        for (int round = 0; round < Rounds; round++)
        {
            try
            {
                await RunAsync(unchecked(seed + round));
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"LOGVIEW_SEED={unchecked(seed + round)}: {e.Message}", e);
            }
        }
    }

    private async Task RunAsync(int seed)
    {
        var random = new System.Random(seed);
        using var folder = new TempFolder();
        await using var memory = new MemoryEventStore(new MemoryEngineOptions(), TimeProvider.System);
        await using EmbeddedEventStore embedded = EmbeddedStores.Open("/data", o => o with { MaxSegmentEvents = 64 }, new FaultyFileSystem());
        await using ElasticEventStore cluster = server.Open(folder.Path, server.NextPrefix());
        Func<LogEvent> next = random.Next(3) == 0 ? new RandomEvents(random) { RepeatEvery = 30 }.Next : new PlainEvents(random).Next;
        for (int batches = 1 + random.Next(3); batches > 0; batches--)
        {
            LogEvent[] batch = [.. Enumerable.Range(0, 1 + random.Next(60)).Select(_ => next())];
            foreach (IEventStore store in (IEventStore[])[memory, embedded, cluster])
            {
                await store.WriteAsync(batch, CancellationToken.None);
            }

            if (random.Next(2) == 0)
            {
                await embedded.SealAllAsync(CancellationToken.None);
            }
        }

        var searches = new RandomSearches(random);
        var others = new Dictionary<string, IEventStore>(StringComparer.Ordinal) { ["embedded"] = embedded, ["cluster"] = cluster };
        for (int i = 0; i < SearchesPerRound; i++)
        {
            await Answers.CompareAsync(memory, others, searches.Next(), asksTwice: false);
        }
    }
}

[Collection("elasticsearch8")]
[Trait("Kind", "slow")]
public sealed class Elasticsearch8EqualsOthersTests(Elasticsearch8 server, ITestOutputHelper output) : EnginesAreEqual(server, output);

[Collection("opensearch2")]
[Trait("Kind", "slow")]
public sealed class OpenSearch2EqualsOthersTests(OpenSearch2 server, ITestOutputHelper output) : EnginesAreEqual(server, output);

[Collection("elasticsearch7")]
[Trait("Kind", "slow")]
public sealed class Elasticsearch7EqualsOthersTests(Elasticsearch7 server, ITestOutputHelper output) : EnginesAreEqual(server, output);
