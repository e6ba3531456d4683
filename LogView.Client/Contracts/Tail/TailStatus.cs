namespace LogView.Client.Contracts.Tail;

/// <summary>
/// Exact counts since the subscription began, the backfill or replay included. They are taken at <paramref name="Position"/>: each matching
/// event up to there was either sent or left out, so <c>Matched = Shown + LeftOut</c> holds in every status.
/// </summary>
/// <param name="Matched">Events that fit the query.</param>
/// <param name="Shown">Events sent.</param>
/// <param name="LeftOut">Events not sent because the viewer was slower than the stream.</param>
/// <param name="DelayMs">Milliseconds from the acknowledgement of the newest event of the batch to its sending, or from its timestamp where others wrote it; without events, how far the tail is behind the log. For a reader that tells what it has seen, with the time that a batch needs to it and back.</param>
/// <param name="Position">Where to resume: opaque text.</param>
/// <param name="Gap">Events before this status that are missing and not counted. Null: none.</param>
/// <param name="Backfilled">How many of <paramref name="Matched"/> were already stored when the subscription began.</param>
/// <param name="Others">How events are followed that others write to the store; null: nobody else does.</param>
public sealed record TailStatus(
    long Matched, long Shown, long LeftOut, long DelayMs, string Position, TailGap? Gap = null, long Backfilled = 0, TailOthers? Others = null);

/// <summary>Events that reach the store past LogView are asked for, again and again.</summary>
/// <param name="IntervalMs">Milliseconds between two askings; 0: not known yet. An event is shown at most so long after its index made it visible.</param>
/// <param name="Trouble">Why nothing comes now, one sentence for people; null: all is well. What comes meanwhile is shown afterwards.</param>
public sealed record TailOthers(long IntervalMs, string? Trouble);

/// <summary>A stretch of the stream that cannot be replayed any more, with its bounds in time (RFC 3339) where known.</summary>
/// <param name="Reason">One sentence for people.</param>
/// <param name="From">When the last event before the gap was seen.</param>
/// <param name="To">When the stream goes on.</param>
public sealed record TailGap(string Reason, string? From, string? To);
