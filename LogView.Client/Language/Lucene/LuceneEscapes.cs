using System.Globalization;
using System.Text;

namespace LogView.Client.Language.Lucene;

internal static class LuceneEscapes
{
    private const string Special = "\\+-!():^[]\"{}~*?|&/";

    /// <summary>Escapes all that Lucene's syntax gives a meaning: <c>QueryParserBase.escape</c>.</summary>
    public static string Add(string value)
    {
        var escaped = new StringBuilder(value.Length);
        foreach (char c in value)
        {
            escaped.Append(Special.Contains(c, StringComparison.Ordinal) ? "\\" : "").Append(c);
        }

        return escaped.ToString();
    }

    /// <summary><c>\x</c> is x, <c>\u0041</c> is A.</summary>
    public static string Remove(string image)
    {
        if (!image.Contains('\\', StringComparison.Ordinal))
        {
            return image;
        }

        var text = new StringBuilder(image.Length);
        for (int i = 0; i < image.Length; i++)
        {
            text.Append(Unescape(image, ref i));
        }

        return text.ToString();
    }

    /// <summary>A pattern as <see cref="WildcardPattern"/> has it: only <c>*</c>, <c>?</c> and <c>\</c> keep their backslash.</summary>
    public static string ToPattern(string image)
    {
        var pattern = new StringBuilder(image.Length);
        for (int i = 0; i < image.Length; i++)
        {
            if (image[i] is '*' or '?')
            {
                pattern.Append(image[i]);
            }
            else
            {
                WildcardPattern.AppendLiteral(pattern, Unescape(image, ref i));
            }
        }

        return pattern.ToString();
    }

    /// <summary>What was expected where an invalid token starts.</summary>
    public static string ExpectedFor(string image) => image switch
    {
        "\"" => "a closing '\"'",
        "/" => "a closing '/'",
        "\\" => "a character after '\\'",
        _ => "a word, a field or '('",
    };

    private static char Unescape(string image, ref int at)
    {
        if (image[at] != '\\' || at + 1 >= image.Length)
        {
            return image[at];
        }

        char c = image[++at];
        if (c == 'u' && at + 4 < image.Length
            && ushort.TryParse(image.AsSpan(at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort unit))
        {
            at += 4;
            return (char)unit;
        }

        return c;
    }
}
