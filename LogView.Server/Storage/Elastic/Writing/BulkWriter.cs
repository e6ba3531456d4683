using LogView.Client.Contracts.Events;
using LogView.Server.Storage.Elastic.Client;
using LogView.Server.Storage.Elastic.Indices;

namespace LogView.Server.Storage.Elastic.Writing;

/// <param name="Writer">Which LogView this is.</param>
/// <param name="Timeout">How long LogView waits for the cluster.</param>
/// <param name="MayAlwaysRepeat">Any event may be in the cluster already.</param>
internal sealed record BulkOptions(string Writer, TimeSpan Timeout, bool MayAlwaysRepeat);

/// <summary>
/// Sends events with <c>_bulk</c> until each is in the cluster: what is there already stays, what the cluster cannot take now is sent again, what it
/// refuses is sent without its own fields, so that no event is lost for its content. One call at a time.
/// </summary>
internal sealed class BulkWriter
{
    /// <summary>Of one write: several requests, so that the cluster has another while one is answered, and few refreshes.</summary>
    public const int SourceBytes = 16 << 20;

    /// <summary>Rounds with items that the cluster could not take, before the whole write fails and is tried again later.</summary>
    private const int MaxFailures = 6;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);

    private readonly ElasticClient _client;
    private readonly IndexCatalog _catalog;
    private readonly BulkOptions _options;
    private readonly TimeProvider _clock;
    private readonly StreamSchemas _schemas;
    private readonly BulkSender _sender;
    private readonly EarlierEvents _earlier;

    /// <summary>The next write may hold what one before it, or one before the start, has sent.</summary>
    private bool _mayRepeat = true;

    public BulkWriter(ElasticClient client, StreamInstaller installer, IndexCatalog catalog, BulkOptions options, TimeProvider clock)
    {
        (_client, _catalog, _options, _clock) = (client, catalog, options, clock);
        _schemas = new StreamSchemas(client, installer, catalog);
        _sender = new BulkSender(client, _schemas, catalog, options);
        _earlier = new EarlierEvents(client, catalog);
    }

    /// <summary>Events, or parts of them, that did not get to their own data stream since the start.</summary>
    public long PutAside { get; private set; }

    /// <summary>What is believed of a data stream is read again before the next write.</summary>
    public void Forget(DataStreamName stream) => _schemas.Forget(stream);

    /// <summary>Answers how many events were new. All are searchable. Throws <see cref="ElasticException"/>; then some may be in the cluster.</summary>
    public async Task<long> WriteAsync(IReadOnlyList<LogEvent> events, CancellationToken cancellationToken)
    {
        List<BulkItem> open = [.. events.Select(e => new BulkItem(e))];
        HashSet<DataStreamName> streams = [.. events.Select(e => e.DataStream)];
        foreach (DataStreamName stream in streams)
        {
            await _schemas.OfAsync(stream, cancellationToken);
        }

        int additions = _schemas.AdditionsOf(streams);
        bool makesStreams = _schemas.HasNew;
        if (_mayRepeat)
        {
            open = await _earlier.WithoutAsync(open, cancellationToken);
        }

        _mayRepeat = true;
        long created = await SendAsync(open, cancellationToken);
        _mayRepeat = _options.MayAlwaysRepeat;
        streams.UnionWith(_schemas.Known.Where(s => s == BulkItem.Rejected));
        await RefreshAsync(streams, cancellationToken);
        if (makesStreams)
        {
            // Whoever listed the indices meanwhile did not see them.
            _catalog.Forget();
        }

        if (_schemas.AdditionsOf(streams) != additions)
        {
            _catalog.ForgetFields();
        }

        return created;
    }

    private async Task<long> SendAsync(List<BulkItem> open, CancellationToken cancellationToken)
    {
        long created = 0;
        TimeSpan pause = FirstPause;
        for (int failures = 0; open.Count > 0;)
        {
            BulkOutcome outcome = await _sender.SendAsync(open, cancellationToken);
            created += outcome.Created;
            PutAside += outcome.PutAside;
            open = outcome.Open;
            if (outcome.Failure is { } failure)
            {
                if (++failures == MaxFailures || !failure.MayPass)
                {
                    throw failure;
                }

                await Task.Delay(pause, _clock, cancellationToken);
                pause *= 2;
            }
        }

        return created;
    }

    private async Task RefreshAsync(HashSet<DataStreamName> streams, CancellationToken cancellationToken)
    {
        string path = IndexCatalog.PathOf(streams.Select(_catalog.TargetOf));
        using ElasticAnswer answer = await _client.SendAsync(ElasticCall.Post($"/{path}/_refresh", []), cancellationToken);
    }
}
