using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;

namespace LogView.Tests.Storage.Elastic.Following;

/// <summary>
/// A way to a cluster on which some documents are not visible yet to searches that go together (<c>_msearch</c>), as those are on a shard that are still being written when later ones
/// are visible already. The cluster itself leaves them out, of hits and of counts.
/// </summary>
internal sealed class HidingProxy : PassingProxy
{
    private HidingProxy(Uri cluster)
        : base(cluster)
    {
    }

    /// <summary>Ids of the documents that are not visible.</summary>
    public ConcurrentDictionary<string, bool> Hidden { get; } = new(StringComparer.Ordinal);

    public static async Task<HidingProxy> StartAsync(Uri cluster)
    {
        HidingProxy proxy = new(cluster);
        await proxy.StartAsync();
        return proxy;
    }

    protected override byte[] Asked(string path, byte[] body) => path.EndsWith("/_msearch", StringComparison.Ordinal) ? Hide(body) : body;

    private byte[] Hide(byte[] searches)
    {
        string[] lines = Encoding.UTF8.GetString(searches).Split('\n');
        for (int i = 1; i < lines.Length; i += 2)
        {
            JsonObject search = JsonNode.Parse(lines[i])!.AsObject();
            JsonNode asked = search["query"]?.DeepClone() ?? new JsonObject { ["match_all"] = new JsonObject() };
            var hidden = new JsonObject { ["ids"] = new JsonObject { ["values"] = new JsonArray([.. Hidden.Keys.Select(k => (JsonNode)k)]) } };
            search["query"] = new JsonObject { ["bool"] = new JsonObject { ["filter"] = asked, ["must_not"] = hidden } };
            lines[i] = search.ToJsonString();
        }

        return Encoding.UTF8.GetBytes(string.Join('\n', lines));
    }
}
