using LogView.Client.Contracts.Events;

namespace LogView.Server.Wal;

/// <summary>
/// The newest committed events in memory, bounded in bytes, and a signal when there are more. Readers keep nothing but a sequence: one that falls
/// behind costs no memory, it reads the files until it has caught up.
/// </summary>
internal sealed class CommitFeed(long durableSequence, long maxBytes)
{
    private readonly Lock _lock = new();
    private readonly Queue<(CommittedBatch Batch, long Bytes)> _recent = [];
    private long _recentBytes;
    private long _durableSequence = durableSequence;
    private TaskCompletionSource _more = NewSignal();

    public long DurableSequence => Volatile.Read(ref _durableSequence);

    /// <summary>Completes when events after those of now are committed. Take it before looking, so that none is missed.</summary>
    public Task More
    {
        get
        {
            lock (_lock)
            {
                return _more.Task;
            }
        }
    }

    public void Publish(LogEvent[] events, long bytes, Timestamp committedAt)
    {
        TaskCompletionSource signal;
        lock (_lock)
        {
            _recent.Enqueue((new CommittedBatch(events, committedAt), bytes));
            _recentBytes += bytes;
            while (_recentBytes > maxBytes && _recent.Count > 1)
            {
                _recentBytes -= _recent.Dequeue().Bytes;
            }

            Volatile.Write(ref _durableSequence, events[^1].Sequence);
            (signal, _more) = (_more, NewSignal());
        }

        signal.TrySetResult();
    }

    /// <summary>The batches after a sequence, the first one cut if need be; null when memory no longer has all of them.</summary>
    public List<CommittedBatch>? After(long sequence)
    {
        lock (_lock)
        {
            if (_recent.Count == 0 || _recent.Peek().Batch.Events[0].Sequence > sequence + 1)
            {
                return null;
            }

            var batches = new List<CommittedBatch>();
            foreach ((CommittedBatch batch, _) in _recent)
            {
                if (batch.Events[^1].Sequence > sequence)
                {
                    batches.Add(Cut(batch, sequence));
                }
            }

            return batches;
        }
    }

    private static CommittedBatch Cut(CommittedBatch batch, long afterSequence)
    {
        int skip = (int)Math.Max(0, afterSequence + 1 - batch.Events[0].Sequence);
        return skip == 0 ? batch : batch with { Events = new ArraySegment<LogEvent>((LogEvent[])batch.Events, skip, batch.Events.Count - skip) };
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
