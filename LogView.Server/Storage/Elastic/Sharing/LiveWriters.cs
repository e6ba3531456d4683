using System.Globalization;
using System.Text.Json.Nodes;
using LogView.Server.Storage.Elastic.Client;

namespace LogView.Server.Storage.Elastic.Sharing;

/// <summary>
/// Which LogViews write to the cluster just now. Each that writes counts on under its own name in one document; a name whose count another saw standing still for
/// <see cref="ExpiresAfter"/> by its own clock is that of a LogView which went away or has nothing to write. Safe for concurrent use, but for <see cref="AnnounceAsync"/>.
/// </summary>
/// <param name="documents">Shared by the LogViews.</param>
/// <param name="me">The writer of this LogView.</param>
/// <param name="timeout">How long one request may take.</param>
/// <param name="clock">Of this process alone.</param>
internal sealed class LiveWriters(SharedDocuments documents, string me, TimeSpan timeout, TimeProvider clock) : IDisposable
{
    /// <summary>A LogView that writes says so again after so long.</summary>
    public static readonly TimeSpan AnnouncesEvery = TimeSpan.FromSeconds(30);

    /// <summary>How long another that begins to write may go unnoticed; the same as for a new index.</summary>
    private static readonly TimeSpan LooksEvery = TimeSpan.FromSeconds(3);

    /// <summary>Names of data folders that are no more leave when somebody has seen them standing still for so long.</summary>
    private static readonly TimeSpan ForgetsAfter = TimeSpan.FromHours(1);

    /// <summary>What could not be said is said again with a write after so long.</summary>
    private static readonly TimeSpan RetriesAfter = TimeSpan.FromSeconds(5);

    /// <summary>Tries against LogViews that count on at the same moment.</summary>
    private const int MaxTries = 8;

    private const string Document = "writers";

    private readonly SemaphoreSlim _looking = new(1);
    private readonly Dictionary<string, (string Beat, long SeenAt)> _others = new(StringComparer.Ordinal);
    private long? _lookedAt;
    private long? _announcedAt;
    private long? _triedAt;

    /// <summary>The last announcement failed.</summary>
    public bool IsOwed { get; private set; }

    /// <summary>One announcement may be missed; and the requests of a batch end so much later.</summary>
    public TimeSpan ExpiresAfter => 2 * AnnouncesEvery + 2 * timeout;

    /// <summary>
    /// True when another LogView writes, or may write. May be some seconds old; what came before it was noticed is found by the numbers of the shards' writes.
    /// Throws <see cref="ElasticException"/>.
    /// </summary>
    public async Task<bool> HasOthersAsync(CancellationToken cancellationToken)
    {
        await _looking.WaitAsync(cancellationToken);
        try
        {
            if (_lookedAt is not { } at || clock.GetElapsedTime(at) > LooksEvery)
            {
                See((await documents.ReadAsync(Document, cancellationToken))?.Body);
                _lookedAt = clock.GetTimestamp();
            }

            return _others.Values.Any(o => clock.GetElapsedTime(o.SeenAt) < ExpiresAfter);
        }
        catch (ElasticException e) when (e.Failure == ElasticFailure.Refused)
        {
            // Who may not look has to follow whoever may be there.
            return true;
        }
        finally
        {
            _looking.Release();
        }
    }

    /// <summary>Says that this LogView writes, unless it has just done so. One call at a time. Throws <see cref="ElasticException"/>.</summary>
    public async Task AnnounceAsync(CancellationToken cancellationToken)
    {
        if (IsWithin(_announcedAt, AnnouncesEvery) || IsWithin(_triedAt, RetriesAfter))
        {
            return;
        }

        (_triedAt, IsOwed) = (clock.GetTimestamp(), true);
        for (int tries = 0; tries < MaxTries; tries++)
        {
            (JsonObject Body, DocumentVersion Version)? known = await documents.ReadAsync(Document, cancellationToken);
            JsonObject all = known?.Body ?? [];
            await ForgetAsync(all, cancellationToken);
            all[me] = new JsonObject { ["beat"] = Guid.NewGuid().ToString("N"), ["at"] = clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture) };
            if (await documents.WriteAsync(Document, all, known?.Version, cancellationToken))
            {
                (_announcedAt, IsOwed) = (clock.GetTimestamp(), false);
                return;
            }
        }
    }

    public void Dispose() => _looking.Dispose();

    private bool IsWithin(long? at, TimeSpan time) => at is { } since && clock.GetElapsedTime(since) < time;

    private async Task ForgetAsync(JsonObject all, CancellationToken cancellationToken)
    {
        await _looking.WaitAsync(cancellationToken);
        try
        {
            See(all);
            foreach (string gone in _others.Where(o => clock.GetElapsedTime(o.Value.SeenAt) > ForgetsAfter).Select(o => o.Key).ToList())
            {
                all.Remove(gone);
                _others.Remove(gone);
            }
        }
        finally
        {
            _looking.Release();
        }
    }

    private void See(JsonObject? all)
    {
        foreach (string gone in _others.Keys.Where(o => all?.ContainsKey(o) is not true).ToList())
        {
            _others.Remove(gone);
        }

        foreach ((string writer, JsonNode? said) in all ?? [])
        {
            string beat = (string?)said?["beat"] ?? "";
            if (!writer.Equals(me, StringComparison.Ordinal) && !(_others.TryGetValue(writer, out var known) && known.Beat.Equals(beat, StringComparison.Ordinal)))
            {
                _others[writer] = (beat, clock.GetTimestamp());
            }
        }
    }
}
