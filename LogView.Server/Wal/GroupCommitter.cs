using System.Diagnostics;
using LogView.Client.Contracts.Events;

namespace LogView.Server.Wal;

/// <summary>One call's frames on their way to the disk.</summary>
internal sealed class PendingAppend(IReadOnlyList<LogEvent> events, List<EncodedFrame> frames) : IDisposable
{
    private readonly TaskCompletionSource<IReadOnlyList<LogEvent>> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>As the caller gave them, without sequences.</summary>
    public IReadOnlyList<LogEvent> Events => events;

    public IReadOnlyList<EncodedFrame> Frames => frames;

    public long Bytes { get; } = frames.Sum(f => (long)f.Bytes);

    /// <summary>The events with their sequences, once durable.</summary>
    public Task<IReadOnlyList<LogEvent>> Done => _done.Task;

    public void Succeed(IReadOnlyList<LogEvent> stored) => _done.TrySetResult(stored);

    public void Fail(Exception e) => _done.TrySetException(e);

    public void Dispose() => frames.ForEach(f => f.Dispose());
}

/// <summary>
/// The one thread that writes: takes what waits as one group, gives it sequences, writes and fsyncs it, publishes it, then answers its callers.
/// While an fsync runs the next group gathers by itself, so waiting pays only when several shippers write at once.
/// </summary>
internal sealed class GroupCommitter : IDisposable
{
    private readonly Lock _stateLock = new();
    private readonly object _queueLock = new();
    private readonly Queue<PendingAppend> _queue = [];
    private readonly SegmentWriter _writer;
    private readonly CommitFeed _feed;
    private readonly WalOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly Thread _thread;
    private long _queuedBytes;
    private long _nextSequence;
    private bool _gather;
    private bool _stopping;
    private (long Until, string Reason)? _refusing;

    public GroupCommitter(SegmentWriter writer, CommitFeed feed, long nextSequence, WalOptions options, TimeProvider clock, ILogger logger)
    {
        (_writer, _feed, _nextSequence, _options, _clock, _logger) = (writer, feed, nextSequence, options, clock, logger);
        _thread = new Thread(Run) { IsBackground = true, Name = "wal-commit" };
        _thread.Start();
    }

    /// <summary>Why appends are refused at the moment, without trying the disk again; null: they are not.</summary>
    public string? Refusing
    {
        get
        {
            lock (_stateLock)
            {
                return _refusing is { } r && _clock.GetTimestamp() < r.Until ? r.Reason : null;
            }
        }
    }

    /// <summary>False when the log is stopping: the append was not taken.</summary>
    public bool TryEnqueue(PendingAppend append)
    {
        lock (_queueLock)
        {
            if (_stopping)
            {
                return false;
            }

            _queue.Enqueue(append);
            _queuedBytes += append.Bytes;
            Monitor.Pulse(_queueLock);
            return true;
        }
    }

    /// <summary>Writes what was taken and ends the thread.</summary>
    public void Dispose()
    {
        lock (_queueLock)
        {
            _stopping = true;
            Monitor.Pulse(_queueLock);
        }

        _thread.Join();
        _writer.Dispose();
    }

    private void Run()
    {
        try
        {
            while (NextGroup() is { } group)
            {
                CommitOrFail(group);
            }
        }
        catch (Exception e)
        {
            WalLog.WriterStopped(_logger, e);
            FailAll(e);
        }
    }

    private List<PendingAppend>? NextGroup()
    {
        lock (_queueLock)
        {
            while (_queue.Count == 0)
            {
                if (_stopping)
                {
                    return null;
                }

                Monitor.Wait(_queueLock);
            }

            Gather();
            var group = new List<PendingAppend>(_queue.Count);
            long bytes = 0;
            while (_queue.TryPeek(out PendingAppend? next) && (group.Count == 0 || bytes + next.Bytes <= WalLimits.MaxGroupBytes))
            {
                group.Add(_queue.Dequeue());
                bytes += next.Bytes;
            }

            _queuedBytes -= bytes;
            _gather = group.Count > 1;
            return group;
        }
    }

    private void Gather()
    {
        long start = Stopwatch.GetTimestamp();
        while (_gather && !_stopping && _queuedBytes < _options.GroupBytes)
        {
            TimeSpan left = _options.GroupDelay - Stopwatch.GetElapsedTime(start);
            if (left <= TimeSpan.Zero || !Monitor.Wait(_queueLock, left))
            {
                return;
            }
        }
    }

    private void CommitOrFail(List<PendingAppend> group)
    {
        try
        {
            Commit(group);
        }
        catch (Exception e)
        {
            group.ForEach(a => a.Fail(Unavailable(WalUnavailableReason.Stopping, "its writer stopped", e)));
            throw;
        }
    }

    private void Commit(List<PendingAppend> group)
    {
        long start = Stopwatch.GetTimestamp();
        var frames = group.SelectMany(a => a.Frames).ToList();
        int events = frames.Sum(f => f.Count);
        try
        {
            _writer.Write(frames, _nextSequence);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Refuse(e, events);
            group.ForEach(a => Answer(a, () => a.Fail(Unavailable(WalUnavailableReason.Disk, e.Message, e))));
            return;
        }

        WalMetrics.SyncSeconds.Record(Stopwatch.GetElapsedTime(start).TotalSeconds);
        WalMetrics.GroupEvents.Record(events);
        WalMetrics.Bytes.Add(frames.Sum(f => (long)f.Bytes));
        Publish(group, events);
    }

    private void Publish(List<PendingAppend> group, int events)
    {
        var stored = new LogEvent[events];
        var ends = new int[group.Count];
        int at = 0;
        for (int i = 0; i < group.Count; i++)
        {
            foreach (LogEvent e in group[i].Events)
            {
                stored[at++] = e.WithSequence(_nextSequence++);
            }

            ends[i] = at;
        }

        _feed.Publish(stored, group.Sum(a => a.Bytes), Timestamp.Now(_clock));
        Accept();
        int start = 0;
        for (int i = 0; i < group.Count; i++)
        {
            var own = new ArraySegment<LogEvent>(stored, start, ends[i] - start);
            start = ends[i];
            PendingAppend append = group[i];
            Answer(append, () => append.Succeed(own));
        }
    }

    private static void Answer(PendingAppend append, Action complete)
    {
        append.Dispose();
        complete();
    }

    private void Refuse(Exception e, int events)
    {
        WalMetrics.WriteFailures.Add(1);
        WalLog.WriteFailed(_logger, events, e);
        lock (_stateLock)
        {
            _refusing = (_clock.GetTimestamp() + (long)(_options.RetryAfter.TotalSeconds * _clock.TimestampFrequency), e.Message);
        }
    }

    private void Accept()
    {
        lock (_stateLock)
        {
            if (_refusing is null)
            {
                return;
            }

            _refusing = null;
        }

        WalLog.WriteRecovered(_logger);
    }

    private WalUnavailableException Unavailable(WalUnavailableReason reason, string message, Exception? inner) =>
        new($"The write-ahead log cannot be written: {message}", inner!) { Reason = reason, RetryAfter = _options.RetryAfter };

    private void FailAll(Exception e)
    {
        lock (_queueLock)
        {
            _stopping = true;
            while (_queue.TryDequeue(out PendingAppend? append))
            {
                append.Fail(Unavailable(WalUnavailableReason.Stopping, "its writer stopped", e));
            }
        }
    }
}
