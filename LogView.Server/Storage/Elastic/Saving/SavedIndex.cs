using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LogView.Server.Saved;
using LogView.Server.Storage.Elastic.Client;

namespace LogView.Server.Storage.Elastic.Saving;

/// <summary>
/// The index of saved objects: hidden, made with the first write, behind an alias of the name that everything asks for. Writes insist on the alias, so that
/// the cluster never makes an index of that name by itself, with whatever mapping it guesses. Safe for concurrent use, also by several LogViews.
/// </summary>
/// <param name="client">The cluster.</param>
/// <param name="prefix">Of the indices of this LogView; LogViews with the same one share what is saved.</param>
internal sealed class SavedIndex(ElasticClient client, string prefix)
{
    /// <summary>Of mapping and documents. A larger one adds fields; what wrote it must not be overwritten by those who do not know them.</summary>
    public const int Schema = 1;

    private const string Meta = "logview_saved";

    private volatile bool _isReady;

    /// <summary>The alias: <c>.logview-saved</c>, with a prefix <c>.logview-PREFIXsaved</c>. Begins with a dot, so it is never taken for log data.</summary>
    public string Name { get; } = $".logview-{prefix}saved";

    private string FirstIndex => $"{Name}-1";

    /// <summary>The sentence for what a newer LogView left.</summary>
    public static SavedStoreException Newer(string what, int schema) => new(string.Create(
        CultureInfo.InvariantCulture, $"{what} on the cluster was written by a newer LogView (version {schema}, this one knows {Schema}): update this LogView"));

    /// <summary>Looks at the index once. False when there is none.</summary>
    public async Task<bool> IsThereAsync(CancellationToken cancellationToken)
    {
        if (_isReady)
        {
            return true;
        }

        using ElasticAnswer answer = await client.SendAsync(ElasticCall.Get($"/{Name}/_mapping") with { MayBeMissing = true }, cancellationToken);
        if (answer.IsMissing)
        {
            return false;
        }

        foreach (JsonProperty index in answer.Root.EnumerateObject())
        {
            await CheckAsync(index.Name, index.Value.GetProperty("mappings"), cancellationToken);
        }

        _isReady = true;
        return true;
    }

    /// <summary>Makes the index unless it is there.</summary>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        if (await IsThereAsync(cancellationToken))
        {
            return;
        }

        try
        {
            using ElasticAnswer made = await client.SendAsync(ElasticCall.Put($"/{FirstIndex}", Bytes(Body())), cancellationToken);
        }
        catch (ElasticException e) when (e.ErrorType is "resource_already_exists_exception")
        {
            // Another LogView was faster, or this one's first send arrived.
        }

        if (!await IsThereAsync(cancellationToken))
        {
            throw new SavedStoreException($"The cluster has the index {FirstIndex} without its alias {Name}: add that alias to the index that holds what was saved");
        }
    }

    /// <summary>The index went away.</summary>
    public void Forget() => _isReady = false;

    private async Task CheckAsync(string index, JsonElement mappings, CancellationToken cancellationToken)
    {
        if (!mappings.TryGetProperty("_meta", out JsonElement meta) || !meta.TryGetProperty(Meta, out JsonElement own) || !own.GetProperty("schema").TryGetInt32(out int schema))
        {
            throw new SavedStoreException($"The index {index} on the cluster is not LogView's: rename or delete it, or choose another --elastic-prefix");
        }

        if (schema > Schema)
        {
            throw Newer($"The index {index}", schema);
        }

        if (schema < Schema)
        {
            using ElasticAnswer raised = await client.SendAsync(ElasticCall.Put($"/{index}/_mapping", Bytes(Mappings())), cancellationToken);
        }
    }

    private JsonObject Body() => new()
    {
        ["settings"] = new JsonObject
        {
            ["index"] = new JsonObject
            {
                ["number_of_shards"] = 1,
                ["auto_expand_replicas"] = "0-1",
                ["hidden"] = true,
                ["translog"] = new JsonObject { ["durability"] = "request" },
            },
        },
        ["mappings"] = Mappings(),
        ["aliases"] = new JsonObject { [Name] = new JsonObject { ["is_hidden"] = true } },
    };

    private static JsonObject Mappings() => new()
    {
        ["_meta"] = new JsonObject { [Meta] = new JsonObject { ["schema"] = Schema } },
        ["dynamic"] = "strict",
        ["properties"] = new JsonObject
        {
            ["kind"] = new JsonObject { ["type"] = "keyword" },
            ["id"] = new JsonObject { ["type"] = "keyword" },
            ["schema"] = Kept("integer"),
            ["save"] = Kept("keyword"),
            ["name"] = Kept("keyword"),
            ["owner"] = Kept("keyword"),
            ["access"] = Kept("keyword"),
            ["content"] = Kept("keyword"),
            ["created_at"] = Kept("keyword"),
            ["updated_at"] = Kept("keyword"),
            ["updated_by"] = Kept("keyword"),
        },
    };

    /// <summary>Kept in the document, not searched.</summary>
    private static JsonObject Kept(string type) => new() { ["type"] = type, ["index"] = false, ["doc_values"] = false };

    private static byte[] Bytes(JsonObject body) => Encoding.UTF8.GetBytes(body.ToJsonString());
}
