using System.Collections.Concurrent;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Server.Platform;

namespace LogView.Server.Storage.Memory;

/// <summary>
/// The reference engine: a list of events and a loop over it. Right because there is little to get wrong; the other engines are compared with it.
/// Bounded: past <see cref="MemoryEngineOptions.MaxEvents"/> the oldest by arrival leave. Forgets at restart: <see cref="DurableSequence"/> stays
/// before the oldest event held, so that the write-ahead log keeps what has to be replayed. An id is known for as long as its event is held: a repeat of an
/// event that left is stored anew.
/// </summary>
/// <param name="options">The bound.</param>
/// <param name="clock">For how long searches take.</param>
/// <param name="deletions">Remembers deleted data streams across restarts; null: nothing does, and what the log still holds of them comes back.</param>
public sealed class MemoryEventStore(MemoryEngineOptions options, TimeProvider clock, MemoryDeletions? deletions = null) : IEventStore
{
    private readonly Lock _writing = new();
    private readonly ConcurrentDictionary<(DataStreamName, EventId), LogEvent> _byId = new();
    private volatile EventWindow _window = EventWindow.Empty;
    private long _newestSequence;
    private long _durableSequence;
    private long _bytes;
    private long _evicted;

    public string Engine => "memory";

    public long DurableSequence => Volatile.Read(ref _durableSequence);

    public StoreStatistics Statistics =>
        new(_window.Count, Volatile.Read(ref _bytes), Volatile.Read(ref _evicted), options.MaxEvents);

    public Task WriteAsync(IReadOnlyList<LogEvent> events, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_writing)
        {
            if (_newestSequence == 0 && events.Count > 0)
            {
                deletions?.ForgetBefore(events[0].Sequence);
            }

            List<LogEvent> added = [.. events.Where(e => deletions?.Covers(e) != true && _byId.TryAdd((e.DataStream, e.Id), e))];
            foreach (LogEvent logEvent in added)
            {
                // Flattened here, not by the first search: a reader would wait for all events at once.
                _ = logEvent.Fields;
                Invariant.Check(logEvent.Sequence > _newestSequence, "sequences increase");
                _newestSequence = logEvent.Sequence;
                _bytes += logEvent.Source.Length;
            }

            _newestSequence = events.Count > 0 ? Math.Max(_newestSequence, events[^1].Sequence) : _newestSequence;
            Publish(_window.Append(added));
        }

        return Task.CompletedTask;
    }

    public Task<SearchResult> SearchAsync(StoreSearch search, IProgress<SearchResult>? progress, CancellationToken cancellationToken)
    {
        var run = new MemorySearch(_window, search, clock, progress);
        return Task.Run(() => run.Run(cancellationToken), cancellationToken);
    }

    public Task<IReadOnlyDictionary<EventId, LogEvent>> FindAsync(
        DataStreamName dataStream, IReadOnlyCollection<EventId> ids, CancellationToken cancellationToken)
    {
        Dictionary<EventId, LogEvent> found = [];
        foreach (EventId id in ids)
        {
            if (_byId.TryGetValue((dataStream, id), out LogEvent? logEvent))
            {
                found[id] = logEvent;
            }
        }

        return Task.FromResult<IReadOnlyDictionary<EventId, LogEvent>>(found);
    }

    public async Task<FieldList> ListFieldsAsync(StoreSearch search, int sampleEvents, CancellationToken cancellationToken)
    {
        StoreSearch newest = search with
        {
            Sort = [SortField.NewestFirst],
            Size = sampleEvents,
            After = null,
            Count = CountMode.None,
            Aggregations = NoAggregations,
        };
        SearchResult result = await SearchAsync(newest, progress: null, cancellationToken);
        var fields = new FieldListBuilder();
        foreach (Hit hit in result.Hits)
        {
            cancellationToken.ThrowIfCancellationRequested();
            fields.Add(hit.Event);
        }

        return fields.Build(isSample: result.Next is not null);
    }

    public Task<IReadOnlyList<DataStreamInfo>> ListDataStreamsAsync(CancellationToken cancellationToken)
    {
        Dictionary<DataStreamName, DataStreamInfo> streams = [];
        foreach (LogEvent e in _window)
        {
            DataStreamInfo info = streams.GetValueOrDefault(e.DataStream, new DataStreamInfo(e.DataStream, 0, 0, e.Timestamp, e.Timestamp));
            streams[e.DataStream] = info with
            {
                Events = info.Events + 1,
                Bytes = info.Bytes + e.Source.Length,
                Oldest = e.Timestamp < info.Oldest ? e.Timestamp : info.Oldest,
                Newest = e.Timestamp > info.Newest ? e.Timestamp : info.Newest,
            };
        }

        return Task.FromResult<IReadOnlyList<DataStreamInfo>>([.. streams.Values.OrderBy(s => s.Name.Value, StringComparer.Ordinal)]);
    }

    public Task<bool> DeleteDataStreamAsync(DataStreamName name, CancellationToken cancellationToken)
    {
        lock (_writing)
        {
            List<LogEvent> kept = [.. _window.Where(e => e.DataStream != name)];
            // Remembered before anything is removed: what was removed and forgotten would come back.
            deletions?.Add(name, _newestSequence);
            foreach (LogEvent gone in _window.Where(e => e.DataStream == name))
            {
                Forget(gone);
            }

            bool existed = kept.Count < _window.Count;
            Publish(EventWindow.Empty.Append(kept));
            return Task.FromResult(existed);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static Dictionary<string, PlannedAggregation> NoAggregations => new(StringComparer.Ordinal);

    private void Publish(EventWindow window)
    {
        int excess = Math.Max(0, window.Count - options.MaxEvents);
        for (int i = 0; i < excess; i++)
        {
            Forget(window[i]);
        }

        _evicted += excess;
        EventWindow held = window.Drop(excess);
        _window = held;
        long durable = held.Count > 0 ? held[0].Sequence - 1 : _newestSequence;
        Volatile.Write(ref _durableSequence, Math.Max(_durableSequence, durable));
    }

    private void Forget(LogEvent logEvent)
    {
        _byId.TryRemove((logEvent.DataStream, logEvent.Id), out _);
        _bytes -= logEvent.Source.Length;
    }
}
