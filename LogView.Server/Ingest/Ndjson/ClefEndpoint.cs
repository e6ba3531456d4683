using System.Text.Json.Nodes;
using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Events;
using LogView.Server.Accounts;
using LogView.Server.Ingest.Http;
using LogView.Server.Ingest.Pipeline;

namespace LogView.Server.Ingest.Ndjson;

/// <summary>
/// <c>POST /api/events/raw</c>, where Seq's clients send compact log event format (clef-json.org): one JSON object a line. Answers as Seq does: 201 with the
/// least level to send, or an error with its reason.
/// </summary>
internal static class ClefEndpoint
{
    private const string Accepted = """{"MinimumLevelAccepted":null}""";

    private static readonly DataStreamName DataStream = DataStreamName.Parse("logs-clef-default");

    public static async Task HandleAsync(HttpContext context, IEventSink sink, IngestLimits limits, TimeProvider clock)
    {
        Viewer viewer = context.Viewer();
        if (!viewer.MayTouch(DataStream))
        {
            await ErrorAsync(context, StatusCodes.Status403Forbidden, $"'{viewer.Name}' may not write to the data stream '{DataStream}'");
            return;
        }

        var run = new IngestRun(sink, "clef", DataStream, clock);
        try
        {
            await using RequestBody body = RequestBody.Open(context, limits);
            await run.ReadAsync(body, BodyFormat.JsonLines, context.RequestAborted);
        }
        catch (BadBodyException e)
        {
            await ErrorAsync(context, e.Status, e.Message);
            return;
        }

        await AnswerAsync(context, run);
    }

    private static Task AnswerAsync(HttpContext context, IngestRun run)
    {
        if (run.Unavailable is { } unavailable)
        {
            Unavailable.SetRetryAfter(context.Response, unavailable);
            return ErrorAsync(context, Unavailable.Status(unavailable), unavailable.Message);
        }

        IngestAnswer answer = run.Answer;
        if (answer is { Accepted: 0, Rejected: > 0 })
        {
            return ErrorAsync(context, StatusCodes.Status400BadRequest, $"line {answer.Errors[0].Line}: {answer.Errors[0].Reason}");
        }

        context.Response.StatusCode = StatusCodes.Status201Created;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(Accepted, context.RequestAborted);
    }

    private static Task ErrorAsync(HttpContext context, int status, string reason)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new JsonObject { ["Error"] = reason }, context.RequestAborted);
    }
}
