using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Time;
using LogView.Server.Platform;
using LogView.Server.Storage.Embedded.Format;
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
    private readonly SegmentStore _segments;
    private readonly Durability _durability;
    private readonly Upkeep _upkeep;
    private readonly Sealer _sealer;
    private readonly MaintenanceLoop _maintenance;
    private readonly List<string> _damage = [];

    /// <summary>One writer at a time changes heads.</summary>
    private readonly SemaphoreSlim _writing = new(1);

    /// <summary>One change of files at a time.</summary>
    private readonly Lock _disk = new();

    private EmbeddedEventStore(EmbeddedStoreOptions options, IFileSystem files, TimeProvider clock, ILogger logger)
    {
        (_options, _clock, _logger) = (options, clock, logger);
        files.CreateDirectory(options.Directory);
        _catalog = new Catalog(options.Directory);
        _segments = new SegmentStore(files, _catalog);
        StoreState state = StoreState.Read(files, options.Directory, out string? damage);
        if (damage is not null)
        {
            _damage.Add(damage);
        }

        new PartitionOpener(files, _catalog, _damage).OpenAll(state);
        _damage.ForEach(logger.FileDamaged);
        _durability = new Durability(files, _catalog, state);
        _upkeep = new Upkeep(options, _catalog, _segments, clock, logger);
        _sealer = new Sealer(Seal, clock, logger);
        _maintenance = new MaintenanceLoop(MaintainAsync, options.MaintenanceInterval, clock, logger);
    }

    public string Engine => "embedded";

    public long DurableSequence => _durability.Sequence;

    public StoreStatistics Statistics
    {
        get
        {
            IReadOnlyList<DataStreamInfo> streams = _catalog.Describe();
            return new StoreStatistics(streams.Sum(s => s.Events), streams.Sum(s => s.Bytes), EvictedEvents: 0, MaxEvents: null);
        }
    }

    /// <summary>What was found damaged since the store opened, for people.</summary>
    public IReadOnlyList<string> Damage
    {
        get
        {
            lock (_damage)
            {
                return [.. _damage];
            }
        }
    }

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
            List<(Partition, Head)> full = Add(events);
            await EnqueueAsync([.. full, .. HeadCloser.CloseExcess(_catalog, _options)]);
        }
        finally
        {
            _writing.Release();
        }
    }

    public async Task<SearchResult> SearchAsync(StoreSearch search, IProgress<SearchResult>? progress, CancellationToken cancellationToken)
    {
        bool damaged = false;
        while (true)
        {
            try
            {
                using Snapshot snapshot = _catalog.TakeSnapshot(search.DataStreams, search.Range);
                var run = new SearchRun(search, snapshot.Views, _options.SearchThreads, _clock, progress);
                SearchResult result = await Task.Run(() => run.RunAsync(cancellationToken), cancellationToken);
                return damaged ? WithDamageNote(result) : result;
            }
            catch (DamagedFileException e)
            {
                if (!Quarantine(e))
                {
                    throw;
                }

                damaged = true;
            }
        }
    }

    public Task<IReadOnlyDictionary<EventId, LogEvent>> FindAsync(
        DataStreamName dataStream, IReadOnlyCollection<EventId> ids, CancellationToken cancellationToken)
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
            lock (_disk)
            {
                // Remembered before anything is removed.
                _durability.Delete(name);
                IReadOnlyList<Partition>? removed = _catalog.Remove(name);
                foreach (Partition partition in removed ?? [])
                {
                    _segments.Delete(partition);
                }

                _durability.Advance();
                return removed is not null;
            }
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Seals every head, so that nothing has to be replayed; what cannot be written stays in the log.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        try
        {
            foreach (Partition partition in _catalog.Partitions)
            {
                foreach (Head head in partition.Heads.ToList())
                {
                    Seal(partition, head);
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
        await StopAsync();
        Close();
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
        lock (_disk)
        {
            _upkeep.Retire();
        }

        bool more = true;
        while (more)
        {
            cancellationToken.ThrowIfCancellationRequested();
            lock (_disk)
            {
                more = _upkeep.MergeOnce();
            }
        }
    }

    internal IReadOnlyList<Partition> Partitions => _catalog.Partitions;

    private List<(Partition, Head)> Add(IReadOnlyList<LogEvent> events)
    {
        using var batch = new WriteBatch(_options, _catalog, _clock);
        try
        {
            foreach (LogEvent logEvent in events)
            {
                if (!_durability.IsDeleted(logEvent))
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
        _durability.Wrote(events[^1].Sequence);
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

    private void Seal(Partition partition, Head head)
    {
        lock (_disk)
        {
            if (!partition.IsGone && head.Published > 0)
            {
                _segments.Seal(partition, head);
            }
            else
            {
                _catalog.Replace(partition, [head], [], by: null);
            }

            _durability.Advance();
        }
    }

    private bool Quarantine(DamagedFileException damage)
    {
        lock (_disk)
        {
            foreach (Partition partition in _catalog.Partitions)
            {
                if (partition.Segments.FirstOrDefault(s => string.Equals(s.File.Path, damage.Path, StringComparison.Ordinal)) is { } segment)
                {
                    _segments.Quarantine(partition, segment);
                    _logger.FileDamaged(damage.Message);
                    lock (_damage)
                    {
                        _damage.Add(damage.Message);
                    }

                    return true;
                }
            }
        }

        return false;
    }

    private static SearchResult WithDamageNote(SearchResult result) => result with
    {
        Status = SearchStatus.Partial,
        Notes = [.. result.Notes, new SearchNote("segment_damaged", "A damaged file was set aside; its events are missing from this answer")],
    };

    private async Task StopAsync()
    {
        await _maintenance.DisposeAsync();
        await _writing.WaitAsync();
        await _sealer.DisposeAsync();
    }

    private void Close()
    {
        foreach (SealedSegment segment in _catalog.Partitions.SelectMany(p => p.Segments))
        {
            segment.File.Release();
        }
    }
}
