using LogView.Client.Contracts.Events;

namespace LogView.Server.Tail;

/// <summary>
/// How long the oldest event that is durable but not looked at has waited. Remembers when the log was seen to grow, because batches read
/// again from the log do not know when they were committed. Safe for concurrent use.
/// </summary>
internal sealed class TailLag
{
    /// <summary>Times remembered; one per 100 ms of lag, later ones only blur the value.</summary>
    private const int MaxMarks = 64;

    private readonly Lock _lock = new();
    private readonly Queue<(long Durable, Timestamp Seen)> _marks = new();
    private long _newest;

    public TimeSpan Observe(long durable, long evaluated, Timestamp now)
    {
        lock (_lock)
        {
            if (durable > _newest && _marks.Count < MaxMarks)
            {
                _marks.Enqueue((durable, now));
                _newest = durable;
            }

            while (_marks.TryPeek(out var mark) && mark.Durable <= evaluated)
            {
                _marks.Dequeue();
            }

            return _marks.TryPeek(out var oldest)
                ? TimeSpan.FromMilliseconds(Math.Max(0, now.UnixMilliseconds - oldest.Seen.UnixMilliseconds))
                : TimeSpan.Zero;
        }
    }
}
