using System.Globalization;
using LogView.Client.Contracts.Saved;
using LogView.Server.Platform;
using Microsoft.Data.Sqlite;

namespace LogView.Server.Saved;

/// <summary>Saved objects in a SQLite file of the data folder: the store of one machine. Versions count the saves of an object.</summary>
public sealed class SqliteSavedObjectStore : ISavedObjectStore
{
    private const int SchemaVersion = 1;

    private const string Schema = """
        CREATE TABLE saved_object (
            kind TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, owner TEXT NOT NULL, access TEXT NOT NULL, content TEXT NOT NULL,
            created_at TEXT NOT NULL, updated_at TEXT NOT NULL, updated_by TEXT NOT NULL, version INTEGER NOT NULL, PRIMARY KEY (kind, id)) WITHOUT ROWID;
        PRAGMA user_version = 1;
        """;

    private const string Select = "SELECT id, kind, name, owner, access, content, created_at, updated_at, updated_by, version FROM saved_object WHERE kind = $kind";

    private readonly SqliteFile _file;

    private SqliteSavedObjectStore(SqliteFile file) => _file = file;

    /// <summary>Opens the file of a data folder, or makes it.</summary>
    public static SqliteSavedObjectStore OpenOrCreate(string dataFolder) =>
        new(SqliteFile.OpenOrCreate(Path.Combine(dataFolder, FileNames.Saved), Schema, SchemaVersion));

    public Task<IReadOnlyList<SavedObject>> ListAsync(string kind, CancellationToken cancellationToken) => RunAsync<IReadOnlyList<SavedObject>>(command =>
    {
        command.CommandText = Select + " LIMIT $limit";
        command.Parameters.AddWithValue("$kind", kind);
        command.Parameters.AddWithValue("$limit", SavedLimits.MaxOf(kind));
        return ReadAll(command);
    });

    public Task<long> CountAsync(string kind, CancellationToken cancellationToken) => RunAsync(command =>
    {
        command.CommandText = "SELECT count(*) FROM saved_object WHERE kind = $kind";
        command.Parameters.AddWithValue("$kind", kind);
        return (long)command.ExecuteScalar()!;
    });

    public Task<SavedObject?> FindAsync(string kind, string id, CancellationToken cancellationToken) => RunAsync(command =>
    {
        command.CommandText = Select + " AND id = $id";
        command.Parameters.AddWithValue("$kind", kind);
        command.Parameters.AddWithValue("$id", id);
        return ReadAll(command).SingleOrDefault();
    });

    public Task<SavedObject?> InsertAsync(SavedObject saved, CancellationToken cancellationToken) => RunAsync(command =>
    {
        command.CommandText = """
            INSERT INTO saved_object (kind, id, name, owner, access, content, created_at, updated_at, updated_by, version)
            VALUES ($kind, $id, $name, $owner, $access, $content, $created, $updated, $by, 1) ON CONFLICT DO NOTHING
            """;
        AddValues(command, saved);
        command.Parameters.AddWithValue("$owner", saved.Owner);
        command.Parameters.AddWithValue("$created", Text(saved.CreatedAt));
        return command.ExecuteNonQuery() == 1 ? saved with { Version = "1" } : null;
    });

    public Task<SavedObject?> ReplaceAsync(SavedObject saved, CancellationToken cancellationToken) => RunAsync(command =>
    {
        if (Version(saved.Version) is not { } version)
        {
            return null;
        }

        command.CommandText = """
            UPDATE saved_object SET name = $name, access = $access, content = $content, updated_at = $updated, updated_by = $by, version = version + 1
            WHERE kind = $kind AND id = $id AND version = $version
            """;
        AddValues(command, saved);
        command.Parameters.AddWithValue("$version", version);
        return command.ExecuteNonQuery() == 1 ? saved with { Version = Text(version + 1) } : null;
    });

    public Task<bool> DeleteAsync(string kind, string id, string version, CancellationToken cancellationToken) => RunAsync(command =>
    {
        command.CommandText = "DELETE FROM saved_object WHERE kind = $kind AND id = $id AND version = $version";
        command.Parameters.AddWithValue("$kind", kind);
        command.Parameters.AddWithValue("$id", id);
        command.Parameters.AddWithValue("$version", Version(version) ?? -1);
        return command.ExecuteNonQuery() == 1;
    });

    private static void AddValues(SqliteCommand command, SavedObject saved)
    {
        command.Parameters.AddWithValue("$kind", saved.Kind);
        command.Parameters.AddWithValue("$id", saved.Id);
        command.Parameters.AddWithValue("$name", saved.Name);
        command.Parameters.AddWithValue("$access", saved.Access.ToString());
        command.Parameters.AddWithValue("$content", saved.Content);
        command.Parameters.AddWithValue("$updated", Text(saved.UpdatedAt));
        command.Parameters.AddWithValue("$by", saved.UpdatedBy);
    }

    private static List<SavedObject> ReadAll(SqliteCommand command)
    {
        List<SavedObject> found = [];
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
        {
            found.Add(new SavedObject(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), Enum.Parse<SavedAccess>(row.GetString(4)), row.GetString(5),
                Instant(row.GetString(6)), Instant(row.GetString(7)), row.GetString(8), Text(row.GetInt64(9))));
        }

        return found;
    }

    private static string Text(DateTimeOffset instant) => instant.ToString("O", CultureInfo.InvariantCulture);

    private static string Text(long version) => version.ToString(CultureInfo.InvariantCulture);

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static long? Version(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long version) ? version : null;

    /// <summary>SQLite waits for the disk: not on the thread of a page.</summary>
    private Task<T> RunAsync<T>(Func<SqliteCommand, T> work) => Task.Run(() =>
    {
        try
        {
            using SqliteConnection connection = _file.Open();
            using SqliteCommand command = connection.CreateCommand();
            return work(command);
        }
        catch (SqliteException e)
        {
            throw new SavedStoreException($"The file {FileNames.Saved} in the data folder cannot be used: {e.Message}", e);
        }
    });
}
