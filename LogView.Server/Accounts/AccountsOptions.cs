namespace LogView.Server.Accounts;

public sealed record AccountsOptions
{
    /// <summary>A key with all rights that is not stored; null: none.</summary>
    public string? AdminKey { get; init; }

    /// <summary>Folder of the accounts database.</summary>
    public required string DataFolder { get; init; }
}
