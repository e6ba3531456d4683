using LogView.Client.Contracts.Events;
using LogView.Server.Accounts;
using LogView.Server.Ingest.Http;
using LogView.Server.Ingest.Pipeline;
using LogView.Server.Wal;

namespace LogView.Server.Ingest.ElasticBulk;

/// <summary><c>POST|PUT /{index}/_doc[/id]</c> and <c>/{index}/_create/id</c>: one event as the body.</summary>
internal static class DocumentEndpoint
{
    public static Task IndexAsync(HttpContext context, IEventSink sink, IKnownEvents known, IngestLimits limits, TimeProvider clock)
    {
        bool isCreate = string.Equals(context.Request.Query["op_type"], "create", StringComparison.Ordinal);
        return HandleAsync(context, isCreate ? BulkVerb.Create : BulkVerb.Index, sink, known, limits, clock);
    }

    public static Task CreateAsync(HttpContext context, IEventSink sink, IKnownEvents known, IngestLimits limits, TimeProvider clock) =>
        HandleAsync(context, BulkVerb.Create, sink, known, limits, clock);

    private static async Task HandleAsync(HttpContext context, BulkVerb verb, IEventSink sink, IKnownEvents known, IngestLimits limits, TimeProvider clock)
    {
        string index = (string)context.GetRouteValue("index")!;
        // Kestrel leaves an encoded slash in the path alone.
        string? id = (context.GetRouteValue("id") as string)?.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        var action = new BulkAction(verb, index, string.IsNullOrEmpty(id) ? null : id);
        Target target = new Targets(context.Viewer()).Find(index);
        if (target.ErrorType is { } type)
        {
            await ElasticAnswer.ErrorAsync(context, target.Status, type, target.Reason!);
            return;
        }

        if (Targets.ProblemOf(id) is { } wrongId)
        {
            await ElasticAnswer.ErrorAsync(context, StatusCodes.Status400BadRequest, "action_request_validation_exception", $"Validation Failed: 1: {wrongId};");
            return;
        }

        try
        {
            byte[] source = await ReadAsync(context, limits);
            var received = new ReceivedEvent
            {
                Source = source, DataStream = target.Name, ReceivedAt = Timestamp.Now(clock), Id = action.Id is null ? null : new EventId(action.Id),
            };
            SinkResult result = await sink.WriteAsync("elastic", [received], context.RequestAborted);
            await Refresh.WaitIfAskedAsync(context, known, result.LastSequence);
            await AnswerAsync(context, BulkItem.Of(action, index, result.Outcomes[0]));
        }
        catch (BadBodyException e)
        {
            await ElasticAnswer.BadBodyAsync(context, e);
        }
        catch (WalUnavailableException e)
        {
            await ElasticAnswer.UnavailableAsync(context, e);
        }
    }

    private static Task AnswerAsync(HttpContext context, BulkItem item)
    {
        if (item.ErrorType is { } type)
        {
            return ElasticAnswer.ErrorAsync(context, item.Status, type, item.Reason!);
        }

        context.Response.StatusCode = item.Status;
        return ElasticAnswer.WriteAsync(context, json =>
        {
            json.WriteStartObject();
            json.WriteString("_index", item.Index);
            json.WriteString("_id", item.Id);
            json.WriteNumber("_version", 1);
            json.WriteString("result", item.Result);
            json.WriteStartObject("_shards");
            json.WriteNumber("total", 1);
            json.WriteNumber("successful", 1);
            json.WriteNumber("failed", 0);
            json.WriteEndObject();
            json.WriteNumber("_seq_no", 0);
            json.WriteNumber("_primary_term", 1);
            json.WriteEndObject();
        });
    }

    private static async Task<byte[]> ReadAsync(HttpContext context, IngestLimits limits)
    {
        await using RequestBody body = RequestBody.Open(context, limits with { MaxRequestBytes = Math.Min(limits.MaxRequestBytes, SinkLimits.MaxBatchBytes) });
        using var bytes = new MemoryStream((int)Math.Clamp(context.Request.ContentLength ?? 0, 1_024, SinkLimits.MaxBatchBytes));
        byte[] buffer = new byte[16 * 1024];
        int read;
        while ((read = await body.ReadAsync(buffer, context.RequestAborted)) > 0)
        {
            bytes.Write(buffer, 0, read);
        }

        return bytes.ToArray();
    }
}
