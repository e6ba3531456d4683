using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Time;
using LogView.Server.Platform;
using LogView.Server.Storage.Embedded.Aggregating;
using LogView.Server.Storage.Embedded.Heads;
using LogView.Server.Storage.Embedded.Maintenance;
using LogView.Server.Storage.Embedded.Partitions;
using LogView.Server.Storage.Embedded.Querying;
using LogView.Server.Storage.Embedded.Segments;
using LogView.Server.Storage.Embedded.Writing;

namespace LogView.Server.Storage.Embedded;

/// <summary>
/// The engine for one machine: partitions of a day each, immutable segments on disk, heads in memory. It has no log of its own: what is
/// only in heads comes back from the write-ahead log, see <see cref="DurableSequence"/>. Format and crash rules: docs/storage-format.md.
/// </summary>
public sealed class EmbeddedEventStore : IEventStore
{
    private readonly EmbeddedStoreOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly Catalog _catalog;
    private readonly StoreFiles _files;
    private readonly Sealer _sealer;
    private readonly MaintenanceLoop _maintenance;
    private readonly SearchTurns _turns = new(Math.Max(2, Environment.ProcessorCount));
    private int _stopped;

    /// <summary>One writer at a time changes heads.</summary>
    private readonly SemaphoreSlim _writing = new(1);

    private EmbeddedEventStore(EmbeddedStoreOptions options, IFileSystem files, TimeProvider clock, ILogger logger)
    {
        (_options, _clock, _logger) = (options, clock, logger);
        Answers = new AnswerCache(options.AggregationCacheBytes);
        files.CreateDirectory(options.Directory);
        _catalog = new Catalog(options.Directory);
        _files = new StoreFiles(options, files, _catalog, clock, logger);
        _sealer = new Sealer(_files.Seal, clock, logger);
        _maintenance = new MaintenanceLoop(MaintainAsync, options.MaintenanceInterval, clock, logger);
    }

    public string Engine => "embedded";

    /// <summary>Counts and aggregations of sealed segments.</summary>
    internal AnswerCache Answers { get; }

    public long DurableSequence => _files.Durability.Sequence;

    public long LastSequence => _catalog.Partitions.SelectMany(p => p.Segments).Select(s => s.Summary.LastSequence).Append(DurableSequence).Max();

    public StoreStatistics Statistics
    {
        get
        {
            IReadOnlyList<DataStreamInfo> streams = _catalog.Describe();
            return new StoreStatistics(streams.Sum(s => s.Events), streams.Sum(s => s.Bytes), EvictedEvents: 0, MaxEvents: null);
        }
    }

    public bool KeepsRetention => true;

    public StoreHealth Health => new(_files.Damage.All, _sealer.Failure is { } failure ? $"Segments cannot be written: {failure.Message}" : null);

    /// <summary>Opens the store in the options' folder, made when missing. Throws <see cref="IOException"/> when the folder cannot be used.</summary>
    public static EmbeddedEventStore Open(EmbeddedStoreOptions options, IFileSystem files, TimeProvider clock, ILogger<EmbeddedEventStore> logger) =>
        new(options, files, clock, logger);

    public async Task WriteAsync(IReadOnlyList<LogEvent> events, CancellationToken cancellationToken)
    {
        if (events.Count == 0)
        {
            return;
        }

        await _writing.WaitAsync(cancellationToken);
        try
        {
            await _sealer.WaitForRoomAsync(_options.MaxPendingSeals - 1, cancellationToken);
            List<(Partition, Head)> full = _files.Serving(() => Add(events));
            await EnqueueAsync([.. full, .. HeadCloser.CloseExcess(_catalog, _options)]);
        }
        finally
        {
            _writing.Release();
        }
    }

    public async Task<SearchResult> SearchAsync(StoreSearch search, IProgress<SearchResult>? progress, CancellationToken cancellationToken)
    {
        SearchResult result = await _files.ServingAsync(async () =>
        {
            using Snapshot snapshot = _catalog.TakeSnapshot(search.DataStreams, search.Range);
            var run = new SearchRun(search, snapshot.Views, Answers, _turns, _options.SearchThreads, _clock, progress);
            return await Task.Run(() => run.RunAsync(cancellationToken), cancellationToken);
        });
        return _files.Damage.Mark(search, result);
    }

    public Task<IReadOnlyDictionary<EventId, LogEvent>> FindAsync(
        DataStreamName dataStream, IReadOnlyCollection<EventId> ids, CancellationToken cancellationToken)
    {
        return Task.FromResult<IReadOnlyDictionary<EventId, LogEvent>>(_files.Serving(() => Find(dataStream, ids, cancellationToken)));
    }

    public async Task<FieldList> ListFieldsAsync(StoreSearch search, int sampleEvents, CancellationToken cancellationToken)
    {
        StoreSearch newest = search with
        {
            Sort = [SortField.NewestFirst],
            Size = sampleEvents,
            Skip = 0,
            After = null,
            Count = CountMode.None,
            Aggregations = new Dictionary<string, PlannedAggregation>(StringComparer.Ordinal),
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

    public Task<IReadOnlyList<DataStreamInfo>> ListDataStreamsAsync(CancellationToken cancellationToken) => Task.FromResult(_catalog.Describe());

    public async Task<bool> DeleteDataStreamAsync(DataStreamName name, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            return _files.Delete(name);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Seals the heads, so that little has to be replayed; what cannot be written in time stays in the log.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!await TryStopAsync())
        {
            return;
        }

        try
        {
            // The rest is read from the log at the next start: stopping must not take long.
            long started = _clock.GetTimestamp();
            HeadCloser.Close(_catalog, _ => true);
            foreach ((Partition partition, Head head) in _catalog.Partitions.SelectMany(p => p.Sealing.Select(h => (p, h))).ToList())
            {
                if (_clock.GetElapsedTime(started) < _options.SealAtStop)
                {
                    _files.Seal(partition, head);
                }
            }
        }
        catch (IOException e)
        {
            _logger.SealFailed(_options.Directory, e);
        }

        Close();
    }

    /// <summary>Ends as a crash would: nothing more is written.</summary>
    internal async Task AbandonAsync()
    {
        if (await TryStopAsync())
        {
            Close();
        }
    }

    /// <summary>Closes all open heads and waits until they are segments. For benchmarks and tests.</summary>
    internal async Task SealAllAsync(CancellationToken cancellationToken)
    {
        await CloseHeadsAsync(_ => true, cancellationToken);
        await _sealer.WaitForRoomAsync(0, cancellationToken);
    }

    /// <summary>What the maintenance loop does; for tests that move the clock by hand.</summary>
    internal async Task MaintainAsync(CancellationToken cancellationToken)
    {
        await CloseHeadsAsync(h => _clock.GetElapsedTime(h.StartedAt) >= _options.SealAfter, cancellationToken);
        await RetireAsync(cancellationToken);
        _catalog.Chunks.Trim();
        bool more = true;
        while (more)
        {
            cancellationToken.ThrowIfCancellationRequested();
            more = _files.MergeOnce();
        }
    }

    internal IReadOnlyList<Partition> Partitions => _catalog.Partitions;

    private async Task RetireAsync(CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            _files.Retire();
        }
        finally
        {
            _writing.Release();
        }

        _files.DeleteRemoved();
    }

    private List<(Partition, Head)> Add(IReadOnlyList<LogEvent> events)
    {
        using var batch = new WriteBatch(_options, _catalog, _clock);
        try
        {
            foreach (LogEvent logEvent in events)
            {
                if (!_files.Durability.IsDeleted(logEvent))
                {
                    batch.Add(logEvent);
                }
            }
        }
        catch (Exception)
        {
            batch.Rollback();
            throw;
        }

        batch.Publish();
        _files.Durability.Wrote(events[^1].Sequence);
        return batch.Full;
    }

    /// <summary>Closes the open heads chosen; they become segments in the background.</summary>
    internal async Task CloseHeadsAsync(Func<Head, bool> which, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            await EnqueueAsync(HeadCloser.Close(_catalog, which));
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task EnqueueAsync(IEnumerable<(Partition Partition, Head Head)> closed)
    {
        foreach ((Partition partition, Head head) in closed)
        {
            await _sealer.EnqueueAsync(partition, head, CancellationToken.None);
        }
    }

    private Dictionary<EventId, LogEvent> Find(DataStreamName dataStream, IReadOnlyCollection<EventId> ids, CancellationToken cancellationToken)
    {
        var found = new Dictionary<EventId, LogEvent>();
        using Snapshot snapshot = _catalog.TakeSnapshot(s => s == dataStream, TimeRange.All);
        foreach (EventId id in ids)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (snapshot.Find(id) is { } logEvent)
            {
                found[id] = logEvent;
            }
        }

        return found;
    }

    /// <summary>False when it was stopped before.</summary>
    private async Task<bool> TryStopAsync()
    {
        if (Interlocked.Exchange(ref _stopped, 1) != 0)
        {
            return false;
        }

        await _maintenance.DisposeAsync();
        await _writing.WaitAsync();
        await _sealer.DisposeAsync();
        return true;
    }

    private void Close()
    {
        foreach (SealedSegment segment in _catalog.Partitions.SelectMany(p => p.Segments))
        {
            segment.File.Release();
        }
    }
}
