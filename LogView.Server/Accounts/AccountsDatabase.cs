using LogView.Server.Platform;
using Microsoft.Data.Sqlite;

namespace LogView.Server.Accounts;

/// <summary>
/// The SQLite file of keys and sign-in links. Several processes may have it open: <c>logview sign-in-link</c> writes beside a running server.
/// Few rows, read at start and on change; requests do not touch it.
/// </summary>
public sealed class AccountsDatabase
{
    /// <summary>How long a write waits for the other process's write.</summary>
    private const int BusySeconds = 5;

    private const int SchemaVersion = 1;

    private const string Schema = """
        CREATE TABLE api_key (
            id TEXT PRIMARY KEY, hash TEXT NOT NULL UNIQUE, label TEXT NOT NULL, scopes TEXT NOT NULL, data_streams TEXT NOT NULL,
            created_at TEXT NOT NULL, revoked_at TEXT);
        CREATE TABLE sign_in_link (hash TEXT PRIMARY KEY, expires_at TEXT NOT NULL);
        CREATE TABLE note (name TEXT PRIMARY KEY, value TEXT NOT NULL);
        PRAGMA user_version = 1;
        """;

    private readonly string _connectionString;

    private AccountsDatabase(string path) =>
        _connectionString = new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = BusySeconds }.ToString();

    /// <summary>Opens the database of a data folder, or makes it.</summary>
    public static AccountsDatabase OpenOrCreate(string dataFolder)
    {
        AccountsDatabase database = new(PathIn(dataFolder));
        using SqliteConnection connection = database.Open();
        Execute(connection, "PRAGMA journal_mode = WAL");
        using SqliteTransaction transaction = connection.BeginTransaction();
        long version = Version(connection);
        if (version > SchemaVersion)
        {
            throw new InvalidDataException($"{PathIn(dataFolder)} was written by a newer LogView (accounts version {version}, this one knows {SchemaVersion})");
        }

        if (version == 0)
        {
            Execute(connection, Schema);
        }

        transaction.Commit();
        return database;
    }

    public static string PathIn(string dataFolder) => Path.Combine(dataFolder, FileNames.Accounts);

    public SqliteConnection Open()
    {
        SqliteConnection connection = new(_connectionString);
        connection.Open();
        return connection;
    }

    private static long Version(SqliteConnection connection)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        return (long)command.ExecuteScalar()!;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Only the constants of this class come here.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
