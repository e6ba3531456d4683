using LogView.Server.Platform;
using Microsoft.Data.Sqlite;

namespace LogView.Server.Accounts;

/// <summary>
/// The SQLite file of keys and sign-in links. Several processes may have it open: <c>logview sign-in-link</c> writes beside a running server.
/// Few rows, read at start and on change; requests do not touch it.
/// </summary>
public sealed class AccountsDatabase
{
    private const int SchemaVersion = 1;

    private const string Schema = """
        CREATE TABLE api_key (
            id TEXT PRIMARY KEY, hash TEXT NOT NULL UNIQUE, label TEXT NOT NULL, scopes TEXT NOT NULL, data_streams TEXT NOT NULL,
            created_at TEXT NOT NULL, revoked_at TEXT);
        CREATE TABLE sign_in_link (hash TEXT PRIMARY KEY, expires_at TEXT NOT NULL);
        CREATE TABLE note (name TEXT PRIMARY KEY, value TEXT NOT NULL);
        PRAGMA user_version = 1;
        """;

    private readonly SqliteFile _file;

    private AccountsDatabase(SqliteFile file) => _file = file;

    /// <summary>Opens the database of a data folder, or makes it.</summary>
    public static AccountsDatabase OpenOrCreate(string dataFolder) => new(SqliteFile.OpenOrCreate(PathIn(dataFolder), Schema, SchemaVersion));

    public static string PathIn(string dataFolder) => Path.Combine(dataFolder, FileNames.Accounts);

    public SqliteConnection Open() => _file.Open();
}
