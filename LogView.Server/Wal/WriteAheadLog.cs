using System.Runtime.CompilerServices;
using LogView.Client.Contracts.Events;
using LogView.Server.Platform;

namespace LogView.Server.Wal;

/// <summary>The write-ahead log in files. One per folder and process.</summary>
public sealed class WriteAheadLog : IWriteAheadLog, IDisposable
{
    private readonly IFileSystem _fileSystem;
    private readonly WalOptions _options;
    private readonly IKnownEvents _known;
    private readonly TimeProvider _clock;
    private readonly ILogger<WriteAheadLog> _logger;
    private readonly RecentIds _recentIds = new();
    private readonly WalSegments _segments;
    private readonly CommitFeed _feed;
    private readonly GroupCommitter _committer;
    private readonly ByteBudget _inFlight;
    private readonly DiskSpace _space;
    private readonly SemaphoreSlim _checkpointing = new(1);

    /// <summary>
    /// Opens the log of a folder and reads through what is there (about 1 GB/s). Throws <see cref="IOException"/> when the folder cannot be read or
    /// made, <see cref="UnknownWalVersionException"/> when a later LogView wrote it.
    /// </summary>
    public WriteAheadLog(IFileSystem fileSystem, WalOptions options, IKnownEvents known, TimeProvider clock, ILogger<WriteAheadLog> logger)
    {
        (_fileSystem, _options, _known, _clock, _logger) = (fileSystem, options, known, clock, logger);
        RecoveredLog recovered = new WalRecovery(fileSystem, options.Directory, _recentIds, logger).Run(known.KnownSequence, known.LastSequence);
        Damages = recovered.Damages;
        _segments = new WalSegments(recovered.Segments);
        _feed = new CommitFeed(recovered.NextSequence - 1, options.FeedMemoryBytes);
        _inFlight = new ByteBudget(options.MaxInFlightBytes, clock);
        _space = new DiskSpace(fileSystem, Volumes(options), options.MinFreeBytes, clock);
        var writer = new SegmentWriter(fileSystem, options, _segments, recovered.NextFileNumber, clock);
        _committer = new GroupCommitter(writer, _feed, recovered.NextSequence, options, clock, logger);
        WalLog.Opened(logger, recovered.Segments.Count, OldestSequence, DurableSequence, _recentIds.Count);
    }

    /// <summary>What could not be read when the log was opened.</summary>
    public IReadOnlyList<WalDamage> Damages { get; }

    public string? Problem => (_committer.Refusing ?? _space.Problem) is { } reason ? $"No events can be taken now: {reason}" : null;

    public long DurableSequence => _feed.DurableSequence;

    public long OldestSequence => Array.Find(_segments.All, s => s.LastSequence >= s.FirstSequence)?.FirstSequence ?? DurableSequence + 1;

    public Task<AppendResult> AppendAsync(IReadOnlyList<LogEvent> events, CancellationToken cancellationToken) =>
        // The write goes on when the caller leaves: its claims and its budget must come back in any case.
        events.Count == 0 ? Task.FromResult(new AppendResult([], 0)) : AppendAllAsync(events, cancellationToken).WaitAsync(cancellationToken);

    public async IAsyncEnumerable<CommittedBatch> ReadAsync(long afterSequence, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var files = new SegmentReader(_fileSystem, _segments, _clock, _logger);
        FeedReader reader = _feed.Enter(afterSequence);
        try
        {
            long reached = afterSequence;
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Task more = _feed.More;
                long durable = DurableSequence;
                reached = Math.Max(reached, OldestSequence - 1);
                if (_feed.Next(reader, reached) is { } next)
                {
                    reached = next.Events[^1].Sequence;
                    yield return next;
                    continue;
                }

                if (reached >= durable)
                {
                    await more.WaitAsync(cancellationToken);
                    continue;
                }

                foreach (CommittedBatch batch in files.ReadFileAfter(reached))
                {
                    reached = batch.Events[^1].Sequence;
                    yield return batch;
                    cancellationToken.ThrowIfCancellationRequested();
                }

                // Behind the last file that can be read everything is damaged or released.
                reached = Math.Max(reached, reached < durable && _segments.After(reached) is null ? durable : files.Reached);
            }
        }
        finally
        {
            _feed.Leave(reader);
        }
    }

    public async Task CheckpointAsync(long sequence, CancellationToken cancellationToken)
    {
        await _checkpointing.WaitAsync(cancellationToken);
        try
        {
            WalSegment[] all = _segments.All;
            foreach (WalSegment segment in all.Take(Math.Max(0, all.Length - 1)).TakeWhile(s => s.LastSequence <= sequence))
            {
                _fileSystem.Delete(segment.Path);
                _segments.Remove(segment);
                // One by one and in order: a crash must never bring back a file whose successor is gone.
                _fileSystem.SyncDirectory(_options.Directory);
            }
        }
        catch (IOException e)
        {
            WalLog.DeleteFailed(_logger, _options.Directory, e);
        }
        finally
        {
            _checkpointing.Release();
        }
    }

    /// <summary>Writes what was accepted and closes the files.</summary>
    public void Dispose()
    {
        _committer.Dispose();
        _checkpointing.Dispose();
    }

    private async Task<AppendResult> AppendAllAsync(IReadOnlyList<LogEvent> events, CancellationToken cancellationToken)
    {
        _recentIds.Prune(_known.KnownSequence);
        RefuseIfUnable(events.Count);
        IdClaim claim = await ClaimAsync(events, cancellationToken);
        IReadOnlyList<LogEvent> toStore = claim.HasRepeats ? [.. events.Where((_, i) => claim.Statuses[i] == AppendStatus.Stored)] : events;
        if (toStore.Count == 0)
        {
            _recentIds.Release(claim);
            return new AppendResult(claim.Statuses, claim.RepeatedSequence);
        }

        try
        {
            IReadOnlyList<LogEvent> stored = await WriteAsync(toStore, cancellationToken);
            _recentIds.Commit(claim, SequencesOf(claim, stored), _known.KnownSequence);
            return new AppendResult(claim.Statuses, Math.Max(stored[^1].Sequence, claim.RepeatedSequence));
        }
        catch
        {
            _recentIds.Release(claim);
            throw;
        }
    }

    private static (string What, string Folder)[] Volumes(WalOptions options) => options.StoreDirectory.Length == 0
        ? [("the write-ahead log", options.Directory)]
        : [("the write-ahead log", options.Directory), ("the event store", options.StoreDirectory)];

    private static long[] SequencesOf(IdClaim claim, IReadOnlyList<LogEvent> stored)
    {
        var sequences = new long[claim.Statuses.Length];
        int next = 0;
        for (int i = 0; i < sequences.Length; i++)
        {
            sequences[i] = claim.Statuses[i] == AppendStatus.Stored ? stored[next++].Sequence : 0;
        }

        return sequences;
    }

    private async Task<IReadOnlyList<LogEvent>> WriteAsync(IReadOnlyList<LogEvent> events, CancellationToken cancellationToken)
    {
        var append = new PendingAppend(events, EncodedFrame.Encode(events));
        bool enqueued = false;
        try
        {
            if (!await _inFlight.TakeAsync(append.Bytes, _options.BusyTimeout, cancellationToken))
            {
                throw Refuse(WalUnavailableReason.Busy, "more arrives than the disk takes", events.Count);
            }

            enqueued = _committer.TryEnqueue(append);
            if (!enqueued)
            {
                _inFlight.Return(append.Bytes);
                throw Refuse(WalUnavailableReason.Stopping, "LogView is stopping", events.Count);
            }
        }
        finally
        {
            if (!enqueued)
            {
                append.Dispose();
            }
        }

        try
        {
            return await append.Done;
        }
        finally
        {
            _inFlight.Return(append.Bytes);
        }
    }

    private async Task<IdClaim> ClaimAsync(IReadOnlyList<LogEvent> events, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_recentIds.TryClaim(events, out Task blocker) is { } claim)
            {
                await AskStoreAsync(events, claim, cancellationToken);
                return claim;
            }

            await blocker.WaitAsync(cancellationToken);
        }
    }

    private async Task AskStoreAsync(IReadOnlyList<LogEvent> events, IdClaim claim, CancellationToken cancellationToken)
    {
        if (claim.Keys.Count == 0)
        {
            return;
        }

        try
        {
            var byStream = claim.Keys.Select(k => k.Index).GroupBy(i => events[i].DataStream).ToList();
            foreach (IGrouping<DataStreamName, int> group in byStream)
            {
                IReadOnlyDictionary<EventId, LogEvent> known =
                    await _known.FindAsync(group.Key, [.. group.Select(i => events[i].Id)], cancellationToken);
                foreach (int i in group.Where(i => known.ContainsKey(events[i].Id)))
                {
                    Repeat(events, claim, i, known[events[i].Id]);
                }
            }
        }
        catch (Exception e)
        {
            _recentIds.Release(claim);
            throw e is OperationCanceledException ? e : Refuse(WalUnavailableReason.Store, "the event store cannot tell which ids it knows", events.Count, e);
        }
    }

    private void Repeat(IReadOnlyList<LogEvent> events, IdClaim claim, int index, LogEvent stored)
    {
        _recentIds.ReleaseOne(claim, index);
        foreach (int i in claim.Inner.Where(r => r.Of == index).Select(r => r.Index).Append(index))
        {
            bool same = events[i].Source.Span.SequenceEqual(stored.Source.Span);
            claim.Repeat(i, same ? AppendStatus.AlreadyThere : AppendStatus.Conflict, stored.Sequence);
        }
    }

    private void RefuseIfUnable(int events)
    {
        if ((_committer.Refusing ?? _space.Problem) is { } reason)
        {
            throw Refuse(WalUnavailableReason.Disk, reason, events);
        }

        if (_segments.TotalBytes >= _options.MaxBytes)
        {
            throw Refuse(WalUnavailableReason.Backlog, $"the event store is {_options.MaxBytes} bytes behind", events);
        }

        if (_recentIds.Count >= _options.MaxRecentIds)
        {
            throw Refuse(WalUnavailableReason.Backlog, $"{_options.MaxRecentIds} events with given ids wait for the event store", events);
        }
    }

    private WalUnavailableException Refuse(WalUnavailableReason reason, string why, int events, Exception? inner = null)
    {
        WalMetrics.Refused.Add(events, new KeyValuePair<string, object?>("reason", reason.ToString()));
        return new WalUnavailableException($"No events can be taken now: {why}", inner!) { Reason = reason, RetryAfter = _options.RetryAfter };
    }
}
