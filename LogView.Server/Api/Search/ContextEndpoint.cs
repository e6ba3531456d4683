using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.DataStreams;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Server.Accounts;
using LogView.Server.Api.Json;

namespace LogView.Server.Api.Search;

/// <summary>The events around one event.</summary>
internal static class ContextEndpoint
{
    private const int DefaultNeighbours = 10;

    private static readonly ParameterList Parameters = new(
    [
        new Parameter("dataStream", "Data stream of the event in the middle.", IsRequired: true),
        new Parameter("id", "Id of the event in the middle.", IsRequired: true),
        new Parameter("before", "Older events wanted, 0 to 1000; 10 if missing.", Type: "integer"),
        new Parameter("after", "Newer events wanted, 0 to 1000; 10 if missing.", Type: "integer"),
        new Parameter("within", "How far in time neighbours may be on either side, such as 10s, 5m or 1h; however far if missing."),
        new Parameter("neighbours", "Data stream pattern of the neighbours; the event's own data stream if missing."),
        new Parameter("q", "Query that narrows the neighbours."),
        new Parameter("language", "What the query is written in.", Words: ["logview", "lucene"]),
        new Parameter("timeZone", "IANA zone for times in the query without offset."),
        new Parameter("fields", "Names or patterns of the fields to give as lists of values, separated by commas."),
    ]);

    public static void MapContext(this IEndpointRouteBuilder api) => api.MapGet("/context", ContextAsync)
        .WithName("context").WithSummary("The events before and after one event.")
        .Produces<ContextAnswer>().Produces<ProblemAnswer>(StatusCodes.Status404NotFound, Problems.MediaType)
        .WithParameters(Parameters).RequireRight(Rights.Search);

    private static async Task<IResult> ContextAsync(HttpContext context, ISearchService search)
    {
        var parameters = new QueryParameters(context);
        if (!DataStreamName.TryParse(parameters.Required("dataStream"), out DataStreamName dataStream, out string? error))
        {
            throw ApiProblemException.BadRequest($"'dataStream' is not the name of one: {error}");
        }

        IReadOnlyList<string> fields = parameters.List("fields");
        SearchRequest within = new()
        {
            Query = parameters.Text("q") ?? "",
            Language = parameters.Word<Client.Contracts.Query.QueryLanguage>("language") ?? default,
            DataStream = parameters.Text("neighbours") ?? dataStream.Value,
            TimeZone = parameters.Text("timeZone"),
        };
        var request = new ContextRequest(
            dataStream, new EventId(parameters.Required("id")), parameters.Whole("before") ?? DefaultNeighbours, parameters.Whole("after") ?? DefaultNeighbours, within)
        {
            Span = parameters.Text("within") is { } span ? ReadSpan(span) : null,
        };
        ContextOutcome outcome = await search.ContextAsync(request, context.Viewer(), context.RequestAborted);
        return outcome.Result is { } result
            ? TypedResults.Json(Answer(result, new FieldSelection(fields)), ApiJson.Options)
            : throw ApiProblemException.Of(outcome.Problem!);
    }

    private static TimeSpan ReadSpan(string text) => DurationText.Parse(text)
        ?? throw ApiProblemException.BadRequest($"'within' is '{Names.Shorten(text)}': expected a distance such as 10s, 5m or 1h");

    private static ContextAnswer Answer(ContextResult result, FieldSelection fields) => new(
        [.. result.Before.Select(h => Answers.Of(h, fields))], Answers.Of(result.Event, fields), [.. result.After.Select(h => Answers.Of(h, fields))]);
}
