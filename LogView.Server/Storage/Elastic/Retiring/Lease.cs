using System.Globalization;
using System.Text.Json.Nodes;
using LogView.Server.Storage.Elastic.Client;
using LogView.Server.Storage.Elastic.Sharing;

namespace LogView.Server.Storage.Elastic.Retiring;

/// <summary>
/// Which of the LogViews on a cluster rolls over and retires: the one whose name is in a document that each changes only as it knows it
/// (<c>if_seq_no</c>). Clocks are not compared: somebody else takes it when it saw the document unchanged for longer than a holder acts behind a
/// renewal. One call at a time.
/// </summary>
/// <param name="documents">Shared by the LogViews.</param>
/// <param name="timeout">How long one request may take; an action that was sent in time may end so much later.</param>
/// <param name="clock">Of this process alone.</param>
internal sealed class Lease(SharedDocuments documents, TimeSpan timeout, TimeProvider clock)
{
    /// <summary>How long the holder may send actions behind a renewal.</summary>
    public static readonly TimeSpan ActsFor = TimeSpan.FromSeconds(60);

    private const string Document = "upkeep";

    private readonly string _me = Guid.NewGuid().ToString("N");
    private (DocumentVersion Version, long SeenAt)? _other;
    private long? _renewedAt;

    /// <summary>Unchanged for so long, the document belongs to nobody. Two requests: one that renews, one that acts.</summary>
    public TimeSpan ExpiresAfter => ActsFor + 2 * timeout;

    /// <summary>True: no other LogView acts for as long as this says so.</summary>
    public bool IsHeld => _renewedAt is { } at && clock.GetElapsedTime(at) < ActsFor;

    /// <summary>Takes or renews it. False: another LogView has it. Throws <see cref="ElasticException"/>; then it is not held.</summary>
    public async Task<bool> HoldAsync(CancellationToken cancellationToken)
    {
        _renewedAt = null;
        long askedAt = clock.GetTimestamp();
        bool isMine = await documents.ReadAsync(Document, cancellationToken) switch
        {
            null => await WriteAsync(version: null, cancellationToken),
            var (body, version) when string.Equals((string?)body["holder"], _me, StringComparison.Ordinal) || IsExpired(version) => await WriteAsync(version, cancellationToken),
            _ => false,
        };
        _renewedAt = isMine ? askedAt : null;
        return isMine;
    }

    private bool IsExpired(DocumentVersion version)
    {
        if (_other is not { } seen || seen.Version != version)
        {
            _other = (version, clock.GetTimestamp());
            return false;
        }

        return clock.GetElapsedTime(seen.SeenAt) >= ExpiresAfter;
    }

    private Task<bool> WriteAsync(DocumentVersion? version, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["holder"] = _me, ["at"] = clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture) };
        return documents.WriteAsync(Document, body, version, cancellationToken);
    }
}
