using LogView.Client.Contracts.Events;

namespace LogView.Client.Contracts.Time;

/// <summary>Half-open: <c>From ≤ t &lt; To</c>.</summary>
public readonly record struct TimeRange(Timestamp From, Timestamp To)
{
    public static TimeRange All => new(Timestamp.MinValue, Timestamp.MaxValue);

    public bool IsEmpty => To <= From;

    public bool Contains(Timestamp instant) => instant >= From && (instant < To || To == Timestamp.MaxValue);
}
