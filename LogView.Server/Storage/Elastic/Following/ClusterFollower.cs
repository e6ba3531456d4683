using LogView.Server.Storage.Elastic.Client;
using LogView.Server.Storage.Elastic.Indices;
using LogView.Server.Storage.Elastic.Reading;
using LogView.Server.Storage.Elastic.Sharing;

namespace LogView.Server.Storage.Elastic.Following;

/// <summary>The wanted indices and their fields as they are now; connects first.</summary>
internal delegate Task<SearchScope> ScopeSource(Func<ClusterIndex, bool> wanted, CancellationToken cancellationToken);

/// <summary>Follows what others write to the cluster: to indices of their own, and other LogViews to LogView's.</summary>
internal sealed class ClusterFollower(ElasticClient client, IndexCatalog catalog, LiveWriters writers, TimeProvider clock, ScopeSource scopes) : IOtherEvents
{
    public IOtherEventReader Follow(StoreSearch wanted) => new ShardReader(client, catalog, writers, clock, wanted, scopes);
}
