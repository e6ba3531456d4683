namespace LogView.Tests.Storage.Elastic.Retiring;

/// <summary>The machine's clock, ahead by what a test says. Pauses pass as they do: a client that waits for a server must go on.</summary>
internal sealed class JumpingTime : TimeProvider
{
    private long _aheadTicks;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Volatile.Read(ref _aheadTicks));

    public override long GetTimestamp() => System.GetTimestamp() + (long)(Volatile.Read(ref _aheadTicks) * (TimestampFrequency / (double)TimeSpan.TicksPerSecond));

    public void Advance(TimeSpan by) => Interlocked.Add(ref _aheadTicks, by.Ticks);
}
