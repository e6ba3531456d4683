using System.Security.Cryptography;
using LogView.Client.Contracts.Accounts;

namespace LogView.Server.Accounts.Keys;

public sealed class KeyAdministration(KeyStore store, KeyRing ring, TimeProvider time) : IKeyAdministration
{
    private const int IdBytes = 8;

    /// <summary>Keys at once. All are in memory and listed on one page.</summary>
    private const int MaxKeys = 1_000;

    public Task<IReadOnlyList<ApiKeyInfo>> ListAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        Demand(viewer);
        IReadOnlyList<ApiKeyInfo> keys = [.. ring.Active.OrderByDescending(k => k.CreatedAt).ThenBy(k => k.Id, StringComparer.Ordinal).Select(ToInfo)];
        return Task.FromResult(keys);
    }

    public Task<NewKeyOutcome> CreateAsync(NewKey key, Viewer viewer, CancellationToken cancellationToken)
    {
        Demand(viewer);
        if (Problem(key) is { } problem)
        {
            return Task.FromResult(new NewKeyOutcome(null, null, problem));
        }

        string secret = KeySecret.New();
        StoredKey stored = new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes)), KeySecret.Hash(secret), key.Label.Trim(),
            [.. key.Scopes.Distinct(StringComparer.Ordinal)], [.. key.DataStreams.Select(p => p.Trim()).Distinct(StringComparer.Ordinal)], time.GetUtcNow());
        store.Add(stored);
        ring.Reload();
        return Task.FromResult(new NewKeyOutcome(ToInfo(stored), secret, null));
    }

    public Task<bool> RevokeAsync(string id, Viewer viewer, CancellationToken cancellationToken)
    {
        Demand(viewer);
        bool revoked = store.Revoke(id, time.GetUtcNow());
        ring.Reload();
        return Task.FromResult(revoked);
    }

    private string? Problem(NewKey key)
    {
        string? unknown = key.Scopes.FirstOrDefault(s => KeyScopes.ToRights(s) is null);
        return key switch
        {
            _ when string.IsNullOrWhiteSpace(key.Label) || key.Label.Length > NewKey.MaxLabelLength || key.Label.Any(char.IsControl) =>
                $"label: expected 1 to {NewKey.MaxLabelLength} characters that say what the key is for",
            { Scopes.Count: 0 } => $"scopes: expected at least one of {string.Join(", ", KeyScopes.Names)}",
            _ when unknown is not null => $"scopes: expected {string.Join(", ", KeyScopes.Names)}, found '{unknown}'",
            { DataStreams.Count: 0 or > NewKey.MaxDataStreams } => $"dataStreams: expected 1 to {NewKey.MaxDataStreams} patterns such as logs-shop-* (* is all)",
            _ when key.DataStreams.Any(p => string.IsNullOrWhiteSpace(p) || p.Any(char.IsControl)) => "dataStreams: expected patterns such as logs-shop-*, found an empty one",
            _ when ring.Active.Count >= MaxKeys => $"there are {MaxKeys} keys already: revoke some first",
            _ => null,
        };
    }

    private static void Demand(Viewer viewer)
    {
        if (!viewer.May(Rights.Manage))
        {
            throw new UnauthorizedAccessException("Managing keys needs the right to manage LogView (scope admin)");
        }
    }

    private ApiKeyInfo ToInfo(StoredKey key) => new(key.Id, key.Label, key.Scopes, key.DataStreams, key.CreatedAt, ring.LastUsed(key.Id));
}
