using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Query;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Tail;
using LogView.Server.Accounts;
using LogView.Server.Accounts.Access;
using LogView.Server.Api.Search;
using LogView.Server.Tail;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace LogView.Server.Api.Tailing;

/// <summary>
/// The live tail as lines of JSON for programs. Whatever is wrong with the request is a problem document before the first line. Ends with a
/// last status when LogView stops.
/// </summary>
internal static class TailEndpoint
{
    /// <summary>A stopping LogView waits so long for a reader to take the last lines.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    private static readonly ParameterList Parameters = new(
    [
        new Parameter("q", "The query; nothing: every event."),
        new Parameter("language", "What the query is written in.", Words: ["logview", "lucene"]),
        new Parameter("dataStream", "Data stream pattern such as logs-*,-logs-debug; nothing: all that may be seen."),
        new Parameter("backfill", "Newest stored matches sent first, 0 to 2000; 0 if missing.", Type: "integer"),
        new Parameter("position", "The position of a status: goes on there instead of a backfill, without loss or repeat."),
        new Parameter("fields", "Names or patterns of the fields to give as lists of values, separated by commas."),
    ]);

    public static void MapTail(this IEndpointRouteBuilder api) => api.MapGet("/tail", FollowAsync)
        .WithName("tail").WithSummary("New events as they arrive, one JSON object a line.")
        .Produces<TailLine>(StatusCodes.Status200OK, "application/x-ndjson")
        .WithParameters(Parameters).RequireRight(Rights.Search);

    private static async Task<IResult> FollowAsync(HttpContext context, TailSessions tail, AccessEnds ends, IHostApplicationLifetime lifetime)
    {
        var parameters = new QueryParameters(context);
        var fields = new FieldSelection(parameters.List("fields"));
        TailOpening opening = tail.Open(Read(parameters), context.Viewer());
        if (opening.Session is not { } session)
        {
            throw ApiProblemException.Of(opening.Problem!);
        }

        using (session)
        {
            using AccessWatch access = ends.Watch(context.User);
            await StreamAsync(context, session, new TailLines(fields), access, lifetime.ApplicationStopping);
        }

        return Results.Empty;
    }

    private static TailRequest Read(QueryParameters parameters) => new()
    {
        Query = parameters.Text("q") ?? "",
        Language = parameters.Word<QueryLanguage>("language") ?? QueryLanguage.LogView,
        DataStream = parameters.Text("dataStream"),
        Backfill = parameters.Whole("backfill") ?? 0,
        Position = parameters.Text("position"),
        Complete = true,
    };

    private static async Task StreamAsync(HttpContext context, TailSession session, TailLines lines, AccessWatch access, CancellationToken stopping)
    {
        // A slow reader has events left out, which is counted; it is not cut off.
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }

        context.Response.ContentType = "application/x-ndjson";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping, access.Ended);
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        await using CancellationTokenRegistration lastWords = stopping.Register(() => giveUp.CancelAfter(LastWords));
        await using CancellationTokenRegistration lastReason = access.Ended.Register(() => giveUp.CancelAfter(LastWords));
        try
        {
            await foreach (TailSessionBatch batch in session.ReadAsync(end.Token).UntilCancelledAsync(access.Ended))
            {
                lines.Write(context.Response.BodyWriter, batch);
                await context.Response.BodyWriter.FlushAsync(giveUp.Token);
            }

            if ((access.Reason is { } reason ? new SearchProblem(SearchProblemKind.Forbidden, reason) : session.Failure) is { } failure)
            {
                TailLines.Write(context.Response.BodyWriter, failure);
                await context.Response.BodyWriter.FlushAsync(giveUp.Token);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            context.Abort();
        }
    }
}
