using System.Text;
using System.Text.Json.Nodes;
using LogView.Client.Contracts.Events;
using LogView.Server.Storage.Elastic.Client;
using LogView.Server.Storage.Elastic.Indices;
using LogView.Server.Storage.Elastic.Retiring;

namespace LogView.Server.Storage.Elastic.Writing;

/// <summary>
/// Finds events in the indices that a data stream wrote to before: an id is refused a second time by the index that has it, not by the one a rollover made
/// meanwhile. Asked only where a write may be a repeat.
/// </summary>
internal sealed class EarlierEvents(ElasticClient client, IndexCatalog catalog)
{
    /// <summary>Ids of one request.</summary>
    private const int MaxIds = 1_000;

    /// <summary>Those that are not in an earlier index.</summary>
    public async Task<List<BulkItem>> WithoutAsync(List<BulkItem> items, CancellationToken cancellationToken)
    {
        catalog.Forget();
        IReadOnlyList<ClusterIndex> indices = await catalog.ListAsync(cancellationToken);
        List<BulkItem> left = [];
        foreach (IGrouping<DataStreamName, BulkItem> ofStream in items.GroupBy(i => i.Stream))
        {
            string[] earlier = [.. indices.Where(i => i.Stream == ofStream.Key && i.IsOwn).Select(i => i.Name).OrderBy(IndexFacts.GenerationOf).SkipLast(1)];
            HashSet<string> found = earlier.Length == 0 ? [] : await FindAsync(earlier, [.. ofStream.Select(i => i.Id)], cancellationToken);
            left.AddRange(ofStream.Where(i => !found.Contains(i.Id)));
        }

        return left;
    }

    private async Task<HashSet<string>> FindAsync(string[] indices, string[] ids, CancellationToken cancellationToken)
    {
        HashSet<string> found = new(StringComparer.Ordinal);
        foreach (string[] some in indices.Chunk(10))
        {
            string path = string.Join(',', some.Select(Uri.EscapeDataString));
            using (await client.SendAsync(ElasticCall.Post($"/{path}/_refresh", []), cancellationToken))
            {
                // A search does not see what was written in the last second otherwise.
            }

            foreach (string[] chunk in ids.Chunk(MaxIds))
            {
                var body = new JsonObject
                {
                    ["size"] = chunk.Length, ["_source"] = false, ["query"] = new JsonObject { ["ids"] = new JsonObject { ["values"] = new JsonArray([.. chunk.Select(i => (JsonNode)i)]) } },
                };
                using ElasticAnswer answer = await client.SendAsync(
                    ElasticCall.Post($"/{path}/_search?allow_partial_search_results=false", Encoding.UTF8.GetBytes(body.ToJsonString())), cancellationToken);
                found.UnionWith(answer.Root.GetProperty("hits").GetProperty("hits").EnumerateArray().Select(h => h.GetProperty("_id").GetString()!));
            }
        }

        return found;
    }
}
