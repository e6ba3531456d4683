using System.Text;
using System.Text.Json.Nodes;
using LogView.Server.Storage.Elastic.Client;
using LogView.Server.Storage.Elastic.Indices;

namespace LogView.Server.Storage.Elastic.Writing;

/// <summary>
/// Adds new fields to an index in one step before the events that bring them: the cluster would otherwise change its mapping once for each event that has
/// one, with a change of the cluster's state each time.
/// </summary>
internal static class MappingUpdate
{
    /// <summary>Fewer are left to the events themselves.</summary>
    public const int MinFields = 8;

    /// <summary>False when the index is not there yet or has a field otherwise: the events themselves will tell.</summary>
    public static async Task<bool> TryAsync(ElasticClient client, string target, IReadOnlyList<KeyValuePair<string, FieldKind>> fields, CancellationToken cancellationToken)
    {
        var properties = new JsonObject();
        foreach ((string name, FieldKind kind) in fields)
        {
            Add(properties, name.Split('.'), kind);
        }

        byte[] body = Encoding.UTF8.GetBytes(new JsonObject { ["properties"] = properties }.ToJsonString());
        try
        {
            using ElasticAnswer answer = await client.SendAsync(
                ElasticCall.Put($"/{Uri.EscapeDataString(target)}/_mapping?write_index_only=true", body) with { MayBeMissing = true }, cancellationToken);
            return !answer.IsMissing;
        }
        catch (ElasticException e) when (e.Failure == ElasticFailure.Rejected)
        {
            return false;
        }
    }

    private static void Add(JsonObject properties, string[] path, FieldKind kind)
    {
        foreach (string part in path[..^1])
        {
            if (properties[part] is not JsonObject parent)
            {
                properties[part] = parent = new JsonObject { ["properties"] = new JsonObject() };
            }

            properties = parent["properties"]!.AsObject();
        }

        properties[path[^1]] = IndexTemplate.MappingOf(kind);
    }
}
