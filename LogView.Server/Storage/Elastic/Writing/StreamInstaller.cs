using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LogView.Client.Contracts.Events;
using LogView.Server.Storage.Elastic.Client;
using LogView.Server.Storage.Elastic.Indices;

namespace LogView.Server.Storage.Elastic.Writing;

/// <summary>Makes and removes LogView's own data streams, or indices behind an alias where the cluster has none.</summary>
internal sealed class StreamInstaller(ElasticClient client, Cluster cluster, IndexCatalog catalog)
{
    /// <summary>Installs the template, makes the index where the first write would not, and reads what is mapped already.</summary>
    /// <returns>The schema, and whether the data stream was not there.</returns>
    public async Task<(StreamSchema Schema, bool IsNew)> InstallAsync(DataStreamName stream, CancellationToken cancellationToken)
    {
        IReadOnlyList<ClusterIndex> indices = await catalog.ListAsync(cancellationToken);
        bool exists = indices.Any(i => i.Stream == stream);
        string target = catalog.TargetOf(stream);
        if (!exists)
        {
            await PutTemplateAsync(target, cancellationToken);
            if (!cluster.HasDataStreams)
            {
                await CreateAliasedAsync(target, cancellationToken);
            }

            catalog.Forget();
        }

        StreamSchema schema = new();
        if (exists)
        {
            await ReadAsync(stream, indices, schema, cancellationToken);
            if (schema.Version < IndexTemplate.Schema)
            {
                // For the index after this one.
                await PutTemplateAsync(target, cancellationToken);
            }
        }

        return (schema, !exists);
    }

    /// <summary>Removes the indices. Where the cluster has no way to remove a data stream, an empty one stays.</summary>
    public async Task DeleteAsync(DataStreamName stream, IReadOnlyList<ClusterIndex> indices, CancellationToken cancellationToken)
    {
        string name = Uri.EscapeDataString(catalog.TargetOf(stream));
        if (indices.Any(i => i.IsDataStream) && !await TryDeleteStreamAsync(name, cancellationToken))
        {
            using ElasticAnswer rolled = await client.SendAsync(new ElasticCall(HttpMethod.Post, $"/{name}/_rollover") { IsRepeatable = false }, cancellationToken);
            await DeleteIndicesAsync(indices, cancellationToken);
        }
        else if (!indices.Any(i => i.IsDataStream))
        {
            await DeleteIndicesAsync(indices, cancellationToken);
        }

        catalog.Forget();
    }

    private async Task<bool> TryDeleteStreamAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            using ElasticAnswer answer = await client.SendAsync(ElasticCall.Delete($"/_data_stream/{name}"), cancellationToken);
            return true;
        }
        catch (ElasticException e) when (e.Status is System.Net.HttpStatusCode.MethodNotAllowed or System.Net.HttpStatusCode.BadRequest)
        {
            return false;
        }
    }

    private async Task DeleteIndicesAsync(IReadOnlyList<ClusterIndex> indices, CancellationToken cancellationToken)
    {
        foreach (ClusterIndex index in indices)
        {
            using ElasticAnswer answer = await client.SendAsync(ElasticCall.Delete($"/{Uri.EscapeDataString(index.Name)}"), cancellationToken);
        }
    }

    private async Task CreateAliasedAsync(string target, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["aliases"] = new JsonObject { [target] = new JsonObject { ["is_write_index"] = true } } };
        try
        {
            await PutAsync($"/{Uri.EscapeDataString(IndexTemplate.FirstIndexFor(target))}", body, cancellationToken);
        }
        catch (ElasticException e) when (e.ErrorType is "resource_already_exists_exception")
        {
            // Another LogView was faster.
        }
    }

    private async Task ReadAsync(DataStreamName stream, IReadOnlyList<ClusterIndex> indices, StreamSchema schema, CancellationToken cancellationToken)
    {
        // The newest is written to: its name ends in the highest number.
        string index = indices.Where(i => i.Stream == stream).Select(i => i.Name).Order(StringComparer.Ordinal).Last();
        using ElasticAnswer answer = await client.SendAsync(ElasticCall.Get($"/{Uri.EscapeDataString(index)}/_mapping"), cancellationToken);
        foreach (JsonProperty one in answer.Root.EnumerateObject())
        {
            schema.Read(one.Value.GetProperty("mappings"));
        }
    }

    private Task PutTemplateAsync(string target, CancellationToken cancellationToken) =>
        PutAsync($"/_index_template/{Uri.EscapeDataString(IndexTemplate.NameFor(target))}", IndexTemplate.Body(target, cluster), cancellationToken);

    private async Task PutAsync(string path, JsonObject body, CancellationToken cancellationToken)
    {
        using ElasticAnswer answer = await client.SendAsync(ElasticCall.Put(path, Encoding.UTF8.GetBytes(body.ToJsonString())), cancellationToken);
    }
}
