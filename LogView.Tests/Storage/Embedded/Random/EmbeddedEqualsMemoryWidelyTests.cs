using System.Globalization;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Server.Storage;
using LogView.Server.Storage.Embedded;
using LogView.Server.Storage.Memory;
using LogView.Tests.Platform;
using LogView.Tests.Testing;

namespace LogView.Tests.Storage.Embedded.Random;

/// <summary>
/// Larger stores and wider searches than <see cref="EmbeddedEqualsMemoryTests"/>, and everything else a store is asked: the events themselves, single ids,
/// fields, data streams, deletion. More stores with <c>LOGVIEW_RANDOM_STORES</c>.
/// </summary>
public sealed class EmbeddedEqualsMemoryWidelyTests(ITestOutputHelper output)
{
    private const int DefaultStores = 12;
    private const int SearchesPerStore = 60;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static int Stores =>
        int.TryParse(Environment.GetEnvironmentVariable("LOGVIEW_RANDOM_STORES"), CultureInfo.InvariantCulture, out int stores) ? stores : DefaultStores;

    [Fact]
    [Trait("Kind", "slow")]
    public async Task Store_OfManyEvents_AnswersAsMemory()
    {
        int seed = int.TryParse(Seed.Value, CultureInfo.InvariantCulture, out int given) ? given : System.Random.Shared.Next();
        output.WriteLine($"LOGVIEW_SEED={seed}");
        for (int store = 0; store < Stores; store++)
        {
            try
            {
                await RunAsync(new System.Random(unchecked(seed + store)));
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"LOGVIEW_SEED={unchecked(seed + store)}: {e.Message}", e);
            }
        }

        output.WriteLine($"{Stores * SearchesPerStore} searches of {Stores} stores");
    }

    private static async Task RunAsync(System.Random random)
    {
        var files = new FaultyFileSystem();
        int most = new[] { 16, 100, 300, 1_000, 5_000 }[random.Next(5)];
        Func<EmbeddedEventStore> open = () => EmbeddedStores.Open("/data", o => o with { MaxSegmentEvents = most, MinMergedSegments = 3, SealAfter = TimeSpan.Zero }, files);
        await using var memory = new MemoryEventStore(new MemoryEngineOptions(), TimeProvider.System);
        List<LogEvent> log = [];
        EmbeddedEventStore embedded = open();
        try
        {
            embedded = await FillAsync(random, memory, embedded, open, log);
            await CompareAllAsync(memory, embedded, log);
            var searches = new WideSearches(random, log);
            var others = new Dictionary<string, IEventStore>(StringComparer.Ordinal) { ["embedded"] = embedded };
            for (int i = 0; i < SearchesPerStore; i++)
            {
                await Answers.CompareAsync(memory, others, searches.Next(), asksTwice: true);
            }

            Assert.True(embedded.Health.IsGood, string.Join("; ", embedded.Health.Damage));
        }
        finally
        {
            await embedded.DisposeAsync();
        }
    }

    private static async Task<EmbeddedEventStore> FillAsync(
        System.Random random, MemoryEventStore memory, EmbeddedEventStore embedded, Func<EmbeddedEventStore> open, List<LogEvent> log)
    {
        var events = new WideEvents(random);
        for (int batches = 2 + random.Next(8); batches > 0; batches--)
        {
            LogEvent[] batch = [.. Enumerable.Range(0, 1 + random.Next(random.Next(3) == 0 ? 600 : 150)).Select(_ => events.Next())];
            log.AddRange(batch);
            await memory.WriteAsync(batch, Cancel);
            await embedded.WriteAsync(batch, Cancel);
            switch (random.Next(7))
            {
                case 0:
                    await embedded.SealAllAsync(Cancel);
                    break;
                case 1:
                    await embedded.MaintainAsync(Cancel);
                    break;
                case 2 or 3:
                    await (random.Next(2) == 0 ? embedded.DisposeAsync().AsTask() : embedded.AbandonAsync());
                    embedded = open();
                    await embedded.WriteAsync([.. log.Where(e => e.Sequence > embedded.DurableSequence)], Cancel);
                    break;
                case 4 when random.Next(3) == 0:
                    DataStreamName gone = batch[0].DataStream;
                    Assert.Equal(await memory.DeleteDataStreamAsync(gone, Cancel), await embedded.DeleteDataStreamAsync(gone, Cancel));
                    break;
            }
        }

        return embedded;
    }

    private static async Task CompareAllAsync(MemoryEventStore memory, EmbeddedEventStore embedded, List<LogEvent> log)
    {
        var all = new StoreSearch { DataStreams = _ => true, Now = default, Size = 100_000 };
        SearchResult expected = await memory.SearchAsync(all, progress: null, Cancel), actual = await embedded.SearchAsync(all, progress: null, Cancel);
        Assert.Equal(expected.Hits.Select(h => Line(h.Event)), actual.Hits.Select(h => Line(h.Event)));
        Assert.Equal(await FieldsAsync(memory, all), await FieldsAsync(embedded, all));
        Assert.Equal(await StreamsAsync(memory), await StreamsAsync(embedded));
        foreach (IGrouping<DataStreamName, LogEvent> stream in log.GroupBy(e => e.DataStream))
        {
            EventId[] ids = [.. stream.Select(e => e.Id), new EventId("none"), .. log.Where(e => e.DataStream != stream.Key).Take(50).Select(e => e.Id)];
            Assert.Equal(await FoundAsync(memory, stream.Key, ids), await FoundAsync(embedded, stream.Key, ids));
        }
    }

    private static string Line(LogEvent e) => Golden.GoldenStore.Line(e);

    private static async Task<string> FieldsAsync(IEventStore store, StoreSearch search)
    {
        FieldList list = await store.ListFieldsAsync(search, 500, Cancel);
        return $"{list.SampledEvents} {list.IsSample} {string.Join('\n', list.Fields)}";
    }

    private static async Task<IEnumerable<(DataStreamName Name, long Events, Timestamp? Oldest, Timestamp? Newest)>> StreamsAsync(IEventStore store) =>
        (await store.ListDataStreamsAsync(Cancel)).Select(s => (s.Name, s.Events, s.Oldest, s.Newest));

    private static async Task<IEnumerable<string>> FoundAsync(IEventStore store, DataStreamName stream, EventId[] ids) =>
        (await store.FindAsync(stream, ids, Cancel)).Values.Select(Line).Order(StringComparer.Ordinal);
}
