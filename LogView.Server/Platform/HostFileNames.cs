namespace LogView.Server.Platform;

/// <summary>Names below the data folder that belong to the host and to accounts.</summary>
public static class HostFileNames
{
    /// <summary>Held open by the one process that uses the folder.</summary>
    public const string Lock = "lock";

    /// <summary>Settings that are read when no other file is named.</summary>
    public const string Settings = "logview.json";

    /// <summary>Accounts: API keys and sign-in links (SQLite).</summary>
    public const string Accounts = "accounts.db";

    /// <summary>Folder of the keys that protect session cookies.</summary>
    public const string CookieKeys = "cookie-keys";
}
