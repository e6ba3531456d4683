using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Tail;
using LogView.Server.Tail;

namespace LogView.Tests.Tail;

/// <summary>One viewer that reads its tail step by step and keeps what it got.</summary>
internal sealed class TailReading : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TailSession _session;
    private readonly CancellationTokenSource _end = new();
    private readonly IAsyncEnumerator<TailSessionBatch> _batches;

    public TailReading(TailSession session)
    {
        _session = session;
        _batches = session.ReadAsync(_end.Token).GetAsyncEnumerator(CancellationToken.None);
    }

    public List<LogEvent> Got { get; } = [];

    public List<TailGap> Gaps { get; } = [];

    public TailStatus Status { get; private set; } = new(0, 0, 0, 0, "");

    /// <summary>Batches read so far.</summary>
    public long Batches { get; private set; }

    public IEnumerable<long> Sequences => Got.Select(e => e.Sequence);

    /// <summary>Reads the next batch; false at the end.</summary>
    public async Task<bool> NextAsync()
    {
        if (!await _batches.MoveNextAsync().AsTask().WaitAsync(Patience))
        {
            return false;
        }

        Take(_batches.Current);
        return true;
    }

    public async Task<TailReading> UntilAsync(Func<TailReading, bool> done)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!done(this))
        {
            Assert.False(patience.IsCancellationRequested, $"Waited too long at {Status}");
            Assert.True(await NextAsync(), $"The tail ended at {Status}");
        }

        return this;
    }

    public bool HadBackfill { get; private set; }

    /// <summary>Reads up to the backfill: from here on the tail is live.</summary>
    public Task<TailReading> LiveAsync() => UntilAsync(r => r.HadBackfill);

    public Task<TailReading> MatchedAsync(long events) => UntilAsync(r => r.Status.Matched >= events);

    /// <summary>Tells that everything read so far was seen.</summary>
    public void SeeAll() => _session.Seen(Batches);

    /// <summary>Ends the tail and reads what was waiting.</summary>
    public async Task EndAsync()
    {
        await _end.CancelAsync();
        while (await NextAsync())
        {
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _batches.DisposeAsync();
        _session.Dispose();
        _end.Dispose();
    }

    private void Take(TailSessionBatch batch)
    {
        Batches++;
        Got.AddRange(batch.Events.Select(e => e.Event));
        Status = batch.Status;
        HadBackfill |= batch.IsBackfill;
        Assert.Equal(Status.Matched, Status.Shown + Status.LeftOut);
        Assert.Equal(Got.Count, Status.Shown);
        if (batch.Status.Gap is { } gap)
        {
            Gaps.Add(gap);
        }
    }
}
