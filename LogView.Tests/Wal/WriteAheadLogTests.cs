using LogView.Client.Contracts.Events;
using LogView.Server.Wal;
using LogView.Tests.Platform;
using Microsoft.Extensions.Time.Testing;

namespace LogView.Tests.Wal;

public sealed class WriteAheadLogTests : IDisposable
{
    private readonly FaultyFileSystem _disk = new();
    private readonly WalFixture _fixture;

    public WriteAheadLogTests() => _fixture = new WalFixture(_disk);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Append_SeveralEvents_ReadsBackEqual()
    {
        LogEvent[] events = [WalFixture.Event("one"), WalFixture.Event("둘", stream: "logs-other-default"), WalFixture.Event("three", id: "given")];

        AppendResult result = await _fixture.Log.AppendAsync(events, Cancel);

        Assert.Equal([AppendStatus.Stored, AppendStatus.Stored, AppendStatus.Stored], result.Statuses);
        Assert.Equal(3, result.LastSequence);
        using WriteAheadLog reopened = _fixture.Open();
        List<LogEvent> read = await WalFixture.ReadAllAsync(reopened);
        Assert.Equal([1, 2, 3], read.Select(e => e.Sequence));
        for (int i = 0; i < events.Length; i++)
        {
            Assert.Equal(events[i].Id, read[i].Id);
            Assert.Equal(events[i].IsIdGiven, read[i].IsIdGiven);
            Assert.Equal(events[i].DataStream, read[i].DataStream);
            Assert.Equal(events[i].Timestamp, read[i].Timestamp);
            Assert.Equal(events[i].Source.ToArray(), read[i].Source.ToArray());
            Assert.Equal(events[i].Derived.ToArray(), read[i].Derived.ToArray());
        }
    }

    [Fact]
    public async Task Append_EventLargerThanAFrame_ReadsBack()
    {
        string large = new('x', 5 * 1024 * 1024);

        await _fixture.Log.AppendAsync([WalFixture.Event("a"), WalFixture.Event(large), WalFixture.Event("b")], Cancel);

        using WriteAheadLog reopened = _fixture.Open();
        Assert.Equal(["a", large, "b"], (await WalFixture.ReadAllAsync(reopened)).Select(WalFixture.TextOf));
    }

    [Fact]
    public async Task Read_StartedBeforeTheEvents_GetsThemAsTheyAreCommitted()
    {
        await using IAsyncEnumerator<CommittedBatch> reader = _fixture.Log.ReadAsync(0, Cancel).GetAsyncEnumerator(Cancel);
        ValueTask<bool> first = reader.MoveNextAsync();
        Assert.False(first.IsCompleted);

        await _fixture.Log.AppendAsync([WalFixture.Event("a")], Cancel);

        Assert.True(await first);
        Assert.Equal("a", WalFixture.TextOf(reader.Current.Events[0]));
    }

    [Fact]
    public async Task Read_ManyReadersBesideManyWriters_EachSeesEveryEventOnceInOrder()
    {
        const int Writers = 4, Batches = 50, PerBatch = 5;
        var options = new WalOptions { Directory = WalFixture.Folder, SegmentBytes = 20_000, FeedMemoryBytes = 3_000 };
        using var fixture = new WalFixture(new FaultyFileSystem(), options);
        Task<List<long>>[] readers = [.. Enumerable.Range(0, 3).Select(_ => Task.Run(() => ReadSequencesAsync(fixture.Log, Writers * Batches * PerBatch)))];

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(w => Task.Run(
            async () =>
            {
                for (int b = 0; b < Batches; b++)
                {
                    await fixture.Log.AppendAsync([.. Enumerable.Range(0, PerBatch).Select(i => WalFixture.Event($"{w}-{b}-{i}"))], Cancel);
                }
            },
            Cancel)));

        foreach (Task<List<long>> reader in readers)
        {
            Assert.Equal(Enumerable.Range(1, Writers * Batches * PerBatch).Select(n => (long)n), await reader);
        }
    }

    [Fact]
    public async Task Read_FromTheMiddleOfABatch_StartsThere()
    {
        await _fixture.Log.AppendAsync([WalFixture.Event("a"), WalFixture.Event("b"), WalFixture.Event("c")], Cancel);

        Assert.Equal(["b", "c"], (await WalFixture.ReadAllAsync(_fixture.Log, after: 1)).Select(WalFixture.TextOf));
        using WriteAheadLog reopened = _fixture.Open();
        Assert.Equal(["c"], (await WalFixture.ReadAllAsync(reopened, after: 2)).Select(WalFixture.TextOf));
    }

    [Fact]
    public async Task Checkpoint_BehindSeveralFiles_DeletesOnlyWholeOnes()
    {
        for (int i = 0; i < 100; i++)
        {
            await _fixture.Log.AppendAsync([WalFixture.Event($"event number {i} of the checkpoint test")], Cancel);
        }

        int before = _disk.ListFiles(WalFixture.Folder).Count;
        await _fixture.Log.CheckpointAsync(60, Cancel);

        int after = _disk.ListFiles(WalFixture.Folder).Count;
        Assert.InRange(after, 2, before - 2);
        Assert.InRange(_fixture.Log.OldestSequence, 2, 61);
        List<LogEvent> left = await WalFixture.ReadAllAsync(_fixture.Log);
        Assert.Equal(_fixture.Log.OldestSequence, left[0].Sequence);
        Assert.Equal(100, left[^1].Sequence);
    }

    [Fact]
    public async Task Open_AfterEverythingWasReleased_GoesOnCounting()
    {
        await _fixture.Log.AppendAsync([WalFixture.Event("a"), WalFixture.Event("b")], Cancel);
        _fixture.Log.Dispose();
        foreach (string file in _disk.ListFiles(WalFixture.Folder))
        {
            _disk.Delete(Path.Combine(WalFixture.Folder, file));
        }

        _fixture.Known.Index([WalFixture.Event("z").WithSequence(41)]);
        using WriteAheadLog reopened = _fixture.Open();
        Assert.Equal((41, 42), (reopened.DurableSequence, reopened.OldestSequence));
        await reopened.AppendAsync([WalFixture.Event("c")], Cancel);
        Assert.Equal(42, reopened.DurableSequence);
        Assert.Empty(reopened.Damages);
    }

    [Fact]
    public async Task Append_DiskFull_RefusesThenTakesAgainWhenThereIsRoom()
    {
        var clock = new FakeTimeProvider();
        using var fixture = new WalFixture(_disk, new WalOptions { Directory = WalFixture.Folder, RetryAfter = TimeSpan.FromSeconds(1) }, clock);
        await fixture.Log.AppendAsync([WalFixture.Event("before")], Cancel);
        _disk.Capacity = 300;

        var full = await Assert.ThrowsAsync<WalUnavailableException>(() => fixture.Log.AppendAsync([WalFixture.Event(new string('x', 400))], Cancel));
        _disk.Capacity = long.MaxValue;
        var soon = await Assert.ThrowsAsync<WalUnavailableException>(() => fixture.Log.AppendAsync([WalFixture.Event("too soon")], Cancel));
        clock.Advance(TimeSpan.FromSeconds(1.1));
        await fixture.Log.AppendAsync([WalFixture.Event("after")], Cancel);

        Assert.Equal((WalUnavailableReason.Disk, TimeSpan.FromSeconds(1)), (full.Reason, full.RetryAfter));
        Assert.Contains("No space left", full.Message, StringComparison.Ordinal);
        Assert.Equal(WalUnavailableReason.Disk, soon.Reason);
        using WriteAheadLog reopened = fixture.Open();
        Assert.Equal(["before", "after"], (await WalFixture.ReadAllAsync(reopened)).Select(WalFixture.TextOf));
        Assert.Empty(reopened.Damages);
    }

    [Fact]
    public async Task Append_StoreTooFarBehind_RefusesUntilACheckpoint()
    {
        using var fixture = new WalFixture(_disk, new WalOptions { Directory = WalFixture.Folder, SegmentBytes = 500, MaxBytes = 2_000 });
        var refused = await Assert.ThrowsAsync<WalUnavailableException>(async () =>
        {
            for (int i = 0; i < 1_000; i++)
            {
                await fixture.Log.AppendAsync([WalFixture.Event($"event {i}")], Cancel);
            }
        });

        await fixture.Log.CheckpointAsync(fixture.Log.DurableSequence, Cancel);
        AppendResult result = await fixture.Log.AppendAsync([WalFixture.Event("again")], Cancel);

        Assert.Equal(WalUnavailableReason.Backlog, refused.Reason);
        Assert.Equal(AppendStatus.Stored, result.Statuses[0]);
    }

    [Fact]
    public async Task Append_AfterDispose_SaysStopping()
    {
        await _fixture.Log.AppendAsync([WalFixture.Event("a")], Cancel);
        _fixture.Log.Dispose();

        var refused = await Assert.ThrowsAsync<WalUnavailableException>(() => _fixture.Log.AppendAsync([WalFixture.Event("b")], Cancel));

        Assert.Equal(WalUnavailableReason.Stopping, refused.Reason);
    }

    private static async Task<List<long>> ReadSequencesAsync(WriteAheadLog log, int count)
    {
        var sequences = new List<long>();
        await foreach (CommittedBatch batch in log.ReadAsync(0, Cancel))
        {
            sequences.AddRange(batch.Events.Select(e => e.Sequence));
            if (sequences.Count >= count)
            {
                break;
            }
        }

        return sequences;
    }
}
