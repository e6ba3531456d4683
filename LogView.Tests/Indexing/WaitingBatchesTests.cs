using System.Runtime.CompilerServices;
using System.Threading.Channels;
using LogView.Client.Contracts.Events;
using LogView.Server.Indexing;
using LogView.Server.Wal;

namespace LogView.Tests.Indexing;

public sealed class WaitingBatchesTests
{
    private readonly Channel<CommittedBatch> _log = Channel.CreateUnbounded<CommittedBatch>();
    private long _sequence;
    private bool _isLeft;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Together_OfWhatWaits_EndsAtTheBytes()
    {
        Add(4, 4, 4, 4, 20, 4);
        _log.Writer.Complete();

        List<string> together = [];
        await foreach (IReadOnlyList<CommittedBatch> batches in WaitingBatches.TogetherAsync(ReadAsync(), 10, Cancel))
        {
            together.Add(string.Join(' ', WaitingBatches.EventsOf(batches).Select(e => e.Sequence)));
        }

        Assert.Equal(["1 2 3", "4 5", "6"], together);
        Assert.True(_isLeft);
    }

    [Fact]
    public async Task Together_WithoutBytes_IsAsItComes()
    {
        Add(4, 4);
        _log.Writer.Complete();

        Assert.Equal(2, await WaitingBatches.TogetherAsync(ReadAsync(), 0, Cancel).CountAsync(Cancel));
    }

    [Fact]
    public async Task Together_OfOne_DoesNotWaitForAnother()
    {
        await using IAsyncEnumerator<IReadOnlyList<CommittedBatch>> together = WaitingBatches.TogetherAsync(ReadAsync(), 1_000, Cancel).GetAsyncEnumerator(Cancel);
        Add(4);
        Assert.True(await together.MoveNextAsync());
        Assert.Single(together.Current);

        Add(4);
        Assert.True(await together.MoveNextAsync());
        Assert.Equal(2, together.Current[0].Events[0].Sequence);
    }

    [Fact]
    public async Task Together_LeftWhileNothingIsThere_LeavesTheLog()
    {
        Add(4);
        await foreach (IReadOnlyList<CommittedBatch> batches in WaitingBatches.TogetherAsync(ReadAsync(), 1_000, Cancel))
        {
            Assert.Single(batches);
            break;
        }

        Assert.True(_isLeft);
    }

    private void Add(params int[] bytes)
    {
        foreach (int size in bytes)
        {
            LogEvent one = new()
            {
                Id = new EventId($"{++_sequence}"), DataStream = DataStreamName.Parse("logs-a-b"), Timestamp = new Timestamp(_sequence), Sequence = _sequence, Source = new byte[size],
            };
            _log.Writer.TryWrite(new CommittedBatch([one], new Timestamp(0)));
        }
    }

    private async IAsyncEnumerable<CommittedBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        try
        {
            await foreach (CommittedBatch batch in _log.Reader.ReadAllAsync(cancellationToken))
            {
                yield return batch;
            }
        }
        finally
        {
            _isLeft = true;
        }
    }
}
