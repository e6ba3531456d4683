using LogView.Server.Accounts;
using LogView.Server.Ingest.Http;
using LogView.Server.Ingest.Pipeline;
using LogView.Server.Wal;

namespace LogView.Server.Ingest.ElasticBulk;

/// <summary><c>POST|PUT /_bulk</c>, <c>/{index}/_bulk</c> and with a type as clients before version 7 send it.</summary>
internal static class BulkEndpoint
{
    public static async Task HandleAsync(HttpContext context, IEventSink sink, IKnownEvents known, IngestLimits limits, TimeProvider clock)
    {
        long start = clock.GetTimestamp();
        string? index = context.GetRouteValue("index") as string;
        using var run = new BulkRun(sink, new Targets(context.Viewer()), index, clock);
        try
        {
            await using RequestBody body = RequestBody.Open(context, limits);
            if (await run.ReadAsync(body, context.RequestAborted) is { } refusal)
            {
                await ElasticAnswer.ErrorAsync(context, StatusCodes.Status400BadRequest, refusal.Type, refusal.Reason);
                return;
            }
        }
        catch (BadBodyException e)
        {
            await ElasticAnswer.BadBodyAsync(context, e);
            return;
        }

        if (run.Unavailable is { } unavailable && !run.IsAnythingStored)
        {
            await ElasticAnswer.UnavailableAsync(context, unavailable);
            return;
        }

        await Refresh.WaitIfAskedAsync(context, known, run.LastSequence);
        var answer = new BulkAnswer(new FilterPath(context.Request.Query["filter_path"]));
        long took = (long)clock.GetElapsedTime(start).TotalMilliseconds;
        await ElasticAnswer.WriteAsync(context, json => answer.Write(json, run.Items, took));
    }
}

/// <summary>The <c>refresh</c> parameter: answer when the events can be found.</summary>
internal static class Refresh
{
    /// <summary>Then the answer comes all the same: the events are safe, only not searchable yet.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    public static async Task WaitIfAskedAsync(HttpContext context, IKnownEvents known, long sequence)
    {
        if (context.Request.Query.TryGetValue("refresh", out Microsoft.Extensions.Primitives.StringValues refresh) && refresh.ToString() is "" or "true" or "wait_for")
        {
            await known.WaitForAsync(sequence, Longest, context.RequestAborted);
        }
    }

    public static Task WaitAsync(HttpContext context, IKnownEvents known, long sequence) => known.WaitForAsync(sequence, Longest, context.RequestAborted);
}
