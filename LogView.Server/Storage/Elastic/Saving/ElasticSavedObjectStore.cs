using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LogView.Client.Contracts.Saved;
using LogView.Server.Saved;
using LogView.Server.Storage.Elastic.Client;
using LogView.Server.Storage.Elastic.Reading;

namespace LogView.Server.Storage.Elastic.Saving;

/// <summary>
/// Saved objects in an index of the cluster, shared by all LogViews with the same prefix. A version is the sequence number and primary term of the write,
/// which the cluster compares as it writes. Every write is searchable when it is answered, so lists need no refresh.
/// </summary>
internal sealed class ElasticSavedObjectStore(ElasticClient client, string prefix) : ISavedObjectStore
{
    /// <summary>Objects in one answer: 25 MB when each is as long as it may be.</summary>
    private const int PageSize = 100;

    private readonly SavedIndex _index = new(client, prefix);

    public Task<IReadOnlyList<SavedObject>> ListAsync(string kind, CancellationToken cancellationToken) => GuardAsync<IReadOnlyList<SavedObject>>(async () =>
    {
        List<SavedObject> found = [];
        int given = await _index.IsThereAsync(cancellationToken) ? PageSize : 0;
        while (given == PageSize && found.Count < SavedLimits.MaxOf(kind))
        {
            JsonObject body = Body(kind);
            body["size"] = Math.Min(PageSize, SavedLimits.MaxOf(kind) - found.Count);
            body["sort"] = new JsonArray(Dsl.Named("id", "asc"));
            body["seq_no_primary_term"] = true;
            if (found.Count > 0)
            {
                body["search_after"] = new JsonArray(found[^1].Id);
            }

            using ElasticAnswer answer = await SearchAsync(body, cancellationToken);
            JsonElement hits = answer.Root.GetProperty("hits").GetProperty("hits");
            found.AddRange(hits.EnumerateArray().Select(h => SavedDocument.Read(h).Saved));
            given = hits.GetArrayLength();
        }

        return found;
    });

    public Task<long> CountAsync(string kind, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        if (!await _index.IsThereAsync(cancellationToken))
        {
            return 0;
        }

        JsonObject body = Body(kind);
        (body["size"], body["track_total_hits"]) = (0, true);
        using ElasticAnswer answer = await SearchAsync(body, cancellationToken);
        return answer.Root.GetProperty("hits").GetProperty("total").GetProperty("value").GetInt64();
    });

    public Task<SavedObject?> FindAsync(string kind, string id, CancellationToken cancellationToken) => GuardAsync(async () =>
        await _index.IsThereAsync(cancellationToken) ? (await ReadAsync(kind, id, cancellationToken))?.Saved : null);

    public Task<SavedObject?> InsertAsync(SavedObject saved, CancellationToken cancellationToken) =>
        GuardAsync(() => WriteAsync(saved, "op_type=create", cancellationToken));

    public Task<SavedObject?> ReplaceAsync(SavedObject saved, CancellationToken cancellationToken) =>
        GuardAsync(async () => SavedVersion.Parse(saved.Version) is { } version ? await WriteAsync(saved, version.AsCondition, cancellationToken) : null);

    public Task<bool> DeleteAsync(string kind, string id, string version, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        if (SavedVersion.Parse(version) is not { } expected || !await _index.IsThereAsync(cancellationToken))
        {
            return false;
        }

        try
        {
            using ElasticAnswer answer = await client.SendAsync(ElasticCall.Delete($"{PathOf(kind, id)}?{expected.AsCondition}&refresh=true"), cancellationToken);
            return !answer.IsMissing;
        }
        catch (ElasticException e) when (e.Status == HttpStatusCode.Conflict)
        {
            return false;
        }
    });

    /// <summary>Null when the condition does not hold. Sent again when no answer came, after which the document itself tells whose write it is of.</summary>
    private async Task<SavedObject?> WriteAsync(SavedObject saved, string condition, CancellationToken cancellationToken)
    {
        SavedDocument document = SavedDocument.Of(saved);
        try
        {
            return saved with { Version = (await PutAsync(document, condition, cancellationToken)).ToString() };
        }
        catch (ElasticException e) when (e.Status == HttpStatusCode.Conflict)
        {
            return await ReadAsync(saved.Kind, saved.Id, cancellationToken) is { } there && there.Save.Equals(document.Save, StringComparison.Ordinal) ? there.Saved : null;
        }
    }

    private async Task<SavedVersion> PutAsync(SavedDocument document, string condition, CancellationToken cancellationToken)
    {
        ElasticCall call = ElasticCall.Put($"{PathOf(document.Kind, document.Id)}?{condition}&require_alias=true&refresh=true", document.ToJson());
        await _index.EnsureAsync(cancellationToken);
        try
        {
            using ElasticAnswer answer = await client.SendAsync(call, cancellationToken);
            return SavedVersion.Of(answer.Root);
        }
        catch (ElasticException e) when (e.Failure == ElasticFailure.NotFound)
        {
            _index.Forget();
        }

        await _index.EnsureAsync(cancellationToken);
        using ElasticAnswer again = await client.SendAsync(call, cancellationToken);
        return SavedVersion.Of(again.Root);
    }

    private async Task<(SavedObject Saved, string Save)?> ReadAsync(string kind, string id, CancellationToken cancellationToken)
    {
        using ElasticAnswer answer = await client.SendAsync(ElasticCall.Get(PathOf(kind, id)) with { MayBeMissing = true }, cancellationToken);
        return answer.IsMissing ? null : SavedDocument.Read(answer.Root);
    }

    /// <summary>Of all shards or none: a list with a part missing would be taken for the whole.</summary>
    private Task<ElasticAnswer> SearchAsync(JsonObject body, CancellationToken cancellationToken) => client.SendAsync(
        ElasticCall.Post($"/{_index.Name}/_search?ignore_unavailable=true&allow_partial_search_results=false", Encoding.UTF8.GetBytes(body.ToJsonString())), cancellationToken);

    private static JsonObject Body(string kind) => new() { ["query"] = Dsl.Term("kind", kind) };

    private string PathOf(string kind, string id) => $"/{_index.Name}/_doc/{Uri.EscapeDataString($"{kind}-{id}")}";

    private static async Task<T> GuardAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (ElasticException e)
        {
            throw new SavedStoreException(Sentence(e), e);
        }
    }

    private static string Sentence(ElasticException e) => "What is saved is kept on the cluster. " + e.Failure switch
    {
        ElasticFailure.Blocked => "It takes no writes: its disk is nearly full or the index is read-only; free space or remove the block, then save again",
        ElasticFailure.Busy when e.Status is not null => $"It is too busy or not ready ({(int)e.Status}): try again; if it stays so, the cluster needs more room",
        _ => e.Message,
    };
}
