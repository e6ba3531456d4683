using System.Runtime.CompilerServices;
using LogView.Client.Contracts.Events;
using LogView.Server.Wal;

namespace LogView.Tests.Tail;

/// <summary>A write-ahead log in memory that keeps the promises of <see cref="IWriteAheadLog"/>: for tests that need to place events exactly.</summary>
internal sealed class FakeLog(TimeProvider clock) : IWriteAheadLog
{
    private readonly Lock _lock = new();
    private readonly List<LogEvent> _events = [];
    private TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _released;

    /// <summary>Thrown by the next reading, once.</summary>
    public Exception? FailReading { get; set; }

    public long DurableSequence
    {
        get
        {
            lock (_lock)
            {
                return _released + _events.Count;
            }
        }
    }

    public long OldestSequence
    {
        get
        {
            lock (_lock)
            {
                return _released + 1;
            }
        }
    }

    public IReadOnlyList<LogEvent> Events
    {
        get
        {
            lock (_lock)
            {
                return [.. _events];
            }
        }
    }

    /// <summary>Commits the events and gives them the next sequences.</summary>
    public void Append(params IEnumerable<LogEvent> events)
    {
        lock (_lock)
        {
            foreach (LogEvent e in events)
            {
                long sequence = _released + _events.Count + 1;
                _events.Add(new LogEvent { Id = e.Id, DataStream = e.DataStream, Timestamp = e.Timestamp, Source = e.Source, Derived = e.Derived, Sequence = sequence });
            }

            _grown.TrySetResult();
            _grown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Forgets the events up to a sequence, as a checkpoint does.</summary>
    public void Release(long upTo)
    {
        lock (_lock)
        {
            _events.RemoveRange(0, (int)(upTo - _released));
            _released = upTo;
        }
    }

    public async IAsyncEnumerable<CommittedBatch> ReadAsync(long afterSequence, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long read = afterSequence;
        while (true)
        {
            if (FailReading is { } failure)
            {
                FailReading = null;
                throw failure;
            }

            LogEvent[] next;
            Task grown;
            lock (_lock)
            {
                int from = (int)Math.Max(0, read - _released);
                next = [.. _events.Skip(from).Take(3_000)];
                grown = _grown.Task;
            }

            if (next.Length == 0)
            {
                await grown.WaitAsync(cancellationToken);
                continue;
            }

            read = next[^1].Sequence;
            yield return new CommittedBatch(next, Timestamp.Now(clock));
        }
    }

    public Task<AppendResult> AppendAsync(IReadOnlyList<LogEvent> events, CancellationToken cancellationToken)
    {
        Append(events);
        return Task.FromResult(new AppendResult([.. events.Select(_ => AppendStatus.Stored)], DurableSequence));
    }

    public Task CheckpointAsync(long sequence, CancellationToken cancellationToken)
    {
        Release(sequence);
        return Task.CompletedTask;
    }
}
