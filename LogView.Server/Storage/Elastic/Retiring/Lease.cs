using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using LogView.Server.Storage.Elastic.Client;

namespace LogView.Server.Storage.Elastic.Retiring;

/// <summary>
/// Which of the LogViews on a cluster rolls over and retires: the one whose name is in a document that each changes only as it knows it
/// (<c>if_seq_no</c>). Clocks are not compared: somebody else takes it when it saw the document unchanged for longer than a holder acts behind a
/// renewal. One call at a time.
/// </summary>
/// <param name="client">The cluster.</param>
/// <param name="prefix">Of the indices; LogViews with the same one share the document.</param>
/// <param name="timeout">How long one request may take; an action that was sent in time may end so much later.</param>
/// <param name="clock">Of this process alone.</param>
internal sealed class Lease(ElasticClient client, string prefix, TimeSpan timeout, TimeProvider clock)
{
    /// <summary>How long the holder may send actions behind a renewal.</summary>
    public static readonly TimeSpan ActsFor = TimeSpan.FromSeconds(60);

    private readonly string _me = Guid.NewGuid().ToString("N");
    private (Version Version, long SeenAt)? _other;
    private long? _renewedAt;

    /// <summary>The index: <c>.logview-lease</c>, with a prefix <c>.logview-PREFIXlease</c>.</summary>
    public string Index { get; } = $".logview-{prefix}lease";

    /// <summary>Unchanged for so long, the document belongs to nobody. Two requests: one that renews, one that acts.</summary>
    public TimeSpan ExpiresAfter => ActsFor + 2 * timeout;

    /// <summary>True: no other LogView acts for as long as this says so.</summary>
    public bool IsHeld => _renewedAt is { } at && clock.GetElapsedTime(at) < ActsFor;

    private string Document => $"/{Index}/_doc/upkeep";

    /// <summary>Takes or renews it. False: another LogView has it. Throws <see cref="ElasticException"/>; then it is not held.</summary>
    public async Task<bool> HoldAsync(CancellationToken cancellationToken)
    {
        _renewedAt = null;
        long askedAt = clock.GetTimestamp();
        bool isMine = await ReadAsync(cancellationToken) switch
        {
            null => await CreateAsync(cancellationToken),
            var (holder, version) when string.Equals(holder, _me, StringComparison.Ordinal) || IsExpired(version) => await WriteAsync($"{Document}?if_seq_no={version.SeqNo}&if_primary_term={version.Term}", cancellationToken),
            _ => false,
        };
        _renewedAt = isMine ? askedAt : null;
        return isMine;
    }

    private bool IsExpired(Version version)
    {
        if (_other is not { } seen || seen.Version != version)
        {
            _other = (version, clock.GetTimestamp());
            return false;
        }

        return clock.GetElapsedTime(seen.SeenAt) >= ExpiresAfter;
    }

    private async Task<(string? Holder, Version Version)?> ReadAsync(CancellationToken cancellationToken)
    {
        using ElasticAnswer answer = await client.SendAsync(ElasticCall.Get(Document) with { MayBeMissing = true }, cancellationToken);
        return answer.IsMissing
            ? null
            : (answer.Root.GetProperty("_source").GetProperty("holder").GetString(),
                new Version(answer.Root.GetProperty("_seq_no").GetInt64(), answer.Root.GetProperty("_primary_term").GetInt64()));
    }

    private async Task<bool> CreateAsync(CancellationToken cancellationToken)
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

        return await WriteAsync($"{Document}?op_type=create", cancellationToken);
    }

    /// <summary>Not sent again by itself: the first send may have arrived, and then the second would be told that somebody else was faster.</summary>
    private async Task<bool> WriteAsync(string path, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["holder"] = _me, ["at"] = clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture) };
        try
        {
            using ElasticAnswer answer = await client.SendAsync(
                ElasticCall.Put(path, Encoding.UTF8.GetBytes(body.ToJsonString())) with { IsRepeatable = false }, cancellationToken);
            return true;
        }
        catch (ElasticException e) when (e.Status == HttpStatusCode.Conflict)
        {
            return false;
        }
    }

    private readonly record struct Version(long SeqNo, long Term);
}
