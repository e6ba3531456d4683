using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Query;
using LogView.Server.Accounts;
using LogView.Server.Api.Json;
using LogView.Server.Search;

namespace LogView.Server.Api.Parsing;

/// <summary>Says what a query means, without running it.</summary>
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
        QueryExplanation explained = QueryExplanation.Of(body.Query, body.Language ?? QueryLanguage.LogView);
        return explained.Error is { } error
            ? throw new ApiProblemException(
                StatusCodes.Status400BadRequest, $"'query' does not parse: {error}", error)
            : TypedResults.Json(new ParseAnswer(explained.Canonical!, QueryTree.Of(explained.Node!)), ApiJson.Options);
    }
}

public sealed record ParseBody
{
    public required string Query { get; init; }

    public QueryLanguage? Language { get; init; }
}

/// <param name="Canonical">The query as LogView prints it; parses to the same tree.</param>
/// <param name="Tree">What it means.</param>
public sealed record ParseAnswer(string Canonical, QueryTree Tree);
