using LogView.Client.Contracts.Events;

namespace LogView.Server.Storage;

/// <summary>Events that others write to the store, past LogView's log. Only an engine that is shared has them. Safe for concurrent use.</summary>
public interface IOtherEvents
{
    /// <summary>A reader of what comes from its first reading on. Nothing is asked of the store yet.</summary>
    /// <param name="wanted">Query, data streams, and what <c>now</c> stands for; time range, sort, size and aggregations are not used.</param>
    IOtherEventReader Follow(StoreSearch wanted);
}

/// <summary>One place in the stream of what others write. Not safe for concurrent use.</summary>
public interface IOtherEventReader
{
    /// <summary>
    /// The matching events that became visible since the last reading, whatever their timestamps, each once. The first reading gives none: it fixes where
    /// the stream begins. Bounded; <see cref="OtherEventBatch.HasMore"/> says that the next one goes on at once. Throws <see cref="StoreUnavailableException"/>
    /// when the store does not answer; the next reading then has what this one would have had.
    /// </summary>
    Task<OtherEventBatch> ReadAsync(CancellationToken cancellationToken);
}

/// <param name="Events">By time, oldest first.</param>
/// <param name="Parts">How many parts of the store (shards) were asked; 0: nobody else writes what is wanted.</param>
/// <param name="HasMore">More is visible already.</param>
/// <param name="Missing">Why events before these may be missing: one sentence for people; null: none are.</param>
/// <param name="Trouble">What does not answer now and will be read later: one sentence; null: all answered.</param>
public sealed record OtherEventBatch(IReadOnlyList<LogEvent> Events, int Parts, bool HasMore = false, string? Missing = null, string? Trouble = null);
