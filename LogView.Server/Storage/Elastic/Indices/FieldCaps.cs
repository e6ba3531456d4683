using System.Text.Json;
using LogView.Server.Storage.Elastic.Client;

namespace LogView.Server.Storage.Elastic.Indices;

/// <summary>Asks which fields indices have.</summary>
internal static class FieldCaps
{
    /// <param name="client">The cluster.</param>
    /// <param name="path">Of the indices.</param>
    /// <param name="fields">The rest of the question.</param>
    /// <param name="read">Reads the answer.</param>
    /// <param name="none">Where no shard of the indices can answer: they have no fields for now, and a search says that they are away.</param>
    /// <param name="cancellationToken">Ends asking.</param>
    public static async Task<T> ReadAsync<T>(ElasticClient client, string path, string fields, Func<JsonElement, T> read, T none, CancellationToken cancellationToken)
    {
        try
        {
            using ElasticAnswer answer = await client.SendAsync(
                ElasticCall.Get($"/{path}/_field_caps?{fields}&ignore_unavailable=true&expand_wildcards=open,hidden"), cancellationToken);
            return read(answer.Root);
        }
        catch (ElasticException e) when (e.AreShardsAway)
        {
            return none;
        }
    }
}
