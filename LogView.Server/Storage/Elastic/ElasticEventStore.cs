using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Server.Platform;
using LogView.Server.Storage.Elastic.Client;
using LogView.Server.Storage.Elastic.Following;
using LogView.Server.Storage.Elastic.Indices;
using LogView.Server.Storage.Elastic.Reading;
using LogView.Server.Storage.Elastic.Reading.Holding;
using LogView.Server.Storage.Elastic.Retiring;
using LogView.Server.Storage.Elastic.Sharing;
using LogView.Server.Storage.Elastic.Writing;

namespace LogView.Server.Storage.Elastic;

/// <summary>
/// A cluster of Elasticsearch or OpenSearch as the event store: LogView's own data streams, and everything else the cluster holds. Connects at the first
/// use, so that a cluster which is down does not keep LogView from starting; until it is back the write-ahead log keeps what arrives. Members throw
/// <see cref="ElasticException"/> when the cluster does not answer.
/// </summary>
public sealed class ElasticEventStore : IEventStore
{
    private readonly TimeProvider _clock;
    private readonly ElasticEngineOptions _options;
    private readonly ElasticClient _client;
    private readonly ElasticClient? _ownClient;
    private readonly IndexCatalog _catalog;
    private readonly TimeFields _times;
    private readonly ClusterTasks _tasks;
    private readonly SearchSender _sender;
    private readonly StreamList _streams;
    private readonly WriteProgress _progress;
    private readonly SharedDocuments _shared;
    private readonly LiveWriters _writers;
    private readonly SemaphoreSlim _connecting = new(1);
    private readonly SemaphoreSlim _writing = new(1);
    private readonly ClusterTrouble _trouble = new();
    private volatile Connection? _connection;
    private long _published;
    private long _events;
    private long _bytes;

    /// <summary>Throws <see cref="InvalidDataException"/> when the options' files cannot be read, and <see cref="IOException"/>.</summary>
    public ElasticEventStore(ElasticEngineOptions options, IFileSystem files, TimeProvider clock)
        : this(new ElasticClient(options, clock), options, files, clock) => _ownClient = _client;

    /// <param name="client">Belongs to the caller.</param>
    /// <param name="options">Those of the client.</param>
    /// <param name="files">For what the engine has to remember.</param>
    /// <param name="clock">For ages.</param>
    internal ElasticEventStore(ElasticClient client, ElasticEngineOptions options, IFileSystem files, TimeProvider clock)
    {
        (_client, _options, _clock) = (client, options, clock);
        _catalog = new IndexCatalog(_client, options.Prefix, clock);
        _times = new TimeFields(_client, options.TimeFields, clock);
        _tasks = new ClusterTasks(_client);
        _sender = new SearchSender(_client, _tasks);
        _streams = new StreamList(_client, _sender);
        _progress = WriteProgress.Open(options.Directory, files);
        _published = _progress.Sequence;
        _shared = new SharedDocuments(_client, options.Prefix);
        _writers = new LiveWriters(_shared, _progress.Writer, options.Timeout, clock);
        Others = new ClusterFollower(_client, _catalog, _writers, clock, ScopeAsync);
    }

    public string Engine => "elastic";

    public long DurableSequence => _progress.Sequence;

    public int WriteBytes => BulkWriter.SourceBytes;

    public StoreStatistics Statistics => new(Volatile.Read(ref _events), Volatile.Read(ref _bytes), EvictedEvents: 0, MaxEvents: null);

    public IOtherEvents? Others { get; }

    public StoreHealth Health => _trouble.Health;

    public bool KeepsRetention => true;

    public string? RetentionKeeper(DataStreamName name) => _connection?.Upkeep.ManagerOf(name)
        ?? (_catalog.Known?.Any(i => i.Stream == name && !i.IsOwn) is true ? "indices of others" : null);

    public Task WriteAsync(IReadOnlyList<LogEvent> events, CancellationToken cancellationToken) =>
        events.Count == 0 ? Task.CompletedTask : _trouble.WriteAsync(() => WriteOnceAsync(events, cancellationToken));

    public async Task<SearchResult> SearchAsync(StoreSearch search, IProgress<SearchResult>? progress, CancellationToken cancellationToken)
    {
        if (search.After is not null)
        {
            _ = SortCursor.Read(search.After, search.Sort);
        }

        return await _trouble.SearchAsync(async () =>
        {
            SearchScope scope = await ScopeAsync(i => search.Wants(i.Stream, i.Aliases), cancellationToken);
            return await new SearchRun(_sender, scope, search, _clock, progress).RunAsync(cancellationToken);
        });
    }

    public async Task<IStoreSnapshot> HoldAsync(StoreSearch search, CancellationToken cancellationToken)
    {
        Cluster cluster = (await ConnectAsync(cancellationToken)).Cluster;
        SearchScope scope = await ScopeAsync(i => search.Wants(i.Stream, i.Aliases), cancellationToken);
        return new HeldSearch(_client, _tasks, scope, await PointInTime.TryOpenAsync(_client, cluster, scope, cancellationToken), _clock);
    }

    public async Task<IReadOnlyDictionary<EventId, LogEvent>> FindAsync(
        DataStreamName dataStream, IReadOnlyCollection<EventId> ids, CancellationToken cancellationToken)
    {
        SearchScope scope = await ScopeAsync(i => i.Stream == dataStream, cancellationToken);
        if (scope.IsEmpty)
        {
            // Another may have made it since the indices were listed: who opens a link asks for it within seconds.
            _catalog.Forget();
            scope = await ScopeAsync(i => i.Stream == dataStream, cancellationToken);
        }

        return scope.IsEmpty ? new Dictionary<EventId, LogEvent>() : await EventFinder.FindAsync(_sender, scope, ids, cancellationToken);
    }

    public async Task<FieldList> ListFieldsAsync(StoreSearch search, int sampleEvents, CancellationToken cancellationToken)
    {
        StoreSearch newest = search with
        {
            Sort = [SortField.NewestFirst],
            Size = sampleEvents,
            Skip = 0,
            After = null,
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

    public Task<IReadOnlyList<DataStreamInfo>> ListDataStreamsAsync(CancellationToken cancellationToken) =>
        _trouble.SearchAsync(async () => await _streams.ReadAsync(await ScopeAsync(_ => true, cancellationToken), cancellationToken));

    public async Task<bool> DeleteDataStreamAsync(DataStreamName name, CancellationToken cancellationToken)
    {
        Connection connection = await ConnectAsync(cancellationToken);
        await _writing.WaitAsync(cancellationToken);
        try
        {
            _catalog.Forget();
            SearchScope scope = await ScopeAsync(i => i.Stream == name, cancellationToken);
            bool hadEvents = await _streams.CountAsync(scope, cancellationToken) > 0;
            if (!scope.IsEmpty)
            {
                await connection.Installer.DeleteAsync(name, [.. scope.All], cancellationToken);
                connection.Bulk.Forget(name);
                await RecountAsync(cancellationToken);
            }

            return hadEvents;
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Rolls over and retires what it is time for, if this LogView is the one that does. Throws <see cref="ElasticException"/>.</summary>
    internal async Task MaintainAsync(CancellationToken cancellationToken)
    {
        Connection connection = await _trouble.SearchAsync(async () =>
        {
            Connection connected = await ConnectAsync(cancellationToken);
            await _catalog.ListAsync(cancellationToken);
            return connected;
        });
        await _trouble.MaintainAsync(async () =>
        {
            Func<DataStreamName, Func<Task>, Task> alone = (stream, step) => AloneAsync(connection, stream, step, cancellationToken);
            if (await connection.Upkeep.RunAsync(name => ScopeAsync(i => i.Stream == name, cancellationToken), alone, cancellationToken))
            {
                _catalog.Forget();
                await RecountAsync(cancellationToken);
            }

            await AnnounceAgainAsync(cancellationToken);
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _tasks.DisposeAsync();
        _ownClient?.Dispose();
        _catalog.Dispose();
        _times.Dispose();
        _writers.Dispose();
        _connecting.Dispose();
        _writing.Dispose();
    }

    private async Task WriteOnceAsync(IReadOnlyList<LogEvent> events, CancellationToken cancellationToken)
    {
        Connection connection = await ConnectAsync(cancellationToken);
        await _writing.WaitAsync(cancellationToken);
        try
        {
            long created = await connection.Bulk.WriteAsync(events, cancellationToken);
            _trouble.PutAside(connection.Bulk.PutAside);
            Interlocked.Add(ref _events, created);
            Interlocked.Add(ref _bytes, created == 0 ? 0 : events.Sum(e => (long)e.Source.Length));
            Volatile.Write(ref _published, Math.Max(_published, events[^1].Sequence));
            _progress.Advance(events[^1].Sequence);
            await AnnounceAsync(cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>That this LogView writes is only of interest to the tails of others: a write does not fail for it.</summary>
    private async Task AnnounceAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _writers.AnnounceAsync(cancellationToken);
        }
        catch (ElasticException)
        {
            // The upkeep tries again and says why it does not work.
        }
    }

    private async Task AnnounceAgainAsync(CancellationToken cancellationToken)
    {
        if (!_writers.IsOwed)
        {
            return;
        }

        await _writing.WaitAsync(cancellationToken);
        try
        {
            await _writers.AnnounceAsync(cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task AloneAsync(Connection connection, DataStreamName stream, Func<Task> step, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            await step();
            connection.Bulk.Forget(stream);
            _catalog.Forget();
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task<SearchScope> ScopeAsync(Func<ClusterIndex, bool> wanted, CancellationToken cancellationToken)
    {
        await ConnectAsync(cancellationToken);
        long published = Volatile.Read(ref _published);
        ClusterIndex[] indices = [.. (await _catalog.ListAsync(cancellationToken)).Where(wanted)];
        ClusterIndex[] own = [.. indices.Where(i => i.IsOwn)], others = [.. indices.Where(i => !i.IsOwn)];
        (IReadOnlyList<ClusterIndex> timed, IReadOnlyList<ClusterIndex> untimed) = await _times.OfAsync(others, cancellationToken);
        return new SearchScope(
            own, timed, await _catalog.FieldsAsync(own, cancellationToken), await _catalog.FieldsAsync(timed, cancellationToken), _progress.Writer, published)
        { Undated = untimed };
    }

    private async Task<Connection> ConnectAsync(CancellationToken cancellationToken)
    {
        if (_connection is { } known)
        {
            return known;
        }

        await _connecting.WaitAsync(cancellationToken);
        try
        {
            if (_connection is { } made)
            {
                return made;
            }

            Cluster cluster = await Cluster.ConnectAsync(_client, cancellationToken);
            StreamInstaller installer = new(_client, cluster, _catalog);
            bool mayAlwaysRepeat = _progress.IsNew && (await _catalog.ListAsync(cancellationToken)).Any(i => i.IsOwn);
            BulkWriter bulk = new(_client, installer, _catalog, new BulkOptions(_progress.Writer, _options.Timeout, mayAlwaysRepeat), _clock);
            Lease lease = new(_shared, _options.Timeout, _clock);
            Connection connection = new(cluster, installer, bulk, new ClusterUpkeep(_client, _catalog, _streams, lease, _options.Retention, _clock));
            _connection = connection;
            await RecountAsync(cancellationToken);
            return connection;
        }
        finally
        {
            _connecting.Release();
        }
    }

    private async Task RecountAsync(CancellationToken cancellationToken)
    {
        ClusterIndex[] own = [.. (await _catalog.ListAsync(cancellationToken)).Where(i => i.IsOwn)];
        SearchScope scope = new(own, [], FieldMap.Empty, FieldMap.Empty, _progress.Writer, long.MaxValue);
        Volatile.Write(ref _events, await _streams.CountAsync(scope, cancellationToken));
        Volatile.Write(ref _bytes, scope.IsEmpty ? 0 : (await _streams.BytesAsync(scope, cancellationToken)).Values.Sum());
    }

    /// <summary>What depends on what the cluster can do.</summary>
    private sealed record Connection(Cluster Cluster, StreamInstaller Installer, BulkWriter Bulk, ClusterUpkeep Upkeep);
}
