using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Discover.Rows;

namespace LogView.Client.Discover.Run;

/// <summary>The hits of a run as rows.</summary>
/// <param name="Rows">How many, and those that are here.</param>
/// <param name="Newest">Of the first page; null: there are none.</param>
/// <param name="TookMs">Of the first page.</param>
/// <param name="Status">Partial once a part of them was.</param>
/// <param name="Notes">Of all that was read, each once.</param>
public sealed record HitRows(LoadedRows Rows, Timestamp? Newest, long TookMs, SearchStatus Status, IReadOnlyList<SearchNote> Notes)
{
    public static HitRows First(LoadedRows rows, SearchResult page)
    {
        Timestamp? newest = page.Hits.Count == 0 ? null : new Timestamp(page.Hits.Max(h => h.Event.Timestamp.UnixNanoseconds));
        return new HitRows(rows, newest, page.TookMs, page.Status, page.Notes);
    }

    /// <summary>More was read, or could not be: then a note says why.</summary>
    public HitRows With(LoadedRows rows, SearchOutcome outcome) => this with
    {
        Rows = rows,
        Status = outcome.Result?.Status == SearchStatus.Partial ? SearchStatus.Partial : Status,
        Notes = [.. Notes.Union(outcome.Problem is { } problem ? [new SearchNote("next_page_failed", problem.Message)] : outcome.Result?.Notes ?? [])],
    };
}
