using LogView.Client.Contracts.Query;
using LogView.Client.Contracts.Search;

namespace LogView.Server.Api;

/// <summary>Ends a request with a problem document. Thrown and caught inside the API only: any part of a request can be wrong, at any depth.</summary>
internal sealed class ApiProblemException(int status, string detail, QueryError? query = null) : Exception(detail)
{
    public int Status => status;

    public QueryError? Query => query;

    public static ApiProblemException BadRequest(string detail) => new(StatusCodes.Status400BadRequest, detail);

    public static ApiProblemException Of(SearchProblem problem) => new(
        problem.Kind switch
        {
            SearchProblemKind.Forbidden => StatusCodes.Status403Forbidden,
            SearchProblemKind.NotFound => StatusCodes.Status404NotFound,
            SearchProblemKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status400BadRequest,
        },
        problem.Message,
        problem.Query);
}
