using LogView.Client.Contracts.Search;

namespace LogView.Client.Discover.Run;

/// <summary>The hits read so far, page after page.</summary>
/// <param name="Hits">In the order of the search.</param>
/// <param name="Next">Cursor of the page after them; null at the end.</param>
/// <param name="TookMs">Of the first page.</param>
/// <param name="Status">Of the last page.</param>
/// <param name="Notes">Of all pages, each once.</param>
public sealed record HitPages(IReadOnlyList<Hit> Hits, string? Next, long TookMs, SearchStatus Status, IReadOnlyList<SearchNote> Notes)
{
    /// <summary>Hits held for one viewer. 20,000 at 1 kB is 20 MB a page; who has read that far narrows the time range.</summary>
    public const int MaxHits = 20_000;

    public bool CanLoadMore => Next is not null && Hits.Count < MaxHits;

    /// <summary>There are more hits, but not in this list.</summary>
    public bool IsFull => Next is not null && Hits.Count >= MaxHits;

    public static HitPages First(SearchResult page) => new(page.Hits, page.Next, page.TookMs, page.Status, page.Notes);

    public HitPages With(SearchResult page) =>
        this with { Hits = [.. Hits, .. page.Hits], Next = page.Next, Status = page.Status, Notes = [.. Notes.Union(page.Notes)] };
}
