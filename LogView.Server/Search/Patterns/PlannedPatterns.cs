using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Time;
using LogView.Server.Storage;

namespace LogView.Server.Search.Patterns;

/// <summary>A pattern request made ready, or the reason why not.</summary>
/// <param name="Search">Which events.</param>
/// <param name="Before">The same in the window before; null: not asked for.</param>
/// <param name="Problem">Why there is none.</param>
internal sealed record PlannedPatterns(StoreSearch? Search, StoreSearch? Before, SearchProblem? Problem)
{
    public static PlannedPatterns Of(PatternRequest request, Viewer viewer, SearchPlanner planner)
    {
        PlannedSearch planned = planner.Plan(
            request.Within with { Size = 0, Skip = 0, After = null, Sort = [], Aggregations = new Dictionary<string, Aggregation>(StringComparer.Ordinal) }, viewer);
        if (planned.Search is not { } search)
        {
            return new PlannedPatterns(null, null, planned.Problem);
        }

        try
        {
            SearchPlanner.CheckField(request.Field, "field");
            SearchPlanner.CheckBetween(request.Sample, 1, PatternRequest.MaxSample, "sample");
            SearchPlanner.CheckBetween(request.Size, 1, PatternRequest.MaxPatterns, "size");
            SearchPlanner.CheckBetween(request.Buckets, 1, PatternRequest.MaxBuckets, "buckets");
            return request.WithBefore ? WithBefore(search) : new PlannedPatterns(search, null, null);
        }
        catch (PlanException e)
        {
            return new PlannedPatterns(null, null, e.Problem);
        }
    }

    private static PlannedPatterns WithBefore(StoreSearch search)
    {
        (Timestamp from, Timestamp to) = (search.Range.From, search.Range.To == Timestamp.MaxValue ? search.Now : search.Range.To);
        Int128 length = (Int128)to.UnixNanoseconds - from.UnixNanoseconds;
        return from == Timestamp.MinValue || to <= from || from.UnixNanoseconds - length < Timestamp.MinValue.UnixNanoseconds
            ? throw PlanException.BadRequest("'before' needs a time range with a start: there is no window before all time")
            : new PlannedPatterns(
                search with { Range = new TimeRange(from, to) }, search with { Range = new TimeRange(new Timestamp((long)(from.UnixNanoseconds - length)), from) }, null);
    }
}
