using LogView.Server.Storage;
using LogView.Server.Storage.Memory;
using LogView.Tests.Storage.Elastic;
using LogView.Tests.Storage.Embedded;
using LogView.Tests.Testing;

namespace LogView.Tests.Discover.Rows;

public sealed class MemoryRowsTests(ITestOutputHelper output) : RowsConformance(output)
{
    protected override Task<IEventStore> OpenAsync() => Task.FromResult<IEventStore>(new MemoryEventStore(new MemoryEngineOptions(), TimeProvider.System));
}

public sealed class EmbeddedRowsTests(ITestOutputHelper output) : RowsConformance(output)
{
    private readonly TempFolder _folder = new();

    protected override Task<IEventStore> OpenAsync() => Task.FromResult<IEventStore>(EmbeddedStores.Open(_folder.Path));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>On a real server.</summary>
public abstract class ElasticRows(ElasticServer server, ITestOutputHelper output) : RowsConformance(output)
{
    private readonly TempFolder _folder = new();

    protected override Task<IEventStore> OpenAsync() => Task.FromResult<IEventStore>(server.Open(_folder.Path, server.NextPrefix()));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }
}

[Collection("elasticsearch8")]
[Trait("Kind", "slow")]
public sealed class Elasticsearch8RowsTests(Elasticsearch8 server, ITestOutputHelper output) : ElasticRows(server, output);

[Collection("opensearch2")]
[Trait("Kind", "slow")]
public sealed class OpenSearch2RowsTests(OpenSearch2 server, ITestOutputHelper output) : ElasticRows(server, output);

[Collection("elasticsearch7")]
[Trait("Kind", "slow")]
public sealed class Elasticsearch7RowsTests(Elasticsearch7 server, ITestOutputHelper output) : ElasticRows(server, output);
