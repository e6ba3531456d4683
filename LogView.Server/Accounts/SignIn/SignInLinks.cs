using System.Globalization;
using LogView.Server.Accounts.Keys;
using Microsoft.Data.Sqlite;

namespace LogView.Server.Accounts.SignIn;

/// <summary>One-time links that sign a browser in. Only hashes of their tokens are stored.</summary>
public sealed class SignInLinks(AccountsDatabase database, TimeProvider time)
{
    /// <summary>A link printed in the morning still works in the evening; one found in an old log does not.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private const string AddressNote = "address";

    /// <summary>A new token that works once until it expires.</summary>
    public string NewToken()
    {
        string token = KeySecret.NewToken();
        string now = Text(time.GetUtcNow());
        using SqliteConnection connection = database.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "DELETE FROM sign_in_link WHERE expires_at <= $now; INSERT INTO sign_in_link (hash, expires_at) VALUES ($hash, $expires)";
        command.Parameters.AddWithValue("$now", now);
        command.Parameters.AddWithValue("$hash", KeySecret.Hash(token));
        command.Parameters.AddWithValue("$expires", Text(time.GetUtcNow() + Lifetime));
        command.ExecuteNonQuery();
        return token;
    }

    /// <summary>True exactly once for a token that is still good.</summary>
    public bool TryUse(string token)
    {
        using SqliteConnection connection = database.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "DELETE FROM sign_in_link WHERE hash = $hash AND expires_at > $now";
        command.Parameters.AddWithValue("$hash", KeySecret.Hash(token));
        command.Parameters.AddWithValue("$now", Text(time.GetUtcNow()));
        return command.ExecuteNonQuery() == 1;
    }

    /// <summary>The address a browser on this machine opens, remembered for <c>logview sign-in-link</c>; null before the first start.</summary>
    public string? Address
    {
        get
        {
            using SqliteConnection connection = database.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "SELECT value FROM note WHERE name = $name";
            command.Parameters.AddWithValue("$name", AddressNote);
            return command.ExecuteScalar() as string;
        }

        set
        {
            using SqliteConnection connection = database.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "INSERT OR REPLACE INTO note (name, value) VALUES ($name, $value)";
            command.Parameters.AddWithValue("$name", AddressNote);
            command.Parameters.AddWithValue("$value", value);
            command.ExecuteNonQuery();
        }
    }

    /// <summary>The link for a token.</summary>
    public static string Link(string address, string token) => $"{address}{Client.Contracts.Accounts.SignInPaths.Page}?token={token}";

    private static string Text(DateTimeOffset at) => at.ToString("O", CultureInfo.InvariantCulture);
}
