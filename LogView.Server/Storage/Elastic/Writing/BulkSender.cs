using System.Buffers;
using System.Net;
using System.Text.Json;
using LogView.Client.Contracts.Events;
using LogView.Server.Storage.Elastic.Client;
using LogView.Server.Storage.Elastic.Indices;

namespace LogView.Server.Storage.Elastic.Writing;

/// <summary>What became of items that were sent.</summary>
/// <param name="Created">Events that were not in the cluster before.</param>
/// <param name="PutAside">Events among them, or parts of them, that did not get to their own data stream.</param>
/// <param name="Open">Items to send again, as they are now.</param>
/// <param name="Failure">Why some of them have to wait first; null: none has to.</param>
internal sealed record BulkOutcome(long Created, long PutAside, List<BulkItem> Open, ElasticException? Failure);

/// <summary>Sends items once each: as many in a request as it takes, a few requests at a time. One call at a time.</summary>
/// <param name="client">The cluster.</param>
/// <param name="schemas">What its data streams have mapped.</param>
/// <param name="catalog">Names of its data streams.</param>
/// <param name="options">Who writes, and how long an answer may take.</param>
internal sealed class BulkSender(ElasticClient client, StreamSchemas schemas, IndexCatalog catalog, BulkOptions options)
{
    /// <summary>Requests under way at once: the cluster indexes one on each of its cores while the next is written here.</summary>
    private const int MostAtOnce = 3;

    /// <summary>Items of the request that makes a data stream; its mapping is written with the next.</summary>
    private const int FirstItems = 10;

    /// <summary>Memory that is kept for the body of a request to come; larger ones are rare.</summary>
    private const int MostKept = 2 * RequestSize.Most;

    private readonly string _path = BulkRequest.PathFor(options.Timeout);
    private readonly RequestSize _size = new();
    private readonly ArrayBufferWriter<byte> _lines = new();
    private readonly Stack<MemoryStream> _bodies = [];

    /// <summary>Throws <see cref="ElasticException"/> when a whole request failed; then some items may be in the cluster.</summary>
    public async Task<BulkOutcome> SendAsync(List<BulkItem> items, CancellationToken cancellationToken)
    {
        Queue<BulkRequest> underWay = new();
        var outcome = new BulkOutcome(0, 0, [], null);
        try
        {
            for (int next = 0; next < items.Count || underWay.Count > 0;)
            {
                // Nothing goes beside the request that makes a data stream: the next one adds fields to its mapping.
                bool isAlone = schemas.HasNew;
                if (next < items.Count && underWay.Count < (isAlone ? 1 : MostAtOnce))
                {
                    BulkRequest request = await BeginAsync(items, next, isAlone ? FirstItems : items.Count, cancellationToken);
                    underWay.Enqueue(request);
                    next += request.Items.Count;
                    if (!isAlone)
                    {
                        continue;
                    }
                }

                outcome = await EndAsync(underWay.Dequeue(), outcome);
            }
        }
        finally
        {
            // After a failure the others end first: a write that is tried again meets none of its own.
            foreach (BulkRequest request in underWay)
            {
                await ((Task)request.Answer).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        return outcome;
    }

    /// <summary>Writes the next items, at least one, as far as they go into one request, and sends it.</summary>
    private async Task<BulkRequest> BeginAsync(List<BulkItem> items, int next, int most, CancellationToken cancellationToken)
    {
        MemoryStream body = _bodies.TryPop(out MemoryStream? kept) ? kept : new MemoryStream();
        _lines.ResetWrittenCount();
        using Utf8JsonWriter json = new(_lines, EventDocument.Relaxed);
        EventDocument document = new(options.Writer, json);
        List<BulkItem> filled = [];
        while (next + filled.Count < items.Count && filled.Count < most)
        {
            long before = body.Length;
            BulkItem item = items[next + filled.Count];
            Append(item, await schemas.OfAsync(item.Stream, cancellationToken), document, json);
            body.Write(_lines.WrittenSpan);
            _lines.ResetWrittenCount();
            if (body.Length > _size.Bytes && filled.Count > 0)
            {
                body.SetLength(before);
                break;
            }

            filled.Add(item);
        }

        foreach (DataStreamName stream in filled.Select(i => i.Stream).ToHashSet())
        {
            await schemas.MapAsync(stream, cancellationToken);
        }

        var call = new ElasticCall(HttpMethod.Post, _path, body.GetBuffer().AsMemory(0, (int)body.Length)) { ContentType = ElasticCall.NdJson, IsRepeatable = false };
        return new BulkRequest(filled, body, client.SendAsync(call, cancellationToken));
    }

    private void Append(BulkItem item, StreamSchema schema, EventDocument document, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartObject("create");
        json.WriteString("_index", catalog.TargetOf(item.Stream));
        json.WriteString("_id", item.Id);
        json.WriteEndObject();
        json.WriteEndObject();
        EndLine(json);
        document.Write(item.Event, schema, item.IsBare, item.Refusal);
        EndLine(json);
    }

    /// <summary>Only behind an answer: of a request that failed the connection may still read.</summary>
    private void Keep(MemoryStream body)
    {
        if (body.Capacity <= MostKept)
        {
            body.SetLength(0);
            _bodies.Push(body);
        }
    }

    private void EndLine(Utf8JsonWriter json)
    {
        json.Flush();
        _lines.Write("\n"u8);
        json.Reset();
    }

    private async Task<BulkOutcome> EndAsync(BulkRequest request, BulkOutcome before)
    {
        try
        {
            using ElasticAnswer answer = await request.Answer;
            _size.Taken();
            Keep(request.Body);
            return Read(request, answer.Root, before);
        }
        catch (ElasticException e) when (request.IsTooMuch(e))
        {
            Shrink(request, e);
            return before with { Open = [.. before.Open, .. request.Smaller()] };
        }
    }

    private void Shrink(BulkRequest request, ElasticException failure)
    {
        if (request.Items.Count > 1 && failure.Failure == ElasticFailure.TooLarge)
        {
            _size.TooLarge(request.Body.Length);
        }
        else if (request.Items.Count > 1)
        {
            _size.TooMuch(request.Body.Length);
        }
    }

    private BulkOutcome Read(BulkRequest request, JsonElement answer, BulkOutcome before)
    {
        (long created, long putAside, List<BulkItem> open, ElasticException? failure) = before;
        int at = 0;
        foreach (JsonElement result in answer.GetProperty("items").EnumerateArray())
        {
            BulkItem item = request.Items[at++];
            (bool isDone, bool isNew, ElasticException? problem) = Judge(item, result.GetProperty("create"));
            created += isNew ? 1 : 0;
            putAside += isNew && item.Refusal is not null ? 1 : 0;
            failure ??= problem;
            if (!isDone)
            {
                open.Add(item);
            }
        }

        return new BulkOutcome(created, putAside, open, failure);
    }

    /// <summary>What one item's answer means: done or not, new or not, and why the rest has to wait.</summary>
    private (bool IsDone, bool IsNew, ElasticException? Problem) Judge(BulkItem item, JsonElement result)
    {
        var status = (HttpStatusCode)result.GetProperty("status").GetInt32();
        bool isApart = result.TryGetProperty("failure_store", out JsonElement apart) && apart.ValueEquals("used") && item.Stream != BulkItem.Rejected;
        if ((int)status is >= 200 and < 300 && !isApart)
        {
            return (true, true, null);
        }

        if (status == HttpStatusCode.Conflict)
        {
            return (true, false, null);
        }

        (string? type, string? reason) = result.TryGetProperty("error", out JsonElement error) ? ElasticErrors.Read(error) : (isApart ? "failure_store" : null, null);
        ElasticFailure failure = isApart ? ElasticFailure.Rejected : ElasticErrors.FailureOf(status, type, reason);
        schemas.Forget(item.Stream);
        if (failure is ElasticFailure.Rejected && item.Stream != BulkItem.Rejected)
        {
            item.Refuse(type);
            return (false, false, null);
        }

        return (false, false, ElasticErrors.OfItem(failure, status, type, reason));
    }
}
