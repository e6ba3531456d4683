using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Query;
using LogView.Client.Contracts.Search;
using LogView.Client.Language;
using LogView.Server.Platform;
using LogView.Server.Storage;
using LogView.Server.Storage.Elastic;
using LogView.Tests.Testing;

namespace LogView.Tests.Storage.Elastic;

/// <summary>A store over a cluster in which others have indices of their own, each test with names of its own.</summary>
public abstract class OthersData(ElasticServer server) : IAsyncLifetime
{
    private readonly TempFolder _folder = new();

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected static StoreSearch All => new() { DataStreams = _ => true, Now = default };

    protected string Prefix { get; } = server.NextPrefix();

    private protected ElasticEventStore Store { get; private set; } = null!;

    private protected RawCluster Cluster { get; private set; } = null!;

    public ValueTask InitializeAsync()
    {
        Cluster = new RawCluster(server.Require());
        Store = server.Open(_folder.Path, Prefix);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        Cluster.Dispose();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens the store again with other time fields.</summary>
    protected Task ChooseAsync(params (string Pattern, string Field)[] chosen) => ReopenAsync(o => o with { TimeFields = chosen.ToDictionary(c => c.Pattern, c => c.Field, StringComparer.Ordinal) });

    private protected async Task ReopenAsync(Func<ElasticEngineOptions, ElasticEngineOptions>? change = null)
    {
        await Store.DisposeAsync();
        ElasticEngineOptions options = server.Options(_folder.Path, Prefix);
        Store = new ElasticEventStore(change?.Invoke(options) ?? options, DiskFileSystem.Instance, TimeProvider.System);
    }

    /// <summary>The ids in the order found.</summary>
    protected async Task<string> FoundAsync(string query) =>
        Ids(await Store.SearchAsync(All with { Query = QueryParser.Parse(query).Node! }, null, Cancel));

    protected static string Ids(SearchResult result) => string.Join(' ', result.Hits.Select(h => h.Event.Id.Value));

    protected static Timestamp Instant(string text) => DateMath.Resolve(text, default, TimeZoneInfo.Utc).Value!.Value;

    protected static Dictionary<string, PlannedAggregation> Plan(Aggregation aggregation) => new(StringComparer.Ordinal)
    {
        ["it"] = new PlannedAggregation(aggregation, new Dictionary<string, QueryNode>(), new Dictionary<string, PlannedAggregation>()),
    };
}
