using LogView.Client.Contracts.Search;
using LogView.Server.Storage.Elastic.Client;

namespace LogView.Server.Storage.Elastic.Reading.Holding;

/// <summary>Pages of one search over the cluster as it was when the reading began.</summary>
/// <param name="held">Null where the cluster holds nothing still: pages follow each other by their cursors alone.</param>
internal sealed class HeldSearch(ElasticClient client, ClusterTasks tasks, SearchScope scope, PointInTime? held, TimeProvider clock) : IStoreSnapshot
{
    private readonly SearchSender _sender = new(client, tasks, held);

    public IReadOnlyList<SearchNote> Notes => held is { IsHeld: false }
        ? [new SearchNote("snapshot_lost", "The cluster let go of the moment this was read from; the rest is of a later moment: events of others that came meanwhile may be in it, and deleted ones are not")]
        : [];

    public Task<SearchResult> SearchAsync(StoreSearch page, CancellationToken cancellationToken) =>
        new SearchRun(_sender, scope, page, clock, progress: null).RunAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (held is not null)
        {
            await held.DisposeAsync();
        }
    }
}
