using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Search;
using LogView.Server.Accounts;
using LogView.Server.Api.Json;

namespace LogView.Server.Api.Search;

/// <summary>What there is to search: fields, their values, data streams.</summary>
internal static class CatalogEndpoints
{
    private const int DefaultValues = 10;

    private static readonly ParameterList Values = RequestParameters.Which.With(
        new Parameter("field", "Whose values.", IsRequired: true),
        new Parameter("contains", "Only values that contain this text, ignoring case."),
        new Parameter("size", "Values wanted, 1 to 10000; 10 if missing.", Type: "integer"));

    public static void MapCatalog(this IEndpointRouteBuilder api)
    {
        api.MapGet("/fields", FieldsAsync)
            .WithName("fields").WithSummary("Field names with types and coverage over the newest events.")
            .Produces<FieldsAnswer>().WithParameters(RequestParameters.Which).RequireRight(Rights.Search);
        api.MapGet("/values", ValuesAsync)
            .WithName("values").WithSummary("The most frequent values of a field.")
            .Produces<ValuesAnswer>().WithParameters(Values).RequireRight(Rights.Search);
    }

    private static async Task<IResult> FieldsAsync(HttpContext context, ISearchService search)
    {
        SearchRequest request = RequestParameters.ReadWhich(new QueryParameters(context));
        FieldListOutcome outcome = await search.FieldsAsync(request, context.Viewer(), context.RequestAborted);
        return outcome.Result is { } list
            ? TypedResults.Json(FieldsAnswer.Of(list), ApiJson.Options)
            : throw ApiProblemException.Of(outcome.Problem!);
    }

    private static async Task<IResult> ValuesAsync(HttpContext context, ISearchService search)
    {
        var parameters = new QueryParameters(context);
        string field = parameters.Required("field");
        int size = parameters.Whole("size") ?? DefaultValues;
        if (size is < 1 or > SearchRequest.MaxSize)
        {
            throw ApiProblemException.BadRequest($"'size' is {size}: expected 1 to {SearchRequest.MaxSize}");
        }

        FieldValuesOutcome outcome = await search.ValuesAsync(
            RequestParameters.ReadWhich(parameters), field, parameters.Text("contains"), size, context.Viewer(), context.RequestAborted);
        return outcome.Result is { } values
            ? TypedResults.Json(ValuesAnswer.Of(values), ApiJson.Options)
            : throw ApiProblemException.Of(outcome.Problem!);
    }
}
