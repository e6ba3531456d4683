using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Tail;
using LogView.Server.Tail.Others;

namespace LogView.Server.Tail;

/// <summary>An event on its way to a viewer.</summary>
/// <param name="CommittedAt">When its write was acknowledged; for a replayed event when it was read again; for one of others its own timestamp, the only time there is.</param>
public readonly record struct TailedEvent(LogEvent Event, Timestamp CommittedAt)
{
    /// <summary>Its number among the events that others write to the store; 0: it came through LogView's log.</summary>
    public long OtherNumber { get; init; }
}

/// <summary>
/// What one subscription sends next. The counts and <paramref name="Sequence"/> belong together: each of the <paramref name="Matched"/> events
/// up to there was shown or left out.
/// </summary>
public sealed record TailCut(
    IReadOnlyList<TailedEvent> Events, long Matched, long Shown, long LeftOut, long Backfilled, long Sequence, TailGap? Gap)
{
    public bool IsBackfill { get; init; }

    /// <summary>The same as <see cref="Sequence"/> among the events of others.</summary>
    public long OtherNumber { get; init; }

    /// <param name="now">The time.</param>
    /// <param name="brokerLag">How far the tail is behind the log.</param>
    /// <param name="others">The tail of the events of others; null: there is none.</param>
    public TailStatus Status(Timestamp now, TimeSpan brokerLag, OtherTail? others = null)
    {
        long delay = (long)brokerLag.TotalMilliseconds;
        if (!IsBackfill && Events.Count > 0)
        {
            delay = Math.Max(delay, now.UnixMilliseconds - Events[^1].CommittedAt.UnixMilliseconds);
        }

        OtherPosition? place = others is null ? null : new OtherPosition(others.Id, OtherNumber);
        return new TailStatus(Matched, Shown, LeftOut, delay, new TailPosition(Sequence, now, place).ToString(), Gap, Backfilled, others?.Status);
    }
}
