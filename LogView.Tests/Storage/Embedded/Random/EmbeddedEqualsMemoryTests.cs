using System.Globalization;
using CsCheck;
using LogView.Client.Contracts.Events;
using LogView.Server.Storage;
using LogView.Server.Storage.Embedded;
using LogView.Server.Storage.Memory;
using LogView.Tests.Platform;
using LogView.Tests.Testing;

namespace LogView.Tests.Storage.Embedded.Random;

/// <summary>Random events and searches: the embedded engine answers as the memory engine does, from heads, segments, merged segments and after reopening.</summary>
public sealed class EmbeddedEqualsMemoryTests(ITestOutputHelper output)
{
    private const int SearchesPerRound = 40;
    private const int LongRounds = 250;

    /// <summary>With a hundred events or more well above ten thousand in one store.</summary>
    private const int OwnFieldsOfWideRounds = 120;

    [Fact]
    public void Search_OfRandomEvents_AnswersAsMemory() =>
        Gen.Int[0, int.MaxValue].Sample(RoundAsync, seed: Seed.Value, iter: 40, threads: 1);

    /// <summary>10,000 searches of 250 stores; in some of them ten thousand fields and values of 1 MB.</summary>
    [Fact]
    [Trait("Kind", "slow")]
    public async Task Search_OfRandomEvents_AnswersAsMemoryTenThousandTimes()
    {
        int seed = int.TryParse(Seed.Value, CultureInfo.InvariantCulture, out int given) ? given : System.Random.Shared.Next();
        output.WriteLine($"LOGVIEW_SEED={seed}");
        for (int round = 0; round < LongRounds; round++)
        {
            try
            {
                await RunAsync(unchecked(seed + round), round % 50 == 49 ? OwnFieldsOfWideRounds : 0, largeEvery: round % 50 == 24 ? 40 : 0);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"LOGVIEW_SEED={seed}, round {round}: {e.Message}", e);
            }
        }

        output.WriteLine($"{LongRounds * SearchesPerRound} searches of {LongRounds} stores");
    }

    private static void RoundAsync(int seed) => RunAsync(seed, ownFields: 0, largeEvery: 0).GetAwaiter().GetResult();

    private static async Task RunAsync(int seed, int ownFields, int largeEvery)
    {
        var random = new System.Random(seed);
        var files = new FaultyFileSystem();
        await using var memory = new MemoryEventStore(new MemoryEngineOptions(), TimeProvider.System);
        Func<EmbeddedEventStore> open = () => Open(files, sealAtStop: seed % 2 == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(3));
        EmbeddedEventStore embedded = open();
        try
        {
            embedded = await FillAsync(random, new RandomEvents(random) { OwnFields = ownFields, LargeEvery = largeEvery, RepeatEvery = 30 }, memory, embedded, open);
            var searches = new RandomSearches(random);
            var others = new Dictionary<string, IEventStore>(StringComparer.Ordinal) { ["embedded"] = embedded };
            for (int i = 0; i < SearchesPerRound; i++)
            {
                await Answers.CompareAsync(memory, others, searches.Next(), asksTwice: true);
            }
        }
        finally
        {
            await embedded.DisposeAsync();
        }
    }

    private static EmbeddedEventStore Open(FaultyFileSystem files, TimeSpan sealAtStop) =>
        EmbeddedStores.Open("/data", o => o with { MaxSegmentEvents = 64, SealAtStop = sealAtStop }, files);

    private static async Task<EmbeddedEventStore> FillAsync(
        System.Random random, RandomEvents events, MemoryEventStore memory, EmbeddedEventStore embedded, Func<EmbeddedEventStore> open)
    {
        List<LogEvent> log = [];
        for (int batches = 1 + random.Next(12); batches > 0; batches--)
        {
            LogEvent[] batch = [.. Enumerable.Range(0, 1 + random.Next(40)).Select(_ => events.Next())];
            log.AddRange(batch);
            await memory.WriteAsync(batch, CancellationToken.None);
            await embedded.WriteAsync(batch, CancellationToken.None);
            switch (random.Next(5))
            {
                case 0:
                    await embedded.SealAllAsync(CancellationToken.None);
                    break;
                case 1:
                    await embedded.MaintainAsync(CancellationToken.None);
                    break;
                case 2:
                    await embedded.DisposeAsync();
                    embedded = open();
                    await ReplayAsync(log, embedded);
                    break;
            }
        }

        return embedded;
    }

    /// <summary>What stopping left to the write-ahead log, and some that is there already.</summary>
    private static Task ReplayAsync(List<LogEvent> log, EmbeddedEventStore embedded) =>
        embedded.WriteAsync([.. log.Where(e => e.Sequence > embedded.DurableSequence)], CancellationToken.None);
}
