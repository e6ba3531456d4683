using LogView.Server.Storage.Elastic.Client;
using LogView.Server.Storage.Elastic.Indices;
using LogView.Server.Storage.Elastic.Reading;

namespace LogView.Server.Storage.Elastic.Following;

/// <summary>The wanted indices and their fields as they are now; connects first.</summary>
internal delegate Task<SearchScope> ScopeSource(Func<ClusterIndex, bool> wanted, CancellationToken cancellationToken);

/// <summary>Follows what others write to the cluster.</summary>
internal sealed class ClusterFollower(ElasticClient client, IndexCatalog catalog, TimeProvider clock, ScopeSource scopes) : IOtherEvents
{
    public IOtherEventReader Follow(StoreSearch wanted) => new ShardReader(client, catalog, clock, wanted, scopes);
}
