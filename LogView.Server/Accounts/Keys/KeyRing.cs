using LogView.Client.Contracts.Accounts;

namespace LogView.Server.Accounts.Keys;

/// <summary>The keys that open LogView now. Safe for concurrent use.</summary>
public sealed class KeyRing(AccountsOptions options)
{
    private static readonly Viewer Provisioner = new("admin key", Rights.Admin, ["*"]);

    private readonly string? _adminHash = options.AdminKey is null ? null : KeySecret.Hash(options.AdminKey);

    /// <summary>Once true, programs on this machine need a key too.</summary>
    public bool IsIngestKeyMade => false;

    /// <summary>Whose key it is; null: nobody's.</summary>
    public Viewer? Find(string secret) => string.Equals(KeySecret.Hash(secret), _adminHash, StringComparison.Ordinal) ? Provisioner : null;
}
