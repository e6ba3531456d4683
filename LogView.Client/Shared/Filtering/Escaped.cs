using System.Text;

namespace LogView.Client.Shared.Filtering;

/// <summary>Texts inside texts: <c>\</c> makes the next character literal.</summary>
public static class Escaped
{
    /// <summary>Puts <c>\</c> before itself and before every character of <paramref name="also"/>.</summary>
    public static string Write(string text, string also)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            if (c == '\\' || also.Contains(c, StringComparison.Ordinal))
            {
                escaped.Append('\\');
            }

            escaped.Append(c);
        }

        return escaped.ToString();
    }

    public static string Read(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length)
            {
                i++;
            }

            plain.Append(text[i]);
        }

        return plain.ToString();
    }

    /// <summary>Splits at separators that are not escaped; the parts stay escaped.</summary>
    public static List<string> Split(string text, char separator, int most = int.MaxValue)
    {
        List<string> parts = [];
        int start = 0;
        for (int i = 0; i < text.Length && parts.Count + 1 < most; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == separator)
            {
                parts.Add(text[start..i]);
                start = i + 1;
            }
        }

        parts.Add(text[start..]);
        return parts;
    }
}
