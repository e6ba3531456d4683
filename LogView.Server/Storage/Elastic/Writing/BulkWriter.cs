using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LogView.Client.Contracts.Events;
using LogView.Server.Storage.Elastic.Client;
using LogView.Server.Storage.Elastic.Indices;

namespace LogView.Server.Storage.Elastic.Writing;

/// <summary>
/// Sends events with <c>_bulk</c> until each is in the cluster: what is there already stays, what the cluster cannot take now is sent again, what it
/// refuses is sent without its own fields, so that no event is lost for its content. One call at a time.
/// </summary>
internal sealed class BulkWriter(ElasticClient client, StreamInstaller installer, IndexCatalog catalog, string writer, TimeProvider clock)
{
    /// <summary>Bytes of one request: large enough to be fast, far below the 100 MB a node takes.</summary>
    private const int MaxBytes = 5 << 20;

    /// <summary>Sends of one item before the whole write fails and is tried again later.</summary>
    private const int MaxSends = 6;

    /// <summary>Events of the request that makes a data stream; its mapping is written with the next.</summary>
    private const int FirstItems = 10;

    /// <summary>Where events go that their own data stream refuses whatever is left out of them.</summary>
    public static readonly DataStreamName Rejected = DataStreamName.Parse("logs-logview.rejected-default");

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);

    private readonly Dictionary<DataStreamName, StreamSchema> _schemas = [];

    /// <summary>Data streams without an index until something is written to them.</summary>
    private readonly HashSet<DataStreamName> _new = [];

    /// <summary>What is believed of a data stream is read again before the next write.</summary>
    public void Forget(DataStreamName stream) => _schemas.Remove(stream);

    /// <summary>Answers how many events were new. All are searchable. Throws <see cref="ElasticException"/>; then some may be in the cluster.</summary>
    public async Task<long> WriteAsync(IReadOnlyList<LogEvent> events, CancellationToken cancellationToken)
    {
        long created = 0;
        List<Item> open = [.. events.Select(e => new Item(e))];
        HashSet<DataStreamName> streams = [.. events.Select(e => e.DataStream)];
        int additions = 0;
        foreach (DataStreamName stream in streams)
        {
            additions += (await SchemaAsync(stream, cancellationToken)).Additions;
        }

        TimeSpan pause = FirstPause;
        for (int send = 1; open.Count > 0; send++)
        {
            (long sent, open, ElasticException? failure) = await SendAllAsync(open, cancellationToken);
            created += sent;
            if (failure is not null && (send == MaxSends || !failure.MayPass))
            {
                throw failure;
            }

            if (failure is not null)
            {
                await Task.Delay(pause, clock, cancellationToken);
                pause *= 2;
            }
        }

        streams.UnionWith(_schemas.Keys.Where(s => s == Rejected));
        await RefreshAsync(streams, cancellationToken);
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

    private async Task<(long Created, List<Item> Open, ElasticException? Failure)> SendAllAsync(List<Item> items, CancellationToken cancellationToken)
    {
        long created = 0;
        List<Item> open = [];
        ElasticException? failure = null;
        for (int next = 0; next < items.Count;)
        {
            using MemoryStream body = new();
            List<Item> sent = [];
            int most = _new.Count > 0 ? FirstItems : items.Count;
            while (next < items.Count && body.Length < MaxBytes && sent.Count < most)
            {
                await AppendAsync(items[next], body, cancellationToken);
                sent.Add(items[next++]);
            }

            await MapAsync(sent, cancellationToken);
            var call = new ElasticCall(HttpMethod.Post, "/_bulk", body.GetBuffer().AsMemory(0, (int)body.Length)) { ContentType = ElasticCall.NdJson };
            using ElasticAnswer answer = await client.SendAsync(call, cancellationToken);
            int at = 0;
            foreach (JsonElement result in answer.Root.GetProperty("items").EnumerateArray())
            {
                Item item = sent[at++];
                (bool isDone, bool isNew, ElasticException? problem) = Judge(item, result.GetProperty("create"));
                created += isNew ? 1 : 0;
                failure ??= problem;
                if (!isDone)
                {
                    open.Add(item);
                }
            }
        }

        return (created, open, failure);
    }

    /// <summary>Many new fields go to the mapping at once; a data stream that is not there yet gets its first event before.</summary>
    private async Task MapAsync(List<Item> sent, CancellationToken cancellationToken)
    {
        foreach (DataStreamName stream in sent.Select(i => i.Stream).ToHashSet())
        {
            if (!_new.Remove(stream) && _schemas[stream].TakeNew() is { Count: >= MappingUpdate.MinFields } added)
            {
                await MappingUpdate.TryAsync(client, catalog.TargetOf(stream), added, cancellationToken);
            }
        }
    }

    private async Task AppendAsync(Item item, MemoryStream body, CancellationToken cancellationToken)
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
        EventDocument.Write(item.Event, schema, item.IsBare, writer, item.Refusal, body);
        body.WriteByte((byte)'\n');
    }

    /// <summary>What one item's answer means: done or not, new or not, and why the rest has to wait.</summary>
    private (bool IsDone, bool IsNew, ElasticException? Problem) Judge(Item item, JsonElement result)
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
        if (failure is ElasticFailure.Rejected && item.Stream != Rejected)
        {
            item.Refuse(type);
            return (false, false, null);
        }

        var problem = new ElasticException(
            failure == ElasticFailure.NotFound ? ElasticFailure.Busy : failure,
            failure == ElasticFailure.Blocked
                ? "The cluster takes no writes: its disk is nearly full or an index is read-only; free space or remove the block, then LogView sends what it kept"
                : $"The cluster does not take events now ({(int)status}{(type is null ? "" : $", {type}")}); LogView keeps them and tries again")
        {
            Status = status, ErrorType = type, Reason = reason,
        };
        return (false, false, problem);
    }

    private async Task RefreshAsync(HashSet<DataStreamName> streams, CancellationToken cancellationToken)
    {
        string path = IndexCatalog.PathOf(streams.Select(catalog.TargetOf));
        using ElasticAnswer answer = await client.SendAsync(ElasticCall.Post($"/{path}/_refresh", []), cancellationToken);
    }

    /// <summary>
    /// One event on its way. Refused, it is sent again: first by the mapping as it is then, next without its own fields, at last to <see cref="Rejected"/>.
    /// </summary>
    private sealed class Item(LogEvent logEvent)
    {
        private int _refusals;
        private string? _why;

        public LogEvent Event => logEvent;

        public DataStreamName Stream { get; private set; } = logEvent.DataStream;

        public string Id => Stream == logEvent.DataStream ? logEvent.Id.Value : Hash();

        public bool IsBare => _refusals > 1;

        public Refusal? Refusal => Stream == logEvent.DataStream ? null : new Refusal(logEvent.DataStream, logEvent.Id, _why);

        public void Refuse(string? why)
        {
            _refusals++;
            _why = why;
            Stream = _refusals > 2 ? Rejected : Stream;
        }

        private string Hash() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{logEvent.DataStream}\n{logEvent.Id}")));
    }
}
