using System.Text.Json;
using System.Threading.Channels;
using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Search;
using LogView.Server.Accounts;
using LogView.Server.Api.Json;

namespace LogView.Server.Api.Search;

/// <summary>Patterns of messages. As lines of JSON the progress comes first. Closing the connection cancels the work.</summary>
internal static class PatternsEndpoint
{
    private static readonly ParameterList Parameters = RequestParameters.Which.With(
        new Parameter("field", "Whose texts; message if missing."),
        new Parameter("sample", "Events that are read at most, 1 to 10000000; 100000 if missing. Of more, a sample from all over the time range is read.", Type: "integer"),
        new Parameter("size", "Patterns wanted, 1 to 1000; 200 if missing.", Type: "integer"),
        new Parameter("buckets", "Points of a trend at most, 1 to 200; 40 if missing.", Type: "integer"),
        new Parameter("before", "Whether to count in the window of the same length before, too.", Type: "boolean"),
        new Parameter("format", "json, or ndjson with lines of progress before the result.", Words: ["json", "ndjson"]));

    private enum Format
    {
        Json,
        Ndjson,
    }

    public static void MapPatterns(this IEndpointRouteBuilder api) => api.MapGet("/patterns", PatternsAsync)
        .WithName("patterns").WithSummary("The patterns that messages come from, with counts and trends.")
        .Produces<PatternsAnswer>().WithParameters(Parameters).RequireRight(Rights.Search);

    private static async Task<IResult> PatternsAsync(HttpContext context, ISearchService search)
    {
        var parameters = new QueryParameters(context);
        var defaults = new PatternRequest(RequestParameters.ReadWhich(parameters));
        PatternRequest request = defaults with
        {
            Field = parameters.Text("field") ?? defaults.Field,
            Sample = parameters.Whole("sample") ?? defaults.Sample,
            Size = parameters.Whole("size") ?? defaults.Size,
            Buckets = parameters.Whole("buckets") ?? defaults.Buckets,
            WithBefore = parameters.Flag("before") ?? false,
        };
        if (parameters.Word<Format>("format") == Format.Ndjson)
        {
            await StreamAsync(context, search, request);
            return Results.Empty;
        }

        PatternOutcome outcome = await search.PatternsAsync(request, context.Viewer(), progress: null, context.RequestAborted);
        return outcome.Result is { } list ? TypedResults.Json(PatternsAnswer.Of(list), ApiJson.Options) : throw ApiProblemException.Of(outcome.Problem!);
    }

    /// <summary>What is wrong with the request is a problem document as long as no line was written.</summary>
    private static async Task StreamAsync(HttpContext context, ISearchService search, PatternRequest request)
    {
        var progress = Channel.CreateBounded<PatternProgress>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        Task<PatternOutcome> work = search.PatternsAsync(request, context.Viewer(), new Reports(progress.Writer), context.RequestAborted);
        _ = work.ContinueWith(_ => progress.Writer.Complete(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        await foreach (PatternProgress report in progress.Reader.ReadAllAsync(context.RequestAborted))
        {
            await WriteAsync(context, new PatternLine { Progress = report });
        }

        PatternOutcome outcome = await work;
        if (outcome.Problem is { } problem)
        {
            await (context.Response.HasStarted ? WriteAsync(context, new PatternLine { Error = problem.Message }) : throw ApiProblemException.Of(problem));
            return;
        }

        await WriteAsync(context, new PatternLine { Result = PatternsAnswer.Of(outcome.Result!) });
    }

    private static async Task WriteAsync(HttpContext context, PatternLine line)
    {
        context.Response.ContentType = "application/x-ndjson";
        await context.Response.WriteAsync(JsonSerializer.Serialize(line, ApiJson.Options) + "\n", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    private sealed class Reports(ChannelWriter<PatternProgress> writer) : IProgress<PatternList>
    {
        public void Report(PatternList value) => writer.TryWrite(new PatternProgress(value.Events, value.Total));
    }
}
