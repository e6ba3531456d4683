using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Search;
using LogView.Server.Accounts;
using LogView.Server.Api.Json;

namespace LogView.Server.Api.Search;

/// <summary>Searching: the whole form as a JSON body, the short form as a query string. Closing the connection cancels the work.</summary>
internal static class SearchEndpoints
{
    public static void MapSearch(this IEndpointRouteBuilder api)
    {
        api.MapPost("/search", PostAsync)
            .WithName("search").WithSummary("Search, with sort, page, count and aggregations.")
            .Produces<SearchAnswer>().WithBody<SearchBody>()
            .WithParameters(new ParameterList([]))
            .RequireRight(Rights.Search);
        api.MapGet("/search", GetAsync)
            .WithName("searchShort").WithSummary("Search, the short form.")
            .Produces<SearchAnswer>()
            .WithParameters(RequestParameters.Page)
            .RequireRight(Rights.Search);
    }

    private static async Task<IResult> PostAsync(HttpContext context, ISearchService search)
    {
        _ = new QueryParameters(context);
        SearchBody body = await JsonBody.ReadAsync<SearchBody>(context);
        return await AnswerAsync(context, search, body.ToRequest());
    }

    private static Task<IResult> GetAsync(HttpContext context, ISearchService search) =>
        AnswerAsync(context, search, RequestParameters.ReadPage(new QueryParameters(context)));

    private static async Task<IResult> AnswerAsync(HttpContext context, ISearchService search, SearchRequest request)
    {
        SearchOutcome outcome = await search.SearchAsync(request, context.Viewer(), progress: null, context.RequestAborted);
        return outcome.Result is { } result
            ? TypedResults.Json(Answers.Of(result, request.Fields), ApiJson.Options)
            : throw ApiProblemException.Of(outcome.Problem!);
    }
}
