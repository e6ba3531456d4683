using Microsoft.Data.Sqlite;

namespace LogView.Server.Platform;

/// <summary>A SQLite file with a schema of one version. Several processes may have it open. Safe for concurrent use: a connection each.</summary>
public sealed class SqliteFile
{
    /// <summary>How long a write waits for another process's write.</summary>
    private const int BusySeconds = 5;

    private readonly string _connectionString;

    private SqliteFile(string path) =>
        _connectionString = new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = BusySeconds }.ToString();

    /// <summary>Opens the file, or makes it.</summary>
    /// <param name="path">Its folder exists.</param>
    /// <param name="schema">Statements that make the tables and end with <c>PRAGMA user_version</c>.</param>
    /// <param name="version">The version that <paramref name="schema"/> sets.</param>
    /// <exception cref="InvalidDataException">A newer LogView wrote it.</exception>
    public static SqliteFile OpenOrCreate(string path, string schema, long version)
    {
        SqliteFile file = new(path);
        using SqliteConnection connection = file.Open();
        Execute(connection, "PRAGMA journal_mode = WAL");
        using SqliteTransaction transaction = connection.BeginTransaction();
        long found = Version(connection);
        if (found > version)
        {
            throw new InvalidDataException($"{path} was written by a newer LogView (version {found}, this one knows {version})");
        }

        if (found == 0)
        {
            Execute(connection, schema);
        }

        transaction.Commit();
        return file;
    }

    public SqliteConnection Open()
    {
        SqliteConnection connection = new(_connectionString);
        connection.Open();
        Execute(connection, "PRAGMA synchronous = FULL");
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
#pragma warning disable CA2100 // Only constants of the program come here.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
