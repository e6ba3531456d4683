using System.Security.Cryptography;
using System.Text;

namespace LogView.Server.Saved;

/// <summary>Ids of saved objects: Crockford's base 32 in lower case, so that they can be read out and typed.</summary>
public static class SavedIds
{
    /// <summary>50 bits: among a million objects two meet with a chance of one in two thousand, and then the writer tries another.</summary>
    public const int Length = 10;

    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    public static string New() => RandomNumberGenerator.GetString(Alphabet, Length);

    /// <summary>The id of a text, always the same.</summary>
    /// <param name="text">What the id stands for.</param>
    /// <param name="attempt">From 0; another number gives another id, for when one is taken.</param>
    public static string Of(string text, int attempt)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{attempt}\n{text}"));
        return string.Create(Length, hash, static (id, bytes) =>
        {
            for (int i = 0; i < id.Length; i++)
            {
                id[i] = Alphabet[bytes[i] % Alphabet.Length];
            }
        });
    }

    /// <summary>True for what can be an id: anything else is not looked for.</summary>
    public static bool IsValid(string id) => id.Length == Length && id.All(c => Alphabet.Contains(c, StringComparison.Ordinal));
}
