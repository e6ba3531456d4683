using LogView.Server.Indexing;
using LogView.Server.Storage.Memory;
using LogView.Server.Wal;
using LogView.Tests.Platform;
using LogView.Tests.Wal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace LogView.Tests.Indexing;

public sealed class IndexerTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);
    private readonly FaultyFileSystem _disk = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Appended_BecomesSearchableAndKnown()
    {
        await using var life = new Life(_disk);
        AppendResult result = await life.Log.AppendAsync([WalFixture.Event("a", id: "1"), WalFixture.Event("b")], Cancel);

        Assert.True(await life.Known.WaitForAsync(result.LastSequence, Soon, Cancel));

        Assert.Equal(2, life.Store.Statistics.Events);
        Assert.Equal(2, life.Known.KnownSequence);
        AppendResult again = await life.Log.AppendAsync([WalFixture.Event("a", id: "1"), WalFixture.Event("x", id: "1")], Cancel);
        Assert.Equal([AppendStatus.AlreadyThere, AppendStatus.Conflict], again.Statuses);
    }

    [Fact]
    public async Task Restart_EngineThatForgets_IsFilledAgain()
    {
        await using (var life = new Life(_disk))
        {
            await life.AppendAsync(100);
        }

        await using var next = new Life(_disk);

        Assert.True(await next.Progress.WaitForAsync(100, Soon, Cancel));
        Assert.Equal(100, next.Store.Statistics.Events);
    }

    [Fact]
    public async Task Store_Fails_IsTriedAgainUntilItWorks()
    {
        var clock = new FakeTimeProvider();
        await using var life = new Life(_disk, clock: clock);
        life.Store.FailNext(3);
        Task failed = life.Store.Failed.Task;
        await life.Log.AppendAsync([WalFixture.Event("a")], Cancel);
        for (int i = 0; i < 3; i++)
        {
            await failed.WaitAsync(Soon, Cancel);
            failed = life.Store.Failed.Task;
            Assert.Equal(0, life.Store.Statistics.Events);
            await AdvanceUntilAsync(clock, () => failed.IsCompleted || life.Progress.IndexedSequence == 1);
        }

        Assert.Equal(1, life.Store.Statistics.Events);
    }

    [Fact]
    public async Task Engine_LetsOldEventsGo_LogReleasesTheirFiles()
    {
        await using var life = new Life(_disk, maxEvents: 20);

        await life.AppendAsync(200);
        Assert.True(await life.Progress.WaitForAsync(200, Soon, Cancel));
        await life.StopAsync();

        Assert.InRange(life.Log.OldestSequence, 100, 181);
        Assert.Equal(20, life.Store.Statistics.Events);
    }

    [Fact]
    public async Task WaitFor_NothingComes_AnswersFalse()
    {
        var clock = new FakeTimeProvider();
        var progress = new IndexProgress(0, clock);

        Task<bool> waiting = progress.WaitForAsync(1, TimeSpan.FromSeconds(30), Cancel);
        clock.Advance(TimeSpan.FromSeconds(31));

        Assert.False(await waiting);
    }

    [Fact]
    public async Task WaitFor_SeveralSequences_EachIsAnsweredInItsTurn()
    {
        var progress = new IndexProgress(0, TimeProvider.System);
        Task<bool> first = progress.WaitForAsync(1, Soon, Cancel), third = progress.WaitForAsync(3, Soon, Cancel), also = progress.WaitForAsync(3, Soon, Cancel);

        progress.Advance(2);

        Assert.True(await first);
        Assert.False(third.IsCompleted);
        progress.Advance(3);
        Assert.True(await third && await also);
    }

    private static async Task AdvanceUntilAsync(FakeTimeProvider clock, Func<bool> done)
    {
        while (!done())
        {
            Cancel.ThrowIfCancellationRequested();
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }

    /// <summary>Log, store and indexer from start to stop.</summary>
    private sealed class Life : IAsyncDisposable
    {
        private readonly Indexer _indexer;

        public Life(FaultyFileSystem disk, int maxEvents = 1_000, TimeProvider? clock = null)
        {
            clock ??= TimeProvider.System;
            Store = new FailingStore(new MemoryEventStore(new MemoryEngineOptions { MaxEvents = maxEvents }, clock));
            Progress = new IndexProgress(Store.DurableSequence, clock);
            Known = new KnownEvents(Store, Progress, TimeProvider.System);
            var options = new WalOptions { Directory = WalFixture.Folder, SegmentBytes = 2_000 };
            Log = new WriteAheadLog(disk, options, Known, clock, NullLogger<WriteAheadLog>.Instance);
            _indexer = new Indexer(Log, Store, Progress, new IngestRates(clock), clock, NullLogger<Indexer>.Instance);
            _indexer.StartAsync(Cancel).GetAwaiter().GetResult();
        }

        public FailingStore Store { get; }

        public IndexProgress Progress { get; }

        public KnownEvents Known { get; }

        public WriteAheadLog Log { get; }

        public async Task AppendAsync(int events)
        {
            for (int i = 0; i < events; i++)
            {
                await Log.AppendAsync([WalFixture.Event($"event {i}")], Cancel);
            }
        }

        public Task StopAsync() => _indexer.StopAsync(Cancel);

        public async ValueTask DisposeAsync()
        {
            await StopAsync();
            _indexer.Dispose();
            Log.Dispose();
        }
    }
}
