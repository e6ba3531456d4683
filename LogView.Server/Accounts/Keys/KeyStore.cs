using System.Globalization;
using Microsoft.Data.Sqlite;

namespace LogView.Server.Accounts.Keys;

/// <summary>Keys in the accounts database. Revoked ones stay as rows, so that "a key was made once" is not forgotten.</summary>
public sealed class KeyStore(AccountsDatabase database)
{
    private const char ListSeparator = '\n';

    public IReadOnlyList<StoredKey> ReadActive()
    {
        using SqliteConnection connection = database.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT id, hash, label, scopes, data_streams, created_at FROM api_key WHERE revoked_at IS NULL ORDER BY created_at DESC, id";
        using SqliteDataReader row = command.ExecuteReader();
        List<StoredKey> keys = [];
        while (row.Read())
        {
            keys.Add(new StoredKey(row.GetString(0), row.GetString(1), row.GetString(2), Split(row.GetString(3)), Split(row.GetString(4)),
                DateTimeOffset.Parse(row.GetString(5), CultureInfo.InvariantCulture)));
        }

        return keys;
    }

    /// <summary>True once a key with the scope was made, revoked or not.</summary>
    public bool WasEverMade(string scope)
    {
        using SqliteConnection connection = database.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT EXISTS (SELECT 1 FROM api_key WHERE char(10) || scopes || char(10) LIKE '%' || char(10) || $scope || char(10) || '%')";
        command.Parameters.AddWithValue("$scope", scope);
        return (long)command.ExecuteScalar()! == 1;
    }

    public void Add(StoredKey key)
    {
        using SqliteConnection connection = database.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "INSERT INTO api_key (id, hash, label, scopes, data_streams, created_at) VALUES ($id, $hash, $label, $scopes, $streams, $created)";
        command.Parameters.AddWithValue("$id", key.Id);
        command.Parameters.AddWithValue("$hash", key.Hash);
        command.Parameters.AddWithValue("$label", key.Label);
        command.Parameters.AddWithValue("$scopes", string.Join(ListSeparator, key.Scopes));
        command.Parameters.AddWithValue("$streams", string.Join(ListSeparator, key.DataStreams));
        command.Parameters.AddWithValue("$created", key.CreatedAt.ToString("O", CultureInfo.InvariantCulture));
        command.ExecuteNonQuery();
    }

    /// <summary>False when there is no such key.</summary>
    public bool Revoke(string id, DateTimeOffset now)
    {
        using SqliteConnection connection = database.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "UPDATE api_key SET revoked_at = $now WHERE id = $id AND revoked_at IS NULL";
        command.Parameters.AddWithValue("$id", id);
        command.Parameters.AddWithValue("$now", now.ToString("O", CultureInfo.InvariantCulture));
        return command.ExecuteNonQuery() == 1;
    }

    private static string[] Split(string text) => text.Split(ListSeparator, StringSplitOptions.RemoveEmptyEntries);
}
