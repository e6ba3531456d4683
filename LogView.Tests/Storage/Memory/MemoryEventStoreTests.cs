using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Time;
using LogView.Server.Platform;
using LogView.Server.Storage;
using LogView.Server.Storage.Memory;
using LogView.Tests.Testing;
using Microsoft.Extensions.Logging.Abstractions;

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

    private static MemoryDeletions Deletions(TempFolder folder) => MemoryDeletions.Open(DiskFileSystem.Instance, folder.Path, NullLogger.Instance);

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

    [Theory]
    [InlineData(CountMode.None, SortOrder.Desc, 1)]
    [InlineData(CountMode.None, SortOrder.Asc, 1)]
    [InlineData(CountMode.Exact, SortOrder.Desc, 10)]
    public async Task Search_WithoutACount_LooksOnlyAtWhatCanBeOnThePage(CountMode count, SortOrder order, int leastTenths)
    {
        const int All = 100_000;
        await using MemoryEventStore store = Store(All);
        await store.WriteAsync(Events(All), Cancel);
        int looked = 0;
        StoreSearch search = new()
        {
            Now = default, Size = 50, Count = count, Sort = [new SortField("@timestamp", order)],
            DataStreams = _ =>
            {
                looked++;
                return true;
            },
        };

        SearchResult result = await store.SearchAsync(search, progress: null, Cancel);

        Assert.Equal(Enumerable.Range(0, 50).Select(i => order == SortOrder.Asc ? i : All - 1 - i), result.Hits.Select(h => (int)h.Event.Timestamp.UnixNanoseconds));
        Assert.NotNull(result.Next);
        // Ascending, the oldest are found last: every piece before them could still have changed the page.
        Assert.InRange(looked, count == CountMode.Exact || order == SortOrder.Asc ? All : 50, count == CountMode.Exact || order == SortOrder.Asc ? All : All / 10 * leastTenths);
    }

    [Fact]
    public async Task Search_OfATimeRange_PassesOverTheRest()
    {
        await using MemoryEventStore store = Store(100_000);
        await store.WriteAsync(Events(100_000), Cancel);
        int looked = 0;
        StoreSearch search = new()
        {
            Now = default, Range = new TimeRange(new Timestamp(50_000), new Timestamp(50_010)),
            DataStreams = _ =>
            {
                looked++;
                return true;
            },
        };

        SearchResult result = await store.SearchAsync(search, progress: null, Cancel);

        Assert.Equal((10L, 10), (result.Total!.Value.Value, looked));
    }

    [Fact]
    public async Task Delete_AfterARestart_TheReplayBringsNothingBack()
    {
        using TempFolder folder = new();
        LogEvent[] gone = Events(3);
        LogEvent kept = Event("kept", 9, "logs-b");
        await using (MemoryEventStore store = Reopen())
        {
            await store.WriteAsync([.. gone, kept], Cancel);
            Assert.True(await store.DeleteDataStreamAsync(DataStreamName.Parse("logs-a"), Cancel));
        }

        LogEvent later = Event("later", 10);
        await using MemoryEventStore again = Reopen();
        await again.WriteAsync(gone, Cancel);
        Assert.Equal(3, again.DurableSequence);
        await again.WriteAsync([kept, later], Cancel);

        Assert.Equal("kept later", await IdsAsync(again));

        MemoryEventStore Reopen() => new(new MemoryEngineOptions(), TimeProvider.System, Deletions(folder));
    }

    [Fact]
    public async Task Delete_TheLogHasNothingLeftOfIt_IsForgotten()
    {
        using TempFolder folder = new();
        Deletions(folder).Add(DataStreamName.Parse("logs-a"), 10);
        string file = Path.Combine(folder.Path, FileNames.MemoryDeletions);
        Assert.Equal("{\"logs-a\":10}", await File.ReadAllTextAsync(file, Cancel));
        _sequence = 10;

        await using MemoryEventStore store = new(new MemoryEngineOptions(), TimeProvider.System, Deletions(folder));
        await store.WriteAsync([Event("new")], Cancel);

        Assert.Equal("{}", await File.ReadAllTextAsync(file, Cancel));
        Assert.Equal("new", await IdsAsync(store));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"logs-a\":")]
    [InlineData("[1]")]
    public void Deletions_Unreadable_AreSaidSo(string content)
    {
        using TempFolder folder = new();
        File.WriteAllText(Path.Combine(folder.Path, FileNames.MemoryDeletions), content);
        using CapturedLog log = new();

        MemoryDeletions deletions = MemoryDeletions.Open(DiskFileSystem.Instance, folder.Path, log.CreateLogger("test"));

        Assert.False(deletions.Covers(Event("a")));
        Assert.Contains("cannot be read", Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnEventThatLeft_IsNotKnownAnyMore_SoARepeatIsStoredAnew()
    {
        await using MemoryEventStore store = Store(max: 2);
        await store.WriteAsync([Event("a", 1), Event("b", 2), Event("c", 3)], Cancel);

        await store.WriteAsync([Event("a", 1)], Cancel);

        Assert.Equal("a c", await IdsAsync(store));
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
