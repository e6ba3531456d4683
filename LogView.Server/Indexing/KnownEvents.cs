using LogView.Client.Contracts.Events;
using LogView.Server.Storage;
using LogView.Server.Wal;

namespace LogView.Server.Indexing;

/// <summary>What the event store has, for the write-ahead log and the receivers, which must not see the store itself.</summary>
public sealed class KnownEvents(IEventStore store, IIndexProgress progress) : IKnownEvents
{
    public long KnownSequence => progress.IndexedSequence;

    public Task<bool> WaitForAsync(long sequence, TimeSpan timeout, CancellationToken cancellationToken) =>
        progress.WaitForAsync(sequence, timeout, cancellationToken);

    public Task<IReadOnlyDictionary<EventId, LogEvent>> FindAsync(
        DataStreamName dataStream, IReadOnlyCollection<EventId> ids, CancellationToken cancellationToken) =>
        store.FindAsync(dataStream, ids, cancellationToken);
}
