using LogView.Client.Contracts.Events;

namespace LogView.Server.Wal;

/// <summary>
/// The newest committed events in memory, bounded in bytes, and a signal when there are more. What every reader has passed leaves at once, so that events
/// die young; a reader that falls behind the bound costs no memory, it reads the files until it has caught up.
/// </summary>
internal sealed class CommitFeed(long durableSequence, long maxBytes)
{
    private readonly Lock _lock = new();
    private readonly Queue<(CommittedBatch Batch, long Bytes)> _recent = [];
    private readonly List<FeedReader> _readers = [];
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

    /// <summary>Batches in memory.</summary>
    public int HeldBatches
    {
        get
        {
            lock (_lock)
            {
                return _recent.Count;
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
            Trim();
            Volatile.Write(ref _durableSequence, events[^1].Sequence);
            (signal, _more) = (_more, NewSignal());
        }

        signal.TrySetResult();
    }

    /// <summary>From now on events after <paramref name="reached"/> are kept for this reader, up to the bound, until it leaves.</summary>
    public FeedReader Enter(long reached)
    {
        lock (_lock)
        {
            var reader = new FeedReader { Reached = reached };
            _readers.Add(reader);
            return reader;
        }
    }

    public void Leave(FeedReader reader)
    {
        lock (_lock)
        {
            _readers.Remove(reader);
            Trim();
        }
    }

    /// <summary>
    /// The batch after <paramref name="reached"/>, cut if need be, and what is up to there need not be kept for the reader any more. Null when memory does
    /// not have it.
    /// </summary>
    public CommittedBatch? Next(FeedReader reader, long reached)
    {
        lock (_lock)
        {
            reader.Reached = reached;
            Trim();
            if (_recent.Count == 0 || _recent.Peek().Batch.Events[0].Sequence > reached + 1)
            {
                return null;
            }

            foreach ((CommittedBatch batch, _) in _recent)
            {
                if (batch.Events[^1].Sequence > reached)
                {
                    return Cut(batch, reached);
                }
            }

            return null;
        }
    }

    private void Trim()
    {
        long passed = _readers.Count == 0 ? 0 : _readers.Min(r => r.Reached);
        while (_recent.TryPeek(out (CommittedBatch Batch, long Bytes) oldest) && (oldest.Batch.Events[^1].Sequence <= passed || (_recentBytes > maxBytes && _recent.Count > 1)))
        {
            _recentBytes -= _recent.Dequeue().Bytes;
        }
    }

    private static CommittedBatch Cut(CommittedBatch batch, long afterSequence)
    {
        int skip = (int)Math.Max(0, afterSequence + 1 - batch.Events[0].Sequence);
        return skip == 0 ? batch : batch with { Events = new ArraySegment<LogEvent>((LogEvent[])batch.Events, skip, batch.Events.Count - skip) };
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>How far one reader of a <see cref="CommitFeed"/> is. Only the feed changes it.</summary>
internal sealed class FeedReader
{
    public long Reached { get; set; }
}
