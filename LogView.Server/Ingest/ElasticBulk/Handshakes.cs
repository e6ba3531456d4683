using LogView.Client.Contracts.Events;
using LogView.Server.Platform;
using LogView.Server.Wal;

namespace LogView.Server.Ingest.ElasticBulk;

/// <summary>
/// What shippers ask before they send. Data streams exist from their first event and have no mappings, templates or lifecycles to set: looking for one
/// finds nothing, setting one is taken and has no effect. Described in docs/ingest/elasticsearch.md.
/// </summary>
internal static class Handshakes
{
    /// <summary>Clients of 7.x and 8.x accept it; those of 9.x do not look.</summary>
    public const string Version = "8.15.0";

    public const string Acknowledged = """{"acknowledged":true}""";
    public const string Shards = """{"_shards":{"total":1,"successful":1,"failed":0}}""";
    public const string MonitoringIgnored = """{"took":0,"ignored":true,"errors":false}""";

    public const string Health = """
        {"cluster_name":"logview","status":"green","timed_out":false,"number_of_nodes":1,"number_of_data_nodes":1,"active_primary_shards":1,"active_shards":1,"relocating_shards":0,"initializing_shards":0,"unassigned_shards":0,"delayed_unassigned_shards":0,"number_of_pending_tasks":0,"number_of_in_flight_fetch":0,"task_max_waiting_in_queue_millis":0,"active_shards_percent_as_number":100.0}
        """;

    public const string License = """
        {"license":{"status":"active","uid":"4c6f6756-6965-4700-8000-000000000000","type":"basic","issue_date":"2026-01-01T00:00:00.000Z","issue_date_in_millis":1767225600000,"max_nodes":1000,"issued_to":"logview","issuer":"logview","start_date_in_millis":-1}}
        """;

    public const string Features = """
        {"build":{"hash":"logview","date":"2026-01-01T00:00:00.000000000Z"},"license":{"uid":"4c6f6756-6965-4700-8000-000000000000","type":"basic","mode":"basic","status":"active"},"features":{"data_streams":{"available":true,"enabled":true},"ilm":{"available":false,"enabled":false},"monitoring":{"available":false,"enabled":false},"security":{"available":true,"enabled":true}},"tagline":"You know, for X"}
        """;

    private const string ClusterId = "TG9nVmlld0xvZ1ZpZXdMbw";

    private const string Info = $$"""
        {"name":"logview","cluster_name":"logview","cluster_uuid":"{{ClusterId}}","version":{"number":"{{Version}}","build_flavor":"default","build_type":"tar","build_hash":"logview","build_date":"2026-01-01T00:00:00.000000000Z","build_snapshot":false,"lucene_version":"9.11.1","minimum_wire_compatibility_version":"7.17.0","minimum_index_compatibility_version":"7.0.0"},"tagline":"You Know, for Search"}
        """;

    public static Task InfoAsync(HttpContext context) => ElasticAnswer.WriteAsync(context, StatusCodes.Status200OK, Info);

    public static RequestDelegate Always(string json) => context => ElasticAnswer.WriteAsync(context, StatusCodes.Status200OK, json);

    /// <summary>Templates, policies, pipelines, aliases and data streams that somebody looks for.</summary>
    public static Task NotFoundAsync(HttpContext context)
    {
        string name = context.GetRouteValue("name") as string ?? context.GetRouteValue("index") as string ?? "";
        return HttpMethods.IsHead(context.Request.Method)
            ? ElasticAnswer.WriteAsync(context, StatusCodes.Status404NotFound, "")
            : ElasticAnswer.ErrorAsync(context, StatusCodes.Status404NotFound, "resource_not_found_exception", $"[{Shorten(name)}] not found: LogView keeps no such thing");
    }

    /// <summary><c>PUT /{index}</c>: the data stream comes with its first event; a name that can never be one is refused now.</summary>
    public static Task CreateIndexAsync(HttpContext context)
    {
        string index = (string)context.GetRouteValue("index")!;
        return DataStreamName.TryParse(index, out _, out string? error)
            ? ElasticAnswer.WriteAsync(context, json =>
            {
                json.WriteStartObject();
                json.WriteBoolean("acknowledged", true);
                json.WriteBoolean("shards_acknowledged", true);
                json.WriteString("index", index);
                json.WriteEndObject();
            })
            : ElasticAnswer.ErrorAsync(context, StatusCodes.Status400BadRequest, "invalid_index_name_exception", $"Invalid index name [{Shorten(index)}], {error}");
    }

    /// <summary><c>_refresh</c> and <c>_flush</c>: answers when everything acknowledged so far can be found.</summary>
    public static async Task RefreshAsync(HttpContext context, IWriteAheadLog log, IKnownEvents known)
    {
        await Refresh.WaitAsync(context, known, log.DurableSequence);
        await ElasticAnswer.WriteAsync(context, StatusCodes.Status200OK, Shards);
    }

    /// <summary>One node, at the address the client used: that is what sniffing clients connect to from then on.</summary>
    public static Task NodesAsync(HttpContext context)
    {
        string address = context.Request.Host.Value ?? "127.0.0.1:9200";
        return ElasticAnswer.WriteAsync(context, json =>
        {
            json.WriteStartObject();
            json.WriteStartObject("_nodes");
            json.WriteNumber("total", 1);
            json.WriteNumber("successful", 1);
            json.WriteNumber("failed", 0);
            json.WriteEndObject();
            json.WriteString("cluster_name", "logview");
            json.WriteStartObject("nodes");
            json.WriteStartObject("logview");
            json.WriteString("name", "logview");
            json.WriteString("version", Version);
            json.WriteStartArray("roles");
            json.WriteStringValue("data");
            json.WriteStringValue("ingest");
            json.WriteStringValue("master");
            json.WriteEndArray();
            json.WriteStartObject("http");
            json.WriteStartArray("bound_address");
            json.WriteStringValue(address);
            json.WriteEndArray();
            json.WriteString("publish_address", address);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    /// <summary><c>_cat/…</c>: nothing to list.</summary>
    public static Task CatAsync(HttpContext context)
    {
        bool isJson = string.Equals(context.Request.Query["format"], "json", StringComparison.Ordinal);
        return ElasticAnswer.WriteAsync(context, StatusCodes.Status200OK, isJson ? "[]" : "");
    }

    /// <summary>Everything else.</summary>
    public static Task UnknownAsync(HttpContext context)
    {
        string path = context.GetRouteValue("path") as string ?? "";
        if (RouteMethods.TryFind(context, out string? allowed))
        {
            context.Response.Headers.Allow = allowed;
            return ElasticAnswer.SentenceAsync(
                context, StatusCodes.Status405MethodNotAllowed,
                $"Incorrect HTTP method for uri [/{Shorten(path)}] and method [{Shorten(context.Request.Method)}], allowed: [{allowed}]");
        }

        return ElasticAnswer.ErrorAsync(
            context, StatusCodes.Status400BadRequest, "illegal_argument_exception", $"no handler found for uri [/{Shorten(path)}] and method [{context.Request.Method}]");
    }

    public static Task UnchangeableAsync(HttpContext context) => ElasticAnswer.ErrorAsync(
        context, StatusCodes.Status400BadRequest, "illegal_argument_exception", "update and delete are not possible: events never change");

    private static string Shorten(string text) => text.Length <= 200 ? text : text[..200];
}
