using LogView.Client.Contracts.Events;
using LogView.Server.Wal;

namespace LogView.Server.Ingest.Pipeline;

/// <summary>
/// Where every receiver hands its events: runs the pipeline (time, severity, names, limits) and appends to the write-ahead log.
/// Safe for concurrent use.
/// </summary>
public interface IEventSink
{
    /// <summary>
    /// Returns when every accepted event is durable; one outcome per event, in order. An event that cannot be one (not a JSON object) is
    /// rejected alone. The memory of the events passes to the sink: the caller must not write to it again, and must not hand in pooled
    /// memory. Cancelling stops waiting, not the write. Give at most <see cref="SinkLimits.MaxBatchBytes"/> at once.
    /// Throws <see cref="WalUnavailableException"/> when nothing can be written now: nothing of the call was accepted, try again later.
    /// </summary>
    /// <param name="receiver">Who received, as in the self-metrics: <c>elastic</c>, <c>ndjson</c>, <c>clef</c>, <c>files</c>, <c>demo</c>.</param>
    /// <param name="events">In the order of arrival.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<SinkResult> WriteAsync(string receiver, IReadOnlyList<ReceivedEvent> events, CancellationToken cancellationToken);
}

/// <summary>One event as a receiver parsed it.</summary>
public readonly record struct ReceivedEvent
{
    /// <summary>UTF-8 JSON object, byte for byte as sent; for a line of text the object its parser made.</summary>
    public required ReadOnlyMemory<byte> Source { get; init; }

    public required DataStreamName DataStream { get; init; }

    /// <summary>When the receiver got it; the event's time when it has none of its own.</summary>
    public required Timestamp ReceivedAt { get; init; }

    /// <summary>The shipper's id, 1 to 512 UTF-8 bytes; null: LogView makes one.</summary>
    public EventId? Id { get; init; }

    /// <summary>The event's time when the receiver knows it; null: the pipeline looks for it in the source.</summary>
    public Timestamp? Timestamp { get; init; }

    /// <summary>
    /// What the receiver itself knows beside the source (<c>log.file.path</c>, <c>log.offset</c>): a UTF-8 JSON object of dotted names →
    /// scalar or array of scalars. Empty: nothing. The pipeline adds its own after these and does not repeat their names.
    /// </summary>
    public ReadOnlyMemory<byte> Derived { get; init; }
}

public enum WriteStatus : byte
{
    /// <summary>Durable.</summary>
    Stored,

    /// <summary>The data stream already had an event of this id with the same source.</summary>
    AlreadyThere,

    /// <summary>The data stream already has another event of this id; this one was not taken.</summary>
    Conflict,

    /// <summary>Not an event; <see cref="WriteOutcome.Reason"/> says why.</summary>
    Rejected,
}

/// <param name="Status">What became of the event.</param>
/// <param name="Id">The event's id, given or made; default when rejected.</param>
/// <param name="Reason">For <see cref="WriteStatus.Rejected"/>: one sentence; else null.</param>
public readonly record struct WriteOutcome(WriteStatus Status, EventId Id, string? Reason);

/// <param name="Outcomes">One per event of the call.</param>
/// <param name="LastSequence">Newest sequence to wait for before a search finds all of the call; 0 when nothing was stored.</param>
public sealed record SinkResult(IReadOnlyList<WriteOutcome> Outcomes, long LastSequence);

public static class SinkLimits
{
    /// <summary>Bytes of sources in one call. Receivers cut longer input into several calls, which bounds what one request holds in memory.</summary>
    public const int MaxBatchBytes = 8 * 1024 * 1024;
}
