using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LogView.Server.Storage.Elastic.Client;

namespace LogView.Server.Storage.Elastic.Reading.Holding;

/// <summary>
/// The indices of a scope as they were at one moment, which the cluster holds while it is asked now and then. It may be lost all the same: when nobody asks for
/// longer than <see cref="KeepAlive"/>, or a node goes. One user at a time.
/// </summary>
internal sealed class PointInTime : IAsyncDisposable
{
    /// <summary>From one page to the next: whoever reads an export that slowly has stopped reading.</summary>
    private const string KeepAlive = "5m";

    private const string Gone = "search_context_missing_exception";

    private readonly ElasticClient _client;
    private readonly bool _isOpenSearch;
    private readonly int _indices;
    private string _id;

    private PointInTime(ElasticClient client, bool isOpenSearch, int indices, string id) =>
        (_client, _isOpenSearch, _indices, _id) = (client, isOpenSearch, indices, id);

    /// <summary>False: it was lost; what is read from now on is of the moment it is read.</summary>
    public bool IsHeld { get; private set; } = true;

    /// <summary>Null where the cluster has none to give.</summary>
    public static async Task<PointInTime?> TryOpenAsync(ElasticClient client, Cluster cluster, SearchScope scope, CancellationToken cancellationToken)
    {
        if (!cluster.HasPointInTime || scope.IsEmpty)
        {
            return null;
        }

        string what = cluster.IsOpenSearch ? "_search/point_in_time" : "_pit";
        ElasticCall call = new(HttpMethod.Post, $"/{scope.Path}/{what}?keep_alive={KeepAlive}&ignore_unavailable=true&expand_wildcards=open,hidden");
        try
        {
            using ElasticAnswer answer = await client.SendAsync(call, cancellationToken);
            string id = answer.Root.GetProperty(cluster.IsOpenSearch ? "pit_id" : "id").GetString()!;
            return new PointInTime(client, cluster.IsOpenSearch, scope.Path is Indices.IndexCatalog.Everything ? int.MaxValue : scope.All.Count(), id);
        }
        catch (ElasticException e) when (!e.MayPass)
        {
            // Too many are open, or a right is missing: reading goes on without.
            return null;
        }
    }

    /// <summary>Null when it was lost.</summary>
    /// <param name="scope">The scope it was opened for, or a part of it.</param>
    /// <param name="body">Of the search; left as it is.</param>
    /// <param name="tag">By which the search is cancelled.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async Task<ElasticAnswer?> SearchAsync(SearchScope scope, JsonObject body, string tag, CancellationToken cancellationToken)
    {
        JsonObject held = body.DeepClone().AsObject();
        held["pit"] = new JsonObject { ["id"] = _id, ["keep_alive"] = KeepAlive };
        if (scope.All.Count() < _indices)
        {
            List<JsonObject> both = [Dsl.Terms("_index", scope.All.Select(i => i.Name))];
            if (held["query"]?.DeepClone() is JsonObject query)
            {
                both.Add(query);
            }

            held["query"] = Dsl.And(both);
        }

        try
        {
            ElasticAnswer answer = await _client.SendAsync(ElasticCall.Post("/_search", Encoding.UTF8.GetBytes(held.ToJsonString())) with { Tag = tag }, cancellationToken);
            if (!HasLost(answer.Root))
            {
                _id = answer.Root.TryGetProperty("pit_id", out JsonElement id) ? id.GetString() ?? _id : _id;
                return answer;
            }

            answer.Dispose();
        }
        catch (ElasticException e) when (e.Failure == ElasticFailure.NotFound || e.ErrorType is Gone)
        {
            // Said by IsHeld.
        }

        IsHeld = false;
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        (string path, JsonObject body) = _isOpenSearch
            ? ("/_search/point_in_time", new JsonObject { ["pit_id"] = new JsonArray(_id) })
            : ("/_pit", new JsonObject { ["id"] = _id });
        try
        {
            ElasticCall call = new(HttpMethod.Delete, path, Encoding.UTF8.GetBytes(body.ToJsonString())) { MayBeMissing = true };
            using ElasticAnswer answer = await _client.SendAsync(call, CancellationToken.None);
        }
        catch (ElasticException)
        {
            // The cluster lets go of it after a while.
        }
    }

    private static bool HasLost(JsonElement answer) =>
        answer.TryGetProperty("_shards", out JsonElement shards) && shards.TryGetProperty("failures", out JsonElement failures)
        && failures.EnumerateArray().Any(f => ElasticErrors.Read(f.GetProperty("reason")).Type is Gone);
}
