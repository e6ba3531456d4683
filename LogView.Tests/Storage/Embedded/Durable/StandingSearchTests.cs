using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Server.Storage;
using LogView.Server.Storage.Embedded;
using LogView.Tests.Testing;
using static LogView.Tests.Storage.Embedded.Durable.StoredEvents;

namespace LogView.Tests.Storage.Embedded.Durable;

/// <summary>A search that stands still holds nobody up and sees what was there when it began.</summary>
public sealed class StandingSearchTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Search_StandsStill_WritesSealsMergesAndDeletionsGoOn()
    {
        await using EmbeddedEventStore store = EmbeddedStores.Open(_folder.Path, o => o with { MinMergedSegments = 2 });
        for (int i = 0; i < 4; i++)
        {
            await store.WriteSegmentAsync(Batch(1 + 10 * i, 10));
        }

        using var stands = new SemaphoreSlim(0);
        using var goesOn = new ManualResetEventSlim();
        Task<SearchResult> search = store.SearchAsync(
            new StoreSearch { DataStreams = _ => true, Now = default, Size = 5 },
            new Signal(() =>
            {
                stands.Release();
                goesOn.Wait(Cancel);
            }),
            Cancel);
        await stands.WaitAsync(Cancel);

        await store.WriteSegmentAsync(Batch(41, 10));
        await store.MaintainAsync(Cancel);
        Assert.True(await store.DeleteDataStreamAsync(DataStreamName.Parse("logs-a"), Cancel));
        await store.WriteSegmentAsync(Batch(51, 5));
        goesOn.Set();
        SearchResult answer = await search;

        Assert.Equal(40, answer.Total!.Value.Value);
        Assert.Equal(Enumerable.Range(36, 5).Reverse().Select(n => (long)n), answer.Hits.Select(h => h.Event.Sequence));
        Assert.Equal(Numbers(51, 55), await store.SequencesAsync());
    }

    private sealed class Signal(Action onFirst) : IProgress<SearchResult>
    {
        private int _reports;

        public void Report(SearchResult value)
        {
            if (Interlocked.Increment(ref _reports) == 1)
            {
                onFirst();
            }
        }
    }
}
