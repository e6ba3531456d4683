using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Query;
using LogView.Server.Accounts;
using LogView.Server.Api.Json;
using LogView.Server.Api.Search;
using LogView.Server.Search;

namespace LogView.Server.Api.Parsing;

/// <summary>Says what a query means, and what may be typed at a cursor, without running it.</summary>
internal static class ParseEndpoint
{
    public static void MapParse(this IEndpointRouteBuilder api) => api.MapPost("/query/parse", (Delegate)ParseAsync)
        .WithName("parseQuery").WithSummary("What a query means: canonical text and tree, or where it is wrong.")
        .Produces<ParseAnswer>().WithBody<ParseBody>()
        .WithParameters(new ParameterList([])).RequireRight(Rights.Search);

    private static async Task<IResult> ParseAsync(HttpContext context)
    {
        _ = new QueryParameters(context);
        ParseBody body = await JsonBody.ReadAsync<ParseBody>(context);
        QueryLanguage language = body.Language ?? QueryLanguage.LogView;
        CompletionAnswer? completion = body.Cursor is { } cursor ? CompletionAnswer.At(body.Query, cursor, language) : null;
        QueryExplanation explained = QueryExplanation.Of(body.Query, language);
        return explained.Error is { } error
            ? Problems.Answer(StatusCodes.Status400BadRequest, $"'query' does not parse: {error}", error, completion)
            : TypedResults.Json(
                new ParseAnswer
                {
                    Canonical = explained.Canonical!,
                    Tree = QueryTree.Of(explained.Node!),
                    Notes = [.. explained.Notes.Select(n => new NoteAnswer(n.Code, n.Message, n.Field))],
                    Completion = completion,
                },
                ApiJson.Options);
    }
}
