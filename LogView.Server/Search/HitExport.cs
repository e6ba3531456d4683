using System.Runtime.CompilerServices;
using LogView.Client.Contracts.Search;
using LogView.Server.Storage;

namespace LogView.Server.Search;

/// <summary>Every hit in sort order, read page by page, as of the moment it started: events that arrive later are left out.</summary>
internal sealed class HitExport(IEventStore store, StoreSearch search, long lastSequence)
{
    /// <summary>What the reader should know, when all was read.</summary>
    public IReadOnlyList<SearchNote> Notes { get; private set; } = [];

    /// <summary>Hits read at once.</summary>
    public int PageSize { get; init; } = SearchLimits.ExportPage;

    public async IAsyncEnumerable<Hit> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using IStoreSnapshot snapshot = await store.HoldAsync(search, cancellationToken);
        StoreSearch page = search with
        {
            Size = PageSize,
            Skip = 0,
            After = null,
            Count = CountMode.None,
            Aggregations = new Dictionary<string, PlannedAggregation>(StringComparer.Ordinal),
        };
        do
        {
            SearchResult result = await snapshot.SearchAsync(page, cancellationToken);
            Notes = snapshot.Notes;
            foreach (Hit hit in result.Hits)
            {
                if (hit.Event.Sequence <= lastSequence || hit.Event.IsOfOthers)
                {
                    yield return hit;
                }
            }

            page = page with { After = result.Next };
        }
        while (page.After is not null);
    }
}
