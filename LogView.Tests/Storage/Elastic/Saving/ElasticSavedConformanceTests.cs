using LogView.Server.Saved;
using LogView.Server.Storage.Elastic.Client;
using LogView.Server.Storage.Elastic.Saving;
using LogView.Tests.Saved;

namespace LogView.Tests.Storage.Elastic.Saving;

/// <summary>The suite of all stores of saved objects against a real server, each test in an index of its own, each opening with connections of its own.</summary>
public abstract class ElasticSavedConformance(ElasticServer server) : SavedObjectStoreConformance, IDisposable
{
    private readonly string _prefix = server.NextPrefix();
    private readonly List<ElasticClient> _clients = [];

    public void Dispose()
    {
        _clients.ForEach(c => c.Dispose());
        GC.SuppressFinalize(this);
    }

    protected override ISavedObjectStore Open()
    {
        ElasticClient client = new(server.Options("", _prefix), TimeProvider.System);
        _clients.Add(client);
        return new ElasticSavedObjectStore(client, _prefix);
    }
}

[Collection("elasticsearch8")]
[Trait("Kind", "slow")]
public sealed class Elasticsearch8SavedConformanceTests(Elasticsearch8 server) : ElasticSavedConformance(server);

[Collection("opensearch2")]
[Trait("Kind", "slow")]
public sealed class OpenSearch2SavedConformanceTests(OpenSearch2 server) : ElasticSavedConformance(server);

[Collection("elasticsearch7")]
[Trait("Kind", "slow")]
public sealed class Elasticsearch7SavedConformanceTests(Elasticsearch7 server) : ElasticSavedConformance(server);
