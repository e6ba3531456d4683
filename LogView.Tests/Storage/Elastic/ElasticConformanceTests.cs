using LogView.Server.Storage;
using LogView.Tests.Conformance;
using LogView.Tests.Testing;

namespace LogView.Tests.Storage.Elastic;

/// <summary>The suite of all engines against a real server, each test in indices of its own.</summary>
public abstract class ElasticConformance(ElasticServer server) : EventStoreConformance
{
    private readonly TempFolder _folder = new();
    private readonly string _prefix = server.NextPrefix();

    protected override Task<IEventStore> OpenAsync() => Task.FromResult<IEventStore>(server.Open(_folder.Path, _prefix));

    protected override async Task<IEventStore?> ReopenAsync(IEventStore store)
    {
        await store.DisposeAsync();
        return server.Open(_folder.Path, _prefix);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }
}

[Collection("elasticsearch8")]
[Trait("Kind", "slow")]
public sealed class Elasticsearch8ConformanceTests(Elasticsearch8 server) : ElasticConformance(server);

[Collection("opensearch2")]
[Trait("Kind", "slow")]
public sealed class OpenSearch2ConformanceTests(OpenSearch2 server) : ElasticConformance(server);

[Collection("elasticsearch7")]
[Trait("Kind", "slow")]
public sealed class Elasticsearch7ConformanceTests(Elasticsearch7 server) : ElasticConformance(server);
