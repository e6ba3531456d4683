using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Server.Storage;
using LogView.Server.Storage.Memory;

namespace LogView.Tests.Storage.Memory;

/// <summary>What only the memory engine does: a bound, and what it means for the write-ahead log.</summary>
public sealed class MemoryEventStoreTests
{
    private long _sequence;

    private LogEvent Event(string id, long time = 0, string stream = "logs-a") => new()
    {
        Id = new EventId(id), DataStream = DataStreamName.Parse(stream), Timestamp = new Timestamp(time), Sequence = ++_sequence, Source = "{}"u8.ToArray(),
    };

    private LogEvent[] Events(int count) => [.. Enumerable.Range(0, count).Select(i => Event($"{_sequence}", i))];

    private static MemoryEventStore Store(int max) => new(new MemoryEngineOptions { MaxEvents = max }, TimeProvider.System);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static async Task<string> IdsAsync(MemoryEventStore store)
    {
        SearchResult result = await store.SearchAsync(
            new StoreSearch { DataStreams = _ => true, Now = default, Size = 100_000, Sort = [new SortField("@timestamp", SortOrder.Asc)] }, progress: null, Cancel);
        return string.Join(' ', result.Hits.Select(h => h.Event.Id.Value));
    }

    [Fact]
    public async Task Write_PastTheBound_LetsTheOldestByArrivalGo()
    {
        await using MemoryEventStore store = Store(max: 3);
        await store.WriteAsync([Event("a", 50), Event("b", 10)], Cancel);
        await store.WriteAsync([Event("c", 30), Event("d", 20), Event("e", 40)], Cancel);

        Assert.Equal("d c e", await IdsAsync(store));
        Assert.Equal(new StoreStatistics(3, 6, 2, 3), store.Statistics);
        Assert.Empty(await store.FindAsync(DataStreamName.Parse("logs-a"), [new EventId("a")], Cancel));
    }

    [Fact]
    public async Task DurableSequence_IsBeforeTheOldestEventHeld()
    {
        await using MemoryEventStore store = Store(max: 3);
        await store.WriteAsync(Events(3), Cancel);
        Assert.Equal(0, store.DurableSequence);

        await store.WriteAsync(Events(2), Cancel);
        Assert.Equal(2, store.DurableSequence);

        await store.DeleteDataStreamAsync(DataStreamName.Parse("logs-a"), Cancel);
        Assert.Equal(5, store.DurableSequence);
    }

    [Fact]
    public async Task Write_BatchLargerThanTheBound_KeepsItsEnd()
    {
        await using MemoryEventStore store = Store(max: 5);
        await store.WriteAsync(Events(12_000), Cancel);

        Assert.Equal("11995 11996 11997 11998 11999", await IdsAsync(store));
        Assert.Equal(11_995, store.Statistics.EvictedEvents);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4_095)]
    [InlineData(4_097)]
    [InlineData(10_000)]
    public async Task Write_AnyBatchSize_KeepsOrderAcrossChunks(int batch)
    {
        await using MemoryEventStore store = Store(max: 9_000);
        for (int written = 0; written < 12_000; written += batch)
        {
            await store.WriteAsync([.. Enumerable.Range(0, batch).Select(_ => Event($"{_sequence}", _sequence))], Cancel);
        }

        string[] ids = (await IdsAsync(store)).Split(' ');
        Assert.Equal(Enumerable.Range((int)_sequence - 9_000, 9_000).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture)), ids);
    }

    [Fact]
    public async Task Search_Running_KeepsItsSnapshotWhileEventsLeave()
    {
        await using MemoryEventStore store = Store(max: 2);
        await store.WriteAsync(Events(2), Cancel);
        var seen = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        Task<SearchResult> search = store.SearchAsync(
            new StoreSearch
            {
                Now = default,
                DataStreams = _ =>
                {
                    seen.TrySetResult();
                    go.Task.Wait(Cancel);
                    return true;
                },
            },
            progress: null,
            Cancel);
        await seen.Task;
        await store.WriteAsync(Events(2), Cancel);
        go.SetResult();

        Assert.Equal(["1", "0"], (await search).Hits.Select(h => h.Event.Id.Value));
    }
}
