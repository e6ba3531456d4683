using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Security.Claims;
using LogView.Client.Contracts.Accounts;

namespace LogView.Server.Accounts.Keys;

/// <summary>The keys that open LogView now, in memory: every request with a key asks here. Safe for concurrent use.</summary>
public sealed class KeyRing
{
    private static readonly Viewer Provisioner = new("admin key", Rights.Admin, ["*"]);

    private readonly KeyStore _store;
    private readonly TimeProvider _time;
    private readonly string? _adminHash;
    private readonly ConcurrentDictionary<string, DateTimeOffset> _lastUsed = new(StringComparer.Ordinal);
    private volatile FrozenDictionary<string, StoredKey> _keys = FrozenDictionary<string, StoredKey>.Empty;
    private volatile bool _isIngestKeyMade;

    public KeyRing(AccountsOptions options, KeyStore store, TimeProvider time)
    {
        (_store, _time) = (store, time);
        _adminHash = options.AdminKey is null ? null : KeySecret.Hash(options.AdminKey);
        Reload();
    }

    /// <summary>Told when keys were made or revoked, after it can be seen, on the thread that did it.</summary>
    internal Action Changed { get; set; } = () => { };

    /// <summary>Once true, programs on this machine need a key too. Stays true when the keys are revoked: open again would surprise.</summary>
    public bool IsIngestKeyMade => _isIngestKeyMade;

    public IReadOnlyCollection<StoredKey> Active => _keys.Values;

    /// <summary>Whose key it is; null: nobody's. Compares hashes, so timing tells nothing about a secret.</summary>
    public KeyHolder? Find(string secret)
    {
        string hash = KeySecret.Hash(secret);
        if (string.Equals(hash, _adminHash, StringComparison.Ordinal))
        {
            return new KeyHolder(KeyHolder.AdminKeyId, Provisioner);
        }

        if (!_keys.TryGetValue(hash, out StoredKey? key))
        {
            return null;
        }

        _lastUsed[key.Id] = _time.GetUtcNow();
        return new KeyHolder(key.Id, key.ToViewer());
    }

    /// <summary>True while sessions that began with the key may go on.</summary>
    public bool IsActive(string id) => id is KeyHolder.AdminKeyId ? _adminHash is not null : _keys.Values.Any(k => string.Equals(k.Id, id, StringComparison.Ordinal));

    public DateTimeOffset? LastUsed(string id) => _lastUsed.TryGetValue(id, out DateTimeOffset at) ? at : null;

    /// <summary>Takes in what changed in the store.</summary>
    public void Reload()
    {
        _keys = _store.ReadActive().ToFrozenDictionary(k => k.Hash, StringComparer.Ordinal);
        _isIngestKeyMade = _store.WasEverMade("ingest");
        Changed();
    }
}

/// <param name="KeyId">Id of the key, for sessions that began with it.</param>
/// <param name="Viewer">Who came with it.</param>
public sealed record KeyHolder(string KeyId, Viewer Viewer)
{
    public const string AdminKeyId = "admin";

    /// <summary>Of the key's id, in the principal of requests and sessions that came with it.</summary>
    public const string ClaimType = "logview:key";

    public ClaimsPrincipal ToPrincipal(string scheme)
    {
        ClaimsPrincipal principal = ViewerClaims.ToPrincipal(Viewer, scheme);
        principal.AddIdentity(new ClaimsIdentity([new Claim(ClaimType, KeyId)]));
        return principal;
    }
}
