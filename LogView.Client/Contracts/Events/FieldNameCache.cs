using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;

namespace LogView.Client.Contracts.Events;

/// <summary>Shares the strings of field names between events: logs repeat a few hundred names millions of times.</summary>
internal static class FieldNameCache
{
    /// <summary>Names kept. Past it names are made anew: hostile input with endless names must not grow memory.</summary>
    private const int MaxNames = 65_536;

    /// <summary>Longest name kept, in bytes.</summary>
    private const int MaxNameBytes = 128;

    private static readonly ConcurrentDictionary<string, string> Names = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        Names.GetAlternateLookup<ReadOnlySpan<char>>();

    public static string Get(ref Utf8JsonReader reader)
    {
        ReadOnlySpan<byte> utf8 = reader.ValueSpan;
        if (reader.ValueIsEscaped || utf8.Length > MaxNameBytes)
        {
            return JsonText.Read(ref reader);
        }

        Span<char> chars = stackalloc char[MaxNameBytes];
        return Intern(chars[..Encoding.UTF8.GetChars(utf8, chars)]);
    }

    public static string Join(string parent, string key)
    {
        int length = parent.Length + 1 + key.Length;
        if (length > MaxNameBytes)
        {
            return $"{parent}.{key}";
        }

        Span<char> chars = stackalloc char[length];
        parent.CopyTo(chars);
        chars[parent.Length] = '.';
        key.CopyTo(chars[(parent.Length + 1)..]);
        return Intern(chars);
    }

    private static string Intern(ReadOnlySpan<char> name)
    {
        if (Lookup.TryGetValue(name, out string? known))
        {
            return known;
        }

        string made = name.ToString();
        return Names.Count < MaxNames ? Names.GetOrAdd(made, made) : made;
    }
}
