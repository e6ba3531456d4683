using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Events;
using LogView.Server.Accounts;
using LogView.Server.Ingest.Http;
using LogView.Server.Ingest.Parsing;
using LogView.Server.Ingest.Parsing.Times;
using LogView.Server.Ingest.Pipeline;
using LogView.Server.Wal;

namespace LogView.Server.Ingest.Ndjson;

/// <summary><c>POST /ingest/{data stream}</c>.</summary>
internal static class NdjsonEndpoint
{
    /// <summary>Then the answer comes all the same: the events are safe, only not searchable yet.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    public static async Task HandleAsync(
        HttpContext context, string dataStream, IEventSink sink, IKnownEvents known, IngestLimits limits, PipelineOptions pipeline, TimeProvider clock)
    {
        if (!DataStreamName.TryParse(dataStream, out DataStreamName name, out string? error))
        {
            await ProblemAsync(context, StatusCodes.Status400BadRequest, error);
            return;
        }

        Viewer viewer = context.Viewer();
        if (!viewer.MayTouch(name))
        {
            await ProblemAsync(context, StatusCodes.Status403Forbidden, $"'{viewer.Name}' may not write to the data stream '{name}'");
            return;
        }

        if (BodyFormats.Of(context.Request.ContentType) is not { } format)
        {
            await ProblemAsync(context, StatusCodes.Status415UnsupportedMediaType, $"Content-Type: expected {BodyFormats.Expected}");
            return;
        }

        string? lines = context.Request.Query["format"];
        if (!TextFormat.TryRead(lines, out LineFormat layout, out string? problem))
        {
            await ProblemAsync(context, StatusCodes.Status400BadRequest, problem);
            return;
        }

        if (lines is not null && format is BodyFormat.Json or BodyFormat.JsonLines)
        {
            await ProblemAsync(context, StatusCodes.Status400BadRequest, "format: only lines of text (Content-Type text/plain) have one");
            return;
        }

        format = lines is null ? format : BodyFormat.Text;
        TextEvents text = new(layout, new TextTimeContext(pipeline.TimeZone, Timestamp.Now(clock)));
        await RunAsync(context, new IngestRun(sink, "ndjson", name, clock) { Text = text }, format, known, limits);
    }

    private static async Task RunAsync(HttpContext context, IngestRun run, BodyFormat format, IKnownEvents known, IngestLimits limits)
    {
        try
        {
            await using RequestBody body = RequestBody.Open(context, limits);
            if (format == BodyFormat.Unknown)
            {
                format = BodyFormats.Guess((await body.PeekAsync(context.RequestAborted)).Span);
            }

            await run.ReadAsync(body, format, context.RequestAborted);
        }
        catch (BadBodyException e)
        {
            await ProblemAsync(context, e.Status, e.Message);
            return;
        }

        if (run.Unavailable is null && context.Request.Query["refresh"].ToString() is "true" or "wait_for")
        {
            await known.WaitForAsync(run.LastSequence, LongestWait, context.RequestAborted);
        }

        await AnswerAsync(context, run);
    }

    private static Task AnswerAsync(HttpContext context, IngestRun run)
    {
        IngestAnswer answer = run.Answer;
        context.Response.StatusCode = answer.Accepted > 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;
        if (run.Unavailable is { } unavailable)
        {
            Unavailable.SetRetryAfter(context.Response, unavailable);
            context.Response.StatusCode = Unavailable.Status(unavailable);
        }

        if (answer is { Accepted: 0, Rejected: 0 })
        {
            answer = answer with { Errors = [new IngestError(1, "expected at least one event, found nothing")] };
        }

        return context.Response.WriteAsJsonAsync(answer, IngestJson.Default.IngestAnswer, cancellationToken: context.RequestAborted);
    }

    private static Task ProblemAsync(HttpContext context, int status, string detail) =>
        Results.Problem(detail, statusCode: status).ExecuteAsync(context);
}
