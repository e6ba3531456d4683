using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace LogView.Server.Accounts.Keys;

/// <summary>Secrets are 256 random bits, so a plain SHA-256 of them cannot be searched: no slow hash is needed, every request can afford this one.</summary>
public static class KeySecret
{
    private const int Bytes = 32;

    /// <summary>Says what it is when found in a log or a repository.</summary>
    private const string Prefix = "lv_";

    /// <summary>A new key to show once.</summary>
    public static string New() => Prefix + NewToken();

    /// <summary>A new token for a link.</summary>
    public static string NewToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>What is stored instead of the secret.</summary>
    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
