using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using LogView.Server.Storage.Elastic.Client;

namespace LogView.Server.Storage.Elastic.Sharing;

/// <summary>As which write a document was read.</summary>
internal readonly record struct DocumentVersion(long SeqNo, long Term);

/// <summary>
/// Small documents by which the LogViews of a cluster agree, in a hidden index of their own. Each is changed only as it was read, so of two that change it at
/// once one wins. Safe for concurrent use.
/// </summary>
/// <param name="client">The cluster.</param>
/// <param name="prefix">Of the indices; LogViews with the same one share the documents.</param>
internal sealed class SharedDocuments(ElasticClient client, string prefix)
{
    /// <summary><c>.logview-lease</c>, with a prefix <c>.logview-PREFIXlease</c>.</summary>
    public string Index { get; } = $".logview-{prefix}lease";

    /// <summary>As the cluster has it, refreshed or not; null: it is not there. Throws <see cref="ElasticException"/>.</summary>
    public async Task<(JsonObject Body, DocumentVersion Version)?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        using ElasticAnswer answer = await client.SendAsync(ElasticCall.Get(PathOf(name)) with { MayBeMissing = true }, cancellationToken);
        return answer.IsMissing
            ? null
            : (JsonObject.Create(answer.Root.GetProperty("_source").Clone())!, new DocumentVersion(answer.Root.GetProperty("_seq_no").GetInt64(), answer.Root.GetProperty("_primary_term").GetInt64()));
    }

    /// <summary>
    /// False: another LogView was faster. Throws <see cref="ElasticException"/>; then nobody knows. Not sent again by itself: the first send may have arrived, and
    /// then the second would be told that somebody else was faster.
    /// </summary>
    /// <param name="name">Of the document.</param>
    /// <param name="body">All of it.</param>
    /// <param name="version">As it was read; null: it was not there.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task<bool> WriteAsync(string name, JsonObject body, DocumentVersion? version, CancellationToken cancellationToken)
    {
        if (version is null)
        {
            await CreateIndexAsync(cancellationToken);
        }

        string path = PathOf(name) + (version is { } read ? $"?if_seq_no={read.SeqNo}&if_primary_term={read.Term}" : "?op_type=create");
        try
        {
            using ElasticAnswer answer = await client.SendAsync(ElasticCall.Put(path, Encoding.UTF8.GetBytes(body.ToJsonString())) with { IsRepeatable = false }, cancellationToken);
            return true;
        }
        catch (ElasticException e) when (e.Status == HttpStatusCode.Conflict)
        {
            return false;
        }
    }

    private string PathOf(string name) => $"/{Index}/_doc/{name}";

    private async Task CreateIndexAsync(CancellationToken cancellationToken)
    {
        var settings = new JsonObject { ["number_of_shards"] = 1, ["auto_expand_replicas"] = "0-1", ["hidden"] = true };
        var body = new JsonObject { ["settings"] = new JsonObject { ["index"] = settings }, ["mappings"] = new JsonObject { ["enabled"] = false } };
        try
        {
            using ElasticAnswer made = await client.SendAsync(ElasticCall.Put($"/{Index}", Encoding.UTF8.GetBytes(body.ToJsonString())), cancellationToken);
        }
        catch (ElasticException e) when (e.ErrorType is "resource_already_exists_exception")
        {
            // Another LogView was faster, or the index is from before.
        }
    }
}
