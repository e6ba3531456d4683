using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace LogView.Tests.Storage.Elastic.Client;

/// <summary>
/// A way to a cluster on which it says another version. Where <see cref="KeepsFailures"/>, documents that it refuses are answered as Elasticsearch 9.1 does that keeps them in a failure store.
/// </summary>
internal sealed class VersionProxy(Uri cluster, string version) : PassingProxy(cluster)
{
    public bool KeepsFailures { get; init; }

    public static async Task<VersionProxy> StartAsync(Uri cluster, string version, bool keepsFailures = false)
    {
        VersionProxy proxy = new(cluster, version) { KeepsFailures = keepsFailures };
        await proxy.StartAsync();
        return proxy;
    }

    protected override byte[] Answered(string path, byte[] body) => path switch
    {
        "/" => Encoding.UTF8.GetBytes(WithVersion(JsonNode.Parse(body)!.AsObject()).ToJsonString()),
        "/_bulk" when KeepsFailures => Encoding.UTF8.GetBytes(WithFailuresKept(JsonNode.Parse(body)!.AsObject()).ToJsonString()),
        _ => body,
    };

    private JsonObject WithVersion(JsonObject root)
    {
        root["version"]!["number"] = version;
        return root;
    }

    private static JsonObject WithFailuresKept(JsonObject answer)
    {
        foreach (JsonNode? item in answer["items"]?.AsArray() ?? [])
        {
            JsonObject result = item!["create"]!.AsObject();
            if (result["status"]!.GetValue<int>() == (int)HttpStatusCode.BadRequest)
            {
                result.Remove("error");
                result["status"] = (int)HttpStatusCode.Created;
                result["failure_store"] = "used";
            }
        }

        return answer;
    }
}
