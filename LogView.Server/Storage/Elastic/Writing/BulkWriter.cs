using System.Globalization;
using System.Net;
using System.Text.Json;
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
internal sealed class BulkWriter(ElasticClient client, StreamInstaller installer, IndexCatalog catalog, BulkOptions options, TimeProvider clock)
{
    /// <summary>Rounds with items that the cluster could not take, before the whole write fails and is tried again later.</summary>
    private const int MaxFailures = 6;

    /// <summary>Events of the request that makes a data stream; its mapping is written with the next.</summary>
    private const int FirstItems = 10;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);

    /// <summary>The cluster waits for a shard that is away for a third of what LogView waits for the cluster, so that it can say so.</summary>
    private readonly string _path = string.Create(CultureInfo.InvariantCulture, $"/_bulk?timeout={options.Timeout.TotalMilliseconds / 3:0}ms");

    private readonly Dictionary<DataStreamName, StreamSchema> _schemas = [];
    private readonly EarlierEvents _earlier = new(client, catalog);
    private readonly RequestSize _size = new();

    /// <summary>The next write may hold what one before it, or one before the start, has sent.</summary>
    private bool _mayRepeat = true;

    /// <summary>Data streams without an index until something is written to them.</summary>
    private readonly HashSet<DataStreamName> _new = [];

    /// <summary>Events, or parts of them, that did not get to their own data stream since the start.</summary>
    public long PutAside { get; private set; }

    /// <summary>What is believed of a data stream is read again before the next write.</summary>
    public void Forget(DataStreamName stream) => _schemas.Remove(stream);

    /// <summary>Answers how many events were new. All are searchable. Throws <see cref="ElasticException"/>; then some may be in the cluster.</summary>
    public async Task<long> WriteAsync(IReadOnlyList<LogEvent> events, CancellationToken cancellationToken)
    {
        long created = 0;
        List<BulkItem> open = [.. events.Select(e => new BulkItem(e))];
        HashSet<DataStreamName> streams = [.. events.Select(e => e.DataStream)];
        int additions = 0;
        foreach (DataStreamName stream in streams)
        {
            additions += (await SchemaAsync(stream, cancellationToken)).Additions;
        }

        bool makesStreams = _new.Count > 0;
        if (_mayRepeat)
        {
            open = await _earlier.WithoutAsync(open, cancellationToken);
        }

        _mayRepeat = true;
        TimeSpan pause = FirstPause;
        for (int failures = 0; open.Count > 0;)
        {
            (long sent, open, ElasticException? failure) = await SendAllAsync(open, cancellationToken);
            created += sent;
            if (failure is not null && (++failures == MaxFailures || !failure.MayPass))
            {
                throw failure;
            }

            if (failure is not null)
            {
                await Task.Delay(pause, clock, cancellationToken);
                pause *= 2;
            }
        }

        _mayRepeat = options.MayAlwaysRepeat;
        streams.UnionWith(_schemas.Keys.Where(s => s == BulkItem.Rejected));
        await RefreshAsync(streams, cancellationToken);
        if (makesStreams)
        {
            // Whoever listed the indices meanwhile did not see them.
            catalog.Forget();
        }

        if (streams.Sum(s => _schemas.TryGetValue(s, out StreamSchema? schema) ? schema.Additions : -1) != additions)
        {
            catalog.ForgetFields();
        }

        return created;
    }

    private async Task<StreamSchema> SchemaAsync(DataStreamName stream, CancellationToken cancellationToken)
    {
        if (!_schemas.TryGetValue(stream, out StreamSchema? schema))
        {
            (schema, bool isNew) = await installer.InstallAsync(stream, cancellationToken);
            _schemas[stream] = schema;
            if (isNew)
            {
                _new.Add(stream);
            }

            catalog.Forget();
        }

        return schema;
    }

    private async Task<(long Created, List<BulkItem> Open, ElasticException? Failure)> SendAllAsync(List<BulkItem> items, CancellationToken cancellationToken)
    {
        long created = 0;
        List<BulkItem> open = [];
        ElasticException? failure = null;
        for (int next = 0; next < items.Count;)
        {
            using MemoryStream body = new();
            List<BulkItem> sent = await FillAsync(items, next, body, cancellationToken);
            next += sent.Count;
            await MapAsync(sent, cancellationToken);
            if (await TrySendAsync(body, sent, cancellationToken) is not { } answer)
            {
                open.AddRange(sent.Count > 1 ? sent : sent[0].Smaller());
                continue;
            }

            using (answer)
            {
                _size.Taken();
                int at = 0;
                foreach (JsonElement result in answer.Root.GetProperty("items").EnumerateArray())
                {
                    BulkItem item = sent[at++];
                    (bool isDone, bool isNew, ElasticException? problem) = Judge(item, result.GetProperty("create"));
                    created += isNew ? 1 : 0;
                    PutAside += isNew && item.Refusal is not null ? 1 : 0;
                    failure ??= problem;
                    if (!isDone)
                    {
                        open.Add(item);
                    }
                }
            }
        }

        return (created, open, failure);
    }

    /// <summary>Writes the next items, at least one, as far as they go into one request.</summary>
    private async Task<List<BulkItem>> FillAsync(List<BulkItem> items, int next, MemoryStream body, CancellationToken cancellationToken)
    {
        List<BulkItem> filled = [];
        int most = _new.Count > 0 ? FirstItems : items.Count;
        while (next + filled.Count < items.Count && filled.Count < most)
        {
            long before = body.Length;
            BulkItem item = items[next + filled.Count];
            await AppendAsync(item, body, cancellationToken);
            if (body.Length > _size.Bytes && filled.Count > 0)
            {
                body.SetLength(before);
                break;
            }

            filled.Add(item);
        }

        return filled;
    }

    /// <summary>Null when the request has to be made smaller.</summary>
    private async Task<ElasticAnswer?> TrySendAsync(MemoryStream body, List<BulkItem> sent, CancellationToken cancellationToken)
    {
        var call = new ElasticCall(HttpMethod.Post, _path, body.GetBuffer().AsMemory(0, (int)body.Length)) { ContentType = ElasticCall.NdJson, IsRepeatable = false };
        try
        {
            return await client.SendAsync(call, cancellationToken);
        }
        catch (ElasticException e) when (e.Failure == ElasticFailure.TooLarge)
        {
            if (sent.Count > 1)
            {
                _size.TooLarge(body.Length);
            }
            else if (sent[0].Refusal is not null)
            {
                throw;
            }

            return null;
        }
        catch (ElasticException e) when (e.Status == HttpStatusCode.TooManyRequests && e.MayPass && sent.Count > 1)
        {
            _size.TooMuch(body.Length);
            return null;
        }
    }

    /// <summary>Many new fields go to the mapping at once; a data stream that is not there yet gets its first event before.</summary>
    private async Task MapAsync(List<BulkItem> sent, CancellationToken cancellationToken)
    {
        foreach (DataStreamName stream in sent.Select(i => i.Stream).ToHashSet())
        {
            if (!_new.Remove(stream) && _schemas[stream].TakeNew() is { Count: >= MappingUpdate.MinFields } added)
            {
                await MappingUpdate.TryAsync(client, catalog.TargetOf(stream), added, cancellationToken);
            }
        }
    }

    private async Task AppendAsync(BulkItem item, MemoryStream body, CancellationToken cancellationToken)
    {
        StreamSchema schema = await SchemaAsync(item.Stream, cancellationToken);
        using (Utf8JsonWriter action = new(body))
        {
            action.WriteStartObject();
            action.WriteStartObject("create");
            action.WriteString("_index", catalog.TargetOf(item.Stream));
            action.WriteString("_id", item.Id);
            action.WriteEndObject();
            action.WriteEndObject();
        }

        body.WriteByte((byte)'\n');
        EventDocument.Write(item.Event, schema, item.IsBare, options.Writer, item.Refusal, body);
        body.WriteByte((byte)'\n');
    }

    /// <summary>What one item's answer means: done or not, new or not, and why the rest has to wait.</summary>
    private (bool IsDone, bool IsNew, ElasticException? Problem) Judge(BulkItem item, JsonElement result)
    {
        var status = (HttpStatusCode)result.GetProperty("status").GetInt32();
        if ((int)status is >= 200 and < 300)
        {
            return (true, true, null);
        }

        if (status == HttpStatusCode.Conflict)
        {
            return (true, false, null);
        }

        (string? type, string? reason) = result.TryGetProperty("error", out JsonElement error) ? ElasticErrors.Read(error) : (null, null);
        ElasticFailure failure = ElasticErrors.FailureOf(status, type, reason);
        Forget(item.Stream);
        if (failure is ElasticFailure.Rejected && item.Stream != BulkItem.Rejected)
        {
            item.Refuse(type);
            return (false, false, null);
        }

        return (false, false, ElasticErrors.OfItem(failure, status, type, reason));
    }

    private async Task RefreshAsync(HashSet<DataStreamName> streams, CancellationToken cancellationToken)
    {
        string path = IndexCatalog.PathOf(streams.Select(catalog.TargetOf));
        using ElasticAnswer answer = await client.SendAsync(ElasticCall.Post($"/{path}/_refresh", []), cancellationToken);
    }
}
