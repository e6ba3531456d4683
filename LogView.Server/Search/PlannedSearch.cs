using LogView.Client.Contracts.Query;
using LogView.Client.Contracts.Search;
using LogView.Server.Storage;

namespace LogView.Server.Search;

/// <summary>A request made ready for the store, or the reason why not; exactly one is set.</summary>
internal sealed record PlannedSearch(StoreSearch? Search, SearchProblem? Problem);

/// <summary>Ends planning with a problem. Thrown and caught inside this namespace only: every part of a request can be wrong, at any depth.</summary>
internal sealed class PlanException(SearchProblem problem) : Exception(problem.Message)
{
    public SearchProblem Problem => problem;

    public static PlanException BadRequest(string message) => new(new SearchProblem(SearchProblemKind.BadRequest, message));

    public static PlanException BadQuery(string message, QueryError error) => new(new SearchProblem(SearchProblemKind.BadQuery, message, error));

    public static PlanException Forbidden(string message) => new(new SearchProblem(SearchProblemKind.Forbidden, message));
}
