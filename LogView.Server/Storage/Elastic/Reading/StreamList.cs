using System.Text.Json;
using System.Text.Json.Nodes;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Server.Storage.Elastic.Client;
using LogView.Server.Storage.Elastic.Indices;

namespace LogView.Server.Storage.Elastic.Reading;

/// <param name="Index">Which.</param>
/// <param name="Events">In it.</param>
/// <param name="First">Of their instants.</param>
/// <param name="Last">Of their instants.</param>
internal sealed record IndexSums(ClusterIndex Index, long Events, Timestamp? First, Timestamp? Last);

/// <summary>Counts, sizes and time bounds of data streams.</summary>
internal sealed class StreamList(ElasticClient client, SearchSender sender)
{
    /// <summary>Indices that are summed up in one request; more than one cluster should have.</summary>
    private const int MaxIndices = 10_000;

    /// <summary>Those that have events, by name.</summary>
    public async Task<IReadOnlyList<DataStreamInfo>> ReadAsync(SearchScope scope, CancellationToken cancellationToken)
    {
        if (scope.IsEmpty)
        {
            return [];
        }

        Dictionary<string, long> bytes = await BytesAsync(scope, cancellationToken);
        Dictionary<DataStreamName, DataStreamInfo> streams = [];
        using ElasticAnswer answer = await sender.SendAsync(scope, Body(scope), cancellationToken);
        foreach (IndexSums sums in Sums(answer.Root, scope))
        {
            streams[sums.Index.Stream] = Add(streams.GetValueOrDefault(sums.Index.Stream), sums, bytes.GetValueOrDefault(sums.Index.Name));
        }

        return [.. streams.Values.OrderBy(s => s.Name.Value, StringComparer.Ordinal)];
    }

    /// <summary>Of each index that has events; null where a shard gives no answer.</summary>
    public async Task<IReadOnlyList<IndexSums>?> ReadIndicesAsync(SearchScope scope, CancellationToken cancellationToken)
    {
        using ElasticAnswer answer = await sender.SendAsync(scope, Body(scope), cancellationToken);
        return ShardNotes.IsWhole(answer.Root) ? [.. Sums(answer.Root, scope)] : null;
    }

    public async Task<long> CountAsync(SearchScope scope, CancellationToken cancellationToken)
    {
        if (scope.IsEmpty)
        {
            return 0;
        }

        var body = new JsonObject { ["size"] = 0, ["track_total_hits"] = true };
        using ElasticAnswer answer = await sender.SendAsync(scope, body, cancellationToken);
        return answer.Root.GetProperty("hits").GetProperty("total").GetProperty("value").GetInt64();
    }

    public async Task<Dictionary<string, long>> BytesAsync(SearchScope scope, CancellationToken cancellationToken)
    {
        Dictionary<string, long> bytes = new(StringComparer.Ordinal);
        using ElasticAnswer answer = await client.SendAsync(
            ElasticCall.Get($"/{scope.Path}/_stats/store?filter_path=indices.*.primaries.store.size_in_bytes&ignore_unavailable=true&expand_wildcards=open,hidden"), cancellationToken);
        if (answer.Root.TryGetProperty("indices", out JsonElement indices))
        {
            foreach (JsonProperty index in indices.EnumerateObject())
            {
                bytes[index.Name] = index.Value.GetProperty("primaries").GetProperty("store").GetProperty("size_in_bytes").GetInt64();
            }
        }

        return bytes;
    }

    /// <summary>Of everything, so that the cluster can take first and last from its index instead of looking at each event.</summary>
    private static JsonObject Body(SearchScope scope)
    {
        var body = new JsonObject
        {
            ["size"] = 0,
            ["aggs"] = Dsl.Named("indices", new JsonObject
            {
                ["terms"] = new JsonObject { ["field"] = "_index", ["size"] = MaxIndices },
                ["aggs"] = new JsonObject(scope.TimeFields.SelectMany(f => new KeyValuePair<string, JsonNode?>[] { new("first " + f, Edge("min", f)), new("last " + f, Edge("max", f)) })),
            }),
        };
        if (scope.Path is IndexCatalog.Everything)
        {
            body["query"] = Dsl.Terms("_index", scope.All.Select(i => i.Name));
        }

        return body;
    }

    private static JsonObject Edge(string metric, string field) => Dsl.Named(metric, new JsonObject { ["field"] = field });

    private static IEnumerable<IndexSums> Sums(JsonElement answer, SearchScope scope)
    {
        foreach (JsonElement bucket in answer.GetProperty("aggregations").GetProperty("indices").GetProperty("buckets").EnumerateArray())
        {
            if (scope.Find(bucket.GetProperty("key").GetString()!) is { } index)
            {
                yield return new IndexSums(
                    index, bucket.GetProperty("doc_count").GetInt64(), InstantOf(bucket.GetProperty("first " + index.TimeField)), InstantOf(bucket.GetProperty("last " + index.TimeField)));
            }
        }
    }

    private static DataStreamInfo Add(DataStreamInfo? known, IndexSums sums, long bytes)
    {
        (ClusterIndex index, long events, Timestamp? first, Timestamp? last) = sums;
        return known is null
            ? new DataStreamInfo(index.Stream, events, bytes, first, last) { Aliases = index.Aliases }
            : known with
            {
                Events = known.Events + events,
                Bytes = known.Bytes + bytes,
                Oldest = known.Oldest is { } oldest && !(first < oldest) ? oldest : first,
                Newest = known.Newest is { } newest && !(last > newest) ? newest : last,
            };
    }

    /// <summary>The cluster's minimum and maximum of dates are in milliseconds.</summary>
    private static Timestamp? InstantOf(JsonElement edge) =>
        edge.GetProperty("value") is { ValueKind: JsonValueKind.Number } value ? Timestamp.FromUnixMilliseconds((long)value.GetDouble()) : null;
}
