using System.Runtime.CompilerServices;
using LogView.Client.Contracts.Search;
using LogView.Server.Storage;

namespace LogView.Server.Search;

/// <summary>Every hit in sort order, read page by page, as of the moment it started: events that arrive later are left out.</summary>
internal static class HitExport
{
    public static async IAsyncEnumerable<Hit> ReadAsync(
        IEventStore store, StoreSearch search, long lastSequence, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        StoreSearch page = search with
        {
            Size = SearchLimits.ExportPage,
            After = null,
            Count = CountMode.None,
            Aggregations = new Dictionary<string, PlannedAggregation>(StringComparer.Ordinal),
        };
        do
        {
            SearchResult result = await store.SearchAsync(page, progress: null, cancellationToken);
            foreach (Hit hit in result.Hits)
            {
                if (hit.Event.Sequence <= lastSequence || OtherEvents.IsOther(hit.Event))
                {
                    yield return hit;
                }
            }

            page = page with { After = result.Next };
        }
        while (page.After is not null);
    }
}
