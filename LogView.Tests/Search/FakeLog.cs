using LogView.Client.Contracts.Events;
using LogView.Server.Indexing;
using LogView.Server.Wal;

namespace LogView.Tests.Search;

/// <summary>A log and an index whose positions the test sets. Nothing is ever written to it.</summary>
internal sealed class FakeLog : IWriteAheadLog, IIndexProgress
{
    private readonly TaskCompletionSource _caughtUp = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public long DurableSequence { get; set; }

    public long OldestSequence => 1;

    public long IndexedSequence { get; set; }

    /// <summary>Sequence and timeout of the waits so far.</summary>
    public List<(long Sequence, TimeSpan Timeout)> Waits { get; } = [];

    /// <summary>Lets waits end with success; otherwise they end at once as if the time were over.</summary>
    public bool WillCatchUp { get; set; }

    public void CatchUp()
    {
        IndexedSequence = DurableSequence;
        _caughtUp.SetResult();
    }

    public async Task<bool> WaitForAsync(long sequence, TimeSpan timeout, CancellationToken cancellationToken)
    {
        Waits.Add((sequence, timeout));
        if (WillCatchUp)
        {
            await _caughtUp.Task.WaitAsync(cancellationToken);
        }

        return IndexedSequence >= sequence;
    }

    public Task<AppendResult> AppendAsync(IReadOnlyList<LogEvent> events, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IAsyncEnumerable<CommittedBatch> ReadAsync(long afterSequence, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task CheckpointAsync(long sequence, CancellationToken cancellationToken) => throw new NotSupportedException();
}
