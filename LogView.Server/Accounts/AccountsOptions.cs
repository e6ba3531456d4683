namespace LogView.Server.Accounts;

public sealed record AccountsOptions
{
    /// <summary>A key with all rights that is not stored; null: none.</summary>
    public string? AdminKey { get; init; }

    /// <summary>Without the key.</summary>
    public override string ToString() => $"{nameof(AccountsOptions)} in {DataFolder}";

    /// <summary>Folder of the accounts database.</summary>
    public required string DataFolder { get; init; }
}
