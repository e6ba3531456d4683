using LogView.Client.Contracts.Accounts;
using LogView.Server.Accounts;

namespace LogView.Server.Ingest.ElasticBulk;

public static class ElasticBulkServices
{
    private static readonly string[] GetHead = ["GET", "HEAD"];
    private static readonly string[] PostPut = ["POST", "PUT"];
    private static readonly string[] GetPost = ["GET", "POST"];
    private static readonly string[] PutPostDelete = ["PUT", "POST", "DELETE"];

    /// <summary>What shippers look for or set before they send, by name.</summary>
    private static readonly string[] Settable =
    [
        "/_index_template", "/_template", "/_component_template", "/_ilm/policy", "/_ingest/pipeline", "/_data_stream", "/_alias", "/_scripts",
        "/_slm/policy", "/_enrich/policy", "/_plugins/_ism/policies",
    ];

    /// <summary>Maps the Elasticsearch-compatible ingestion endpoints below the builder's path. Needs <c>AddPipeline</c>, <c>AddIngestHttp</c> and <c>AddWal</c>.</summary>
    public static RouteGroupBuilder MapElasticBulk(this IEndpointRouteBuilder endpoints, string prefix)
    {
        RouteGroupBuilder group = endpoints.MapGroup(prefix);
        // One right for all of it: what is only looked at here says nothing about events.
        group.RequireRight(Rights.Ingest).ExcludeFromDescription();
        MapWrites(group);
        MapHandshakes(group);
        group.Map("/{**path}", Handshakes.UnknownAsync).WithOrder(int.MaxValue);
        return group;
    }

    private static void MapWrites(RouteGroupBuilder group)
    {
        group.MapMethods("/_bulk", PostPut, BulkEndpoint.HandleAsync);
        group.MapMethods("/{index}/_bulk", PostPut, BulkEndpoint.HandleAsync);
        group.MapMethods("/{index}/{type}/_bulk", PostPut, BulkEndpoint.HandleAsync);
        group.MapMethods("/{index}/_doc", PostPut, DocumentEndpoint.IndexAsync);
        group.MapMethods("/{index}/_doc/{id}", PostPut, DocumentEndpoint.IndexAsync);
        group.MapMethods("/{index}/_create/{id}", PostPut, DocumentEndpoint.CreateAsync);
        group.MapPost("/{index}/_update/{id}", Handshakes.UnchangeableAsync);
        group.MapDelete("/{index}/_doc/{id}", Handshakes.UnchangeableAsync);
        group.MapPost("/_monitoring/bulk", Handshakes.Always(Handshakes.MonitoringIgnored));
    }

    private static void MapHandshakes(RouteGroupBuilder group)
    {
        group.MapMethods("/", GetHead, Handshakes.InfoAsync);
        group.MapMethods("/_license", GetHead, Handshakes.Always(Handshakes.License));
        group.MapMethods("/_xpack", GetHead, Handshakes.Always(Handshakes.Features));
        group.MapGet("/_cluster/health", Handshakes.Always(Handshakes.Health));
        group.MapGet("/_cluster/health/{index}", Handshakes.Always(Handshakes.Health));
        group.MapGet("/_nodes/{**path}", Handshakes.NodesAsync);
        group.MapGet("/_cat/{**path}", Handshakes.CatAsync);
        foreach (string path in Settable)
        {
            group.MapMethods($"{path}/{{name}}", GetHead, Handshakes.NotFoundAsync);
            group.MapMethods($"{path}/{{name}}", PutPostDelete, Handshakes.Always(Handshakes.Acknowledged));
        }

        group.MapMethods("/_refresh", GetPost, Handshakes.RefreshAsync);
        group.MapMethods("/_flush", GetPost, Handshakes.RefreshAsync);
        group.MapMethods("/{index}/_refresh", GetPost, Handshakes.RefreshAsync);
        group.MapMethods("/{index}/_flush", GetPost, Handshakes.RefreshAsync);
        group.MapMethods("/{index}", ["HEAD"], Handshakes.NotFoundAsync);
        group.MapPut("/{index}", Handshakes.CreateIndexAsync);
        group.MapMethods("/{index}/_mapping", PostPut, Handshakes.Always(Handshakes.Acknowledged));
        group.MapMethods("/{index}/_doc/_mapping", PostPut, Handshakes.Always(Handshakes.Acknowledged));
        group.MapPut("/{index}/_settings", Handshakes.Always(Handshakes.Acknowledged));
        group.MapMethods("/{index}/_alias/{name}", ["HEAD"], Handshakes.NotFoundAsync);
        group.MapMethods("/{index}/_alias/{name}", PutPostDelete, Handshakes.Always(Handshakes.Acknowledged));
        group.MapPost("/_aliases", Handshakes.Always(Handshakes.Acknowledged));
    }
}
