using System.Text;

namespace LogView.Client.Language;

/// <summary>Patterns of <c>*</c> (any characters) and <c>?</c> (one), <c>\</c> before a literal one. Matching takes time in the product of the lengths at worst.</summary>
public static class WildcardPattern
{
    /// <summary>Appends one character so that it stands for itself.</summary>
    public static void AppendLiteral(StringBuilder pattern, char c)
    {
        if (c is '*' or '?' or '\\')
        {
            pattern.Append('\\');
        }

        pattern.Append(c);
    }

    public static string Escape(string literal)
    {
        var pattern = new StringBuilder(literal.Length);
        foreach (char c in literal)
        {
            AppendLiteral(pattern, c);
        }

        return pattern.ToString();
    }

    /// <summary>True when the whole value fits the pattern.</summary>
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> value)
    {
        int p = 0, v = 0, star = -1, resume = 0;
        while (v < value.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, resume) = (p++, v);
            }
            else if (p < pattern.Length && Fits(pattern, p, value[v], out int width))
            {
                bool pair = pattern[p] == '?' && char.IsHighSurrogate(value[v]) && v + 1 < value.Length && char.IsLowSurrogate(value[v + 1]);
                (p, v) = (p + width, v + (pair ? 2 : 1));
            }
            else if (star >= 0)
            {
                (p, v) = (star + 1, ++resume);
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].Trim('*').IsEmpty;
    }

    private static bool Fits(ReadOnlySpan<char> pattern, int at, char c, out int width)
    {
        width = 1;
        if (pattern[at] == '?')
        {
            return true;
        }

        if (pattern[at] == '\\' && at + 1 < pattern.Length)
        {
            width = 2;
            at++;
        }

        return pattern[at] == c;
    }
}
