using System.Globalization;
using System.Net;
using System.Text.Json;
using LogView.Client.Contracts.Events;
using LogView.Server.Storage.Elastic.Client;
using LogView.Server.Storage.Elastic.Indices;
using LogView.Server.Storage.Elastic.Reading;

namespace LogView.Server.Storage.Elastic.Retiring;

/// <summary>What the cluster knows of the indices of LogView's data streams, and whose business their lives are.</summary>
internal sealed class IndexFacts(ElasticClient client, IndexCatalog catalog, StreamList streams)
{
    /// <summary>Settings by which a lifecycle of the cluster (ILM, ISM) has an index.</summary>
    private static readonly string[] PolicySettings =
        ["lifecycle.name", "plugins.index_state_management.policy_id", "opendistro.index_state_management.policy_id"];

    /// <summary>Null where a shard gives no answer: what is not known is not deleted.</summary>
    public async Task<IReadOnlyList<BackingIndex>?> ReadAsync(DataStreamName stream, SearchScope scope, CancellationToken cancellationToken)
    {
        if (await streams.ReadIndicesAsync(scope, cancellationToken) is not { } counted)
        {
            return null;
        }

        Dictionary<string, IndexSums> sums = counted.ToDictionary(c => c.Index.Name, StringComparer.Ordinal);
        Dictionary<string, long> bytes = await streams.BytesAsync(scope, cancellationToken);
        using ElasticAnswer settings = await client.SendAsync(
            ElasticCall.Get($"/{TargetOf(stream)}/_settings/index.creation_date?expand_wildcards=open,hidden"), cancellationToken);
        List<BackingIndex> indices = [];
        foreach (ClusterIndex index in scope.All)
        {
            if (settings.Root.TryGetProperty(index.Name, out JsonElement own) && bytes.TryGetValue(index.Name, out long size))
            {
                string created = own.GetProperty("settings").GetProperty("index").GetProperty("creation_date").GetString()!;
                IndexSums? sum = sums.GetValueOrDefault(index.Name);
                indices.Add(new BackingIndex(
                    index.Name, GenerationOf(index.Name), DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(created, CultureInfo.InvariantCulture)), sum?.Events ?? 0, size, sum?.Last));
            }
        }

        return indices.Count == scope.All.Count() ? indices : null;
    }

    /// <summary>Which lifecycle of the cluster has the data stream; null: none, so LogView keeps its retention.</summary>
    public async Task<string?> ManagerOfAsync(DataStreamName stream, SearchScope scope, CancellationToken cancellationToken)
    {
        string target = TargetOf(stream);
        using ElasticAnswer settings = await client.SendAsync(ElasticCall.Get($"/{target}/_settings?flat_settings=true&expand_wildcards=open,hidden"), cancellationToken);
        string? policy = settings.Root.EnumerateObject().Where(i => scope.Find(i.Name) is not null)
            .SelectMany(i => PolicySettings.Select(s => Text(i.Value.GetProperty("settings"), "index." + s))).FirstOrDefault(p => p is { Length: > 0 });
        if (policy is not null)
        {
            return $"policy {policy}";
        }

        return await HasLifecycleAsync($"/_index_template/{IndexTemplate.NameFor(target)}", "index_templates", t => t.GetProperty("index_template").GetProperty("template"), cancellationToken)
            || await HasLifecycleAsync($"/_data_stream/{target}", "data_streams", s => s, cancellationToken)
            ? "data stream lifecycle"
            : await PolicyOfIsmAsync(target, scope, cancellationToken);
    }

    /// <summary>The number behind the last dash.</summary>
    public static long GenerationOf(string index) =>
        long.TryParse(index.AsSpan(index.LastIndexOf('-') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long generation) ? generation : 0;

    private string TargetOf(DataStreamName stream) => Uri.EscapeDataString(catalog.TargetOf(stream));

    private async Task<bool> HasLifecycleAsync(string path, string list, Func<JsonElement, JsonElement> holder, CancellationToken cancellationToken)
    {
        using ElasticAnswer? answer = await TryGetAsync(path, cancellationToken);
        return answer is not null && answer.Root.TryGetProperty(list, out JsonElement items) && items.EnumerateArray().Select(holder)
            .Any(h => h.TryGetProperty("lifecycle", out JsonElement lifecycle) && !(lifecycle.TryGetProperty("enabled", out JsonElement enabled) && enabled.ValueKind == JsonValueKind.False));
    }

    /// <summary>OpenSearch keeps its policies beside the indices.</summary>
    private async Task<string?> PolicyOfIsmAsync(string target, SearchScope scope, CancellationToken cancellationToken)
    {
        using ElasticAnswer? answer = await TryGetAsync($"/_plugins/_ism/explain/{target}", cancellationToken);
        return answer?.Root.EnumerateObject().Where(i => i.Value.ValueKind == JsonValueKind.Object && scope.Find(i.Name) is not null)
            .Select(i => Text(i.Value, "index.plugins.index_state_management.policy_id")).FirstOrDefault(p => p is { Length: > 0 }) is { } policy ? $"policy {policy}" : null;
    }

    /// <summary>Null where the cluster has no such feature.</summary>
    private async Task<ElasticAnswer?> TryGetAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            ElasticAnswer answer = await client.SendAsync(ElasticCall.Get(path) with { MayBeMissing = true }, cancellationToken);
            if (!answer.IsMissing)
            {
                return answer;
            }

            answer.Dispose();
            return null;
        }
        catch (ElasticException e) when (e.Status is HttpStatusCode.MethodNotAllowed or HttpStatusCode.BadRequest)
        {
            return null;
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
