using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LogView.Server.Storage.Elastic.Client;
using LogView.Server.Storage.Elastic.Indices;
using LogView.Server.Storage.Elastic.Reading;

namespace LogView.Server.Storage.Elastic.Following;

/// <summary>Searches of one shard each, sent together. Numbers of different shards have nothing to do with each other.</summary>
internal sealed class ShardRequests
{
    private const string Visible = "visible";

    private readonly StringBuilder _lines = new();

    public void Add(ClusterIndex index, int shard, JsonObject body)
    {
        var head = new JsonObject { ["index"] = new JsonArray(index.Name), ["preference"] = $"_shards:{shard}", ["ignore_unavailable"] = true };
        _lines.Append(head.ToJsonString()).Append('\n').Append(body.ToJsonString()).Append('\n');
    }

    /// <summary>One answer for each request, in order: <c>responses</c> of what comes. At least one request.</summary>
    public Task<ElasticAnswer> SendAsync(ElasticClient client, CancellationToken cancellationToken) => client.SendAsync(
        ElasticCall.Post("/_msearch", Encoding.UTF8.GetBytes(_lines.ToString())) with { ContentType = ElasticCall.NdJson }, cancellationToken);

    /// <summary>False when the shard gave no answer: it is not assigned, its node is busy, or the index is gone.</summary>
    public static bool IsAnswered(JsonElement answer) =>
        !answer.TryGetProperty("error", out _) && answer.GetProperty("_shards") is var shards
        && shards.GetProperty("failed").GetInt64() == 0 && shards.GetProperty("successful").GetInt64() > 0;

    /// <summary>Asks for the highest number that is visible.</summary>
    public static JsonObject Head(long? above)
    {
        var body = new JsonObject
        {
            ["size"] = 1, ["_source"] = false, ["track_total_hits"] = false, ["sort"] = new JsonArray(Dsl.Named("_seq_no", new JsonObject { ["order"] = "desc" })),
        };
        if (above is { } number)
        {
            body["query"] = Numbers(number, to: null);
        }

        return body;
    }

    /// <summary>Asks for the lowest number of an event that another than <paramref name="writer"/> wrote to an index of LogView's.</summary>
    public static JsonObject FirstOfAnother(long above, string writer)
    {
        JsonObject body = Head(above: null);
        body["sort"] = new JsonArray(Dsl.Named("_seq_no", new JsonObject { ["order"] = "asc" }));
        body["query"] = Dsl.And([Numbers(above, to: null), OfAnother(writer)]);
        return body;
    }

    public static JsonObject OfAnother(string writer) => Dsl.Not(Dsl.Term(OwnNames.Writer, writer));

    /// <summary>Null: nothing is there.</summary>
    public static long? ReadHead(JsonElement answer)
    {
        JsonElement hits = answer.GetProperty("hits").GetProperty("hits");
        return hits.GetArrayLength() == 0 ? null : hits[0].GetProperty("sort")[0].GetInt64();
    }

    /// <summary>Asks how many documents are visible in a stretch.</summary>
    public static JsonObject Count(Stretch stretch) =>
        new() { ["size"] = 0, ["track_total_hits"] = false, ["query"] = Numbers(stretch.Above, stretch.To), ["aggs"] = Dsl.Named(Visible, new JsonObject { ["filter"] = Dsl.All }) };

    /// <summary>Asks for what matches in a stretch, by number, and how many documents it has in all, both of one moment.</summary>
    public static JsonObject Page(Stretch stretch, JsonObject query)
    {
        JsonObject body = Count(stretch);
        body["size"] = stretch.Length;
        body["seq_no_primary_term"] = true;
        body["sort"] = new JsonArray(Dsl.Named("_seq_no", new JsonObject { ["order"] = "asc" }));
        body["post_filter"] = query;
        return body;
    }

    public static long ReadVisible(JsonElement answer) => answer.GetProperty("aggregations").GetProperty(Visible).GetProperty("doc_count").GetInt64();

    private static JsonObject Numbers(long above, long? to)
    {
        var bounds = new JsonObject { ["gt"] = above };
        if (to is { } last)
        {
            bounds["lte"] = last;
        }

        return Dsl.On("range", "_seq_no", bounds);
    }
}
