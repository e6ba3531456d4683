using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Tail;

namespace LogView.Server.Tail;

/// <summary>An event on its way to a viewer.</summary>
/// <param name="CommittedAt">When its write was acknowledged; for a replayed event when it was read again.</param>
public readonly record struct TailedEvent(LogEvent Event, Timestamp CommittedAt);

/// <summary>
/// What one subscription sends next. The counts and <paramref name="Sequence"/> belong together: each of the <paramref name="Matched"/> events
/// up to there was shown or left out.
/// </summary>
public sealed record TailCut(
    IReadOnlyList<TailedEvent> Events, long Matched, long Shown, long LeftOut, long Backfilled, long Sequence, TailGap? Gap)
{
    public bool IsBackfill { get; init; }

    public TailStatus Status(Timestamp now, TimeSpan brokerLag)
    {
        long delay = (long)brokerLag.TotalMilliseconds;
        if (!IsBackfill && Events.Count > 0)
        {
            delay = Math.Max(delay, now.UnixMilliseconds - Events[^1].CommittedAt.UnixMilliseconds);
        }

        return new TailStatus(Matched, Shown, LeftOut, delay, new TailPosition(Sequence, now).ToString(), Gap, Backfilled);
    }
}
