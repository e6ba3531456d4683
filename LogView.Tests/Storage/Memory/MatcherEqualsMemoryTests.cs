using CsCheck;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Language;
using LogView.Server.Storage;
using LogView.Server.Storage.Memory;
using LogView.Tests.Storage.Embedded.Random;
using LogView.Tests.Testing;

namespace LogView.Tests.Storage.Memory;

/// <summary>Random events and queries: what the tail and rules match one by one is what a search of the memory engine finds.</summary>
public sealed class MatcherEqualsMemoryTests
{
    private const int Events = 200;
    private const int Searches = 50;

    [Fact]
    public void Match_RandomEventsAndQueries_FindsWhatASearchFinds() =>
        Gen.Int[0, int.MaxValue].Sample(seed => RoundAsync(seed).GetAwaiter().GetResult(), seed: Seed.Value, iter: 40, threads: 1);

    private static async Task RoundAsync(int seed)
    {
        var random = new System.Random(seed);
        var events = new RandomEvents(random);
        LogEvent[] all = [.. Enumerable.Range(0, Events).Select(_ => events.Next())];
        await using var memory = new MemoryEventStore(new MemoryEngineOptions(), TimeProvider.System);
        await memory.WriteAsync(all, CancellationToken.None);
        var searches = new RandomSearches(random);
        for (int i = 0; i < Searches; i++)
        {
            StoreSearch asked = searches.Next();
            var search = new StoreSearch
            {
                Query = asked.Query, DataStreams = asked.DataStreams, Range = asked.Range, Now = asked.Now, Zone = asked.Zone, Size = Events, Count = CountMode.Exact,
            };
            Matcher matcher = Matcher.Compile(search.Query, search.Now, search.Zone);

            SearchResult found = await memory.SearchAsync(search, progress: null, CancellationToken.None);

            IEnumerable<long> matched = all.Where(e => search.DataStreams(e.DataStream) && search.Range.Contains(e.Timestamp) && matcher.Matches(e)).Select(e => e.Sequence);
            Assert.Equal(matched, found.Hits.Select(h => h.Event.Sequence).Order());
        }
    }
}
