using CsCheck;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Language;
using LogView.Server.Storage;
using LogView.Server.Storage.Aggregations;
using LogView.Server.Storage.Embedded;
using LogView.Server.Storage.Memory;
using LogView.Tests.Platform;
using LogView.Tests.Testing;

namespace LogView.Tests.Storage.Embedded.Random;

/// <summary>Random events and searches: the embedded engine answers as the memory engine does, from heads, segments, merged segments and after reopening.</summary>
public sealed class EmbeddedEqualsMemoryTests
{
    private const int SearchesPerRound = 40;

    [Fact]
    public void Search_OfRandomEvents_AnswersAsMemory() =>
        Gen.Int[0, int.MaxValue].Sample(RoundAsync, seed: Seed.Value, iter: 40, threads: 1);

    [Fact]
    [Trait("Kind", "slow")]
    public void Search_OfRandomEvents_AnswersAsMemoryForLong() =>
        Gen.Int[0, int.MaxValue].Sample(RoundAsync, seed: Seed.Value, iter: 300, threads: 1);

    private static void RoundAsync(int seed) => RunAsync(seed).GetAwaiter().GetResult();

    private static async Task RunAsync(int seed)
    {
        var random = new System.Random(seed);
        var files = new FaultyFileSystem();
        await using var memory = new MemoryEventStore(new MemoryEngineOptions(), TimeProvider.System);
        EmbeddedEventStore embedded = Open(files);
        try
        {
            embedded = await FillAsync(random, memory, embedded, files);
            var searches = new RandomSearches(random);
            for (int i = 0; i < SearchesPerRound; i++)
            {
                await CompareAsync(memory, embedded, searches.Next());
            }
        }
        finally
        {
            await embedded.DisposeAsync();
        }
    }

    private static EmbeddedEventStore Open(FaultyFileSystem files) =>
        EmbeddedStores.Open("/data", o => o with { MaxSegmentEvents = 64 }, files);

    private static async Task<EmbeddedEventStore> FillAsync(System.Random random, MemoryEventStore memory, EmbeddedEventStore embedded, FaultyFileSystem files)
    {
        var events = new RandomEvents(random);
        for (int batches = 1 + random.Next(12); batches > 0; batches--)
        {
            LogEvent[] batch = [.. Enumerable.Range(0, 1 + random.Next(40)).Select(_ => events.Next())];
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
                    embedded = Open(files);
                    break;
            }
        }

        return embedded;
    }

    private static async Task CompareAsync(MemoryEventStore memory, EmbeddedEventStore embedded, StoreSearch search)
    {
        for (int page = 0; page < 4; page++)
        {
            (string expected, string? next) = await AskAsync(memory, search);
            (string actual, string? actualNext) = await AskAsync(embedded, search);
            Assert.True(
                expected == actual,
                $"{QueryPrinter.Print(search.Query)}\n{search.Query}\nsort {string.Join(',', search.Sort)} page {page}\nmemory   {expected}\nembedded {actual}");
            Assert.Equal(next, actualNext);
            if (next is null)
            {
                return;
            }

            search = search with { After = next };
        }
    }

    private static async Task<(string Text, string? Next)> AskAsync(IEventStore store, StoreSearch search)
    {
        try
        {
            SearchResult result = await store.SearchAsync(search, progress: null, CancellationToken.None);
            if (store is not MemoryEventStore)
            {
                // The second answer comes from what was kept of the first.
                SearchResult again = await store.SearchAsync(search, progress: null, CancellationToken.None);
                Assert.Equal(AnswerText.Of(result), AnswerText.Of(again));
            }

            return (AnswerText.Of(result), result.Next);
        }
        catch (TooManyBucketsException e)
        {
            return (e.Message, null);
        }
    }
}
