using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;

namespace LogView.Server.Storage;

/// <summary>
/// The engine contract. One request gives the same answer on every engine; where an engine cannot, its answer's notes say so.
/// All members are safe for concurrent use; reads never wait for writes. Held to by <c>EventStoreConformance</c>.
/// </summary>
public interface IEventStore : IAsyncDisposable
{
    /// <summary><c>memory</c>, <c>embedded</c> or <c>elastic</c>.</summary>
    string Engine { get; }

    /// <summary>
    /// Every event up to this sequence is held durably by the engine and need not be replayed from the write-ahead log: an engine
    /// that forgets at restart answers the sequence before the oldest event it holds. Never decreases.
    /// </summary>
    long DurableSequence { get; }

    /// <summary>No event that the engine held when it was opened has a greater sequence: new events begin behind it, also when the write-ahead log is lost.</summary>
    long LastSequence => DurableSequence;

    /// <summary>Bytes of sources that a write should have when as many wait: more at once is faster. 0: as they come.</summary>
    int WriteBytes => 0;

    /// <summary>
    /// Makes the events searchable before it returns, all or none. Idempotent by data stream and id: an event that is already there is left as it is.
    /// Sequences within and across calls increase. The engine keeps references to the memory of the events; the caller must not reuse it.
    /// </summary>
    Task WriteAsync(IReadOnlyList<LogEvent> events, CancellationToken cancellationToken);

    /// <summary>
    /// Answers one search over a consistent snapshot taken at the call. Reports growing partial answers (rows first) to
    /// <paramref name="progress"/>, in order, never after it returned. Throws <see cref="OperationCanceledException"/> within
    /// 500 ms of cancellation, <see cref="BadCursorException"/>, and <see cref="Aggregations.TooManyBucketsException"/>. Hits are in
    /// <see cref="EventOrder"/>.
    /// </summary>
    Task<SearchResult> SearchAsync(StoreSearch search, IProgress<SearchResult>? progress, CancellationToken cancellationToken);

    /// <summary>
    /// The store as it is now, for reading all hits of a search page by page: none is repeated or left out because others come or go meanwhile. What the engine cannot
    /// hold still is said in its notes. The caller disposes it. Fails as <see cref="SearchAsync"/>.
    /// </summary>
    Task<IStoreSnapshot> HoldAsync(StoreSearch search, CancellationToken cancellationToken) => Task.FromResult<IStoreSnapshot>(new LiveSnapshot(this));

    /// <summary>The events among <paramref name="ids"/> that exist, with a hash of their source. Used to answer repeats.</summary>
    Task<IReadOnlyDictionary<EventId, LogEvent>> FindAsync(DataStreamName dataStream, IReadOnlyCollection<EventId> ids, CancellationToken cancellationToken);

    /// <summary>Field names with types and coverage over the newest events of the search, at most <paramref name="sampleEvents"/>.</summary>
    Task<FieldList> ListFieldsAsync(StoreSearch search, int sampleEvents, CancellationToken cancellationToken);

    Task<IReadOnlyList<DataStreamInfo>> ListDataStreamsAsync(CancellationToken cancellationToken);

    /// <summary>Removes the data stream's events for good. False when there is no such data stream.</summary>
    Task<bool> DeleteDataStreamAsync(DataStreamName name, CancellationToken cancellationToken);

    StoreStatistics Statistics { get; }

    /// <summary>What others write to the store; null when only LogView does.</summary>
    IOtherEvents? Others => null;

    /// <summary>True when the engine looks at retention.</summary>
    bool KeepsRetention => false;

    /// <summary>Who keeps the retention of a data stream instead of LogView, such as <c>policy logs-30d</c>, as far as is known; null: LogView does.</summary>
    string? RetentionKeeper(DataStreamName name) => null;

    /// <summary>What does not work as it should. An engine that keeps nothing on disk has nothing to say.</summary>
    StoreHealth Health => StoreHealth.Good;
}

/// <param name="Events">Events that can be searched.</param>
/// <param name="Bytes">Bytes of their sources, or on disk where the engine writes files.</param>
/// <param name="EvictedEvents">Events that left because of a bound on events (not by retention), since start.</param>
/// <param name="MaxEvents">That bound; null: none.</param>
public sealed record StoreStatistics(long Events, long Bytes, long EvictedEvents, long? MaxEvents);
