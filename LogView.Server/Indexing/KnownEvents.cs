using LogView.Client.Contracts.Events;
using LogView.Server.Storage;
using LogView.Server.Wal;

namespace LogView.Server.Indexing;

/// <summary>
/// What the event store has, for the write-ahead log and the receivers, which must not see the store itself. A store that is away has nothing: receivers
/// go on, and a repeat is recognised when it is written, where the first event stays.
/// </summary>
public sealed class KnownEvents(IEventStore store, IIndexProgress progress, TimeProvider clock) : IKnownEvents
{
    /// <summary>What a receiver waits for an answer at most.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    /// <summary>After a failure the store is not asked for so long, so that receivers do not wait each time.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private static readonly IReadOnlyDictionary<EventId, LogEvent> None = new Dictionary<EventId, LogEvent>();

    private long _awayUntil = long.MinValue;

    public long KnownSequence => progress.IndexedSequence;

    public long LastSequence => Math.Max(store.LastSequence, KnownSequence);

    public Task<bool> WaitForAsync(long sequence, TimeSpan timeout, CancellationToken cancellationToken) =>
        progress.WaitForAsync(sequence, timeout, cancellationToken);

    public async Task<IReadOnlyDictionary<EventId, LogEvent>> FindAsync(
        DataStreamName dataStream, IReadOnlyCollection<EventId> ids, CancellationToken cancellationToken)
    {
        if (clock.GetUtcNow().UtcTicks < Volatile.Read(ref _awayUntil))
        {
            return None;
        }

        using CancellationTokenSource timeout = new(LongestWait, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await store.FindAsync(dataStream, ids, either.Token);
        }
        catch (Exception e) when (e is StoreUnavailableException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            Volatile.Write(ref _awayUntil, (clock.GetUtcNow() + Pause).UtcTicks);
            return None;
        }
    }
}
