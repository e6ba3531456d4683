using LogView.Client.Contracts.Events;

namespace LogView.Server.Wal;

/// <summary>
/// The hinge between receiving and storing. Receivers append and acknowledge when the append returns; the indexer and the tail read
/// the commit feed. Safe for concurrent use.
/// </summary>
public interface IWriteAheadLog
{
    /// <summary>Why no events can be taken at the moment, one sentence without its period; null: they can, or nobody tried since they could not.</summary>
    string? Problem => null;

    /// <summary>Sequence of the newest durable event; 0 when there is none.</summary>
    long DurableSequence { get; }

    /// <summary>What could not be read when the log was opened.</summary>
    IReadOnlyList<WalDamage> Damages => [];

    /// <summary>Sequence of the oldest event that can still be read; <see cref="DurableSequence"/> + 1 when there is none.</summary>
    long OldestSequence { get; }

    /// <summary>
    /// Writes the events that are not already there and returns after they are fsynced (group commit). Answers one result per event, in
    /// order. Cancelling stops waiting, not the write. Memory of the events passes to the log.
    /// Throws <see cref="WalUnavailableException"/> when nothing can be written now (disk full, backlog full): nothing of the call was accepted.
    /// </summary>
    Task<AppendResult> AppendAsync(IReadOnlyList<LogEvent> events, CancellationToken cancellationToken);

    /// <summary>
    /// Durable events after <paramref name="afterSequence"/> in order: first the stored ones, then new ones as they become durable, until
    /// cancelled. Readers are independent. A reader that asks for events already released starts at <see cref="OldestSequence"/>.
    /// </summary>
    IAsyncEnumerable<CommittedBatch> ReadAsync(long afterSequence, CancellationToken cancellationToken);

    /// <summary>The engine holds everything up to <paramref name="sequence"/> durably: files wholly below it may be deleted.</summary>
    Task CheckpointAsync(long sequence, CancellationToken cancellationToken);
}

public enum AppendStatus : byte
{
    Stored,

    /// <summary>The data stream already has an event of this id with the same source.</summary>
    AlreadyThere,

    /// <summary>The data stream already has another event of this id; events never change, so this one was not taken.</summary>
    Conflict,
}

/// <param name="Statuses">One per event of the call.</param>
/// <param name="LastSequence">Newest sequence this call must wait for to find its events; 0 when nothing was stored.</param>
public sealed record AppendResult(IReadOnlyList<AppendStatus> Statuses, long LastSequence);

/// <param name="Events">At least one, sequences ascending without gaps.</param>
/// <param name="CommittedAt">When the fsync finished; for replayed events when they were read.</param>
public sealed record CommittedBatch(IReadOnlyList<LogEvent> Events, Timestamp CommittedAt);

/// <summary>What is already stored, by id. Asked only for ids that shippers gave. Safe for concurrent use.</summary>
public interface IKnownEvents
{
    /// <summary><see cref="FindAsync"/> and searches see every event up to this sequence. Never decreases.</summary>
    long KnownSequence { get; }

    /// <summary>No event that is stored when the log is opened has a greater sequence, whether the log has it or not.</summary>
    long LastSequence => KnownSequence;

    /// <summary>Completes with true when everything up to <paramref name="sequence"/> is known, with false after <paramref name="timeout"/>.</summary>
    Task<bool> WaitForAsync(long sequence, TimeSpan timeout, CancellationToken cancellationToken);

    Task<IReadOnlyDictionary<EventId, LogEvent>> FindAsync(DataStreamName dataStream, IReadOnlyCollection<EventId> ids, CancellationToken cancellationToken);
}

/// <summary>Why nothing can be written now.</summary>
public enum WalUnavailableReason : byte
{
    /// <summary>The disk is full or fails: over HTTP 503.</summary>
    Disk,

    /// <summary>More is being written than the disk takes: over HTTP 429.</summary>
    Busy,

    /// <summary>The event store is so far behind that the log's bound is reached: over HTTP 429.</summary>
    Backlog,

    /// <summary>Asking the event store for known ids failed: over HTTP 503.</summary>
    Store,

    /// <summary>LogView is stopping: over HTTP 503.</summary>
    Stopping,
}

public sealed class WalUnavailableException : Exception
{
    public WalUnavailableException()
        : this("The write-ahead log cannot take events now")
    {
    }

    public WalUnavailableException(string message)
        : base(message)
    {
    }

    public WalUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public WalUnavailableReason Reason { get; init; }

    /// <summary>Tell the shipper to come back after this; null: no idea.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
