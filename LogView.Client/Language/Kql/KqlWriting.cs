using System.Globalization;
using System.Text;
using LogView.Client.Contracts.Query;

namespace LogView.Client.Language.Kql;

/// <summary>Escapes names and values so that the parser reads them back as they are.</summary>
internal static class KqlWriting
{
    private const string Special = "\\():<>\"*?{}";

    public static bool IsKeyword(string word) =>
        word.Equals("and", StringComparison.OrdinalIgnoreCase) || word.Equals("or", StringComparison.OrdinalIgnoreCase)
        || word.Equals("not", StringComparison.OrdinalIgnoreCase);

    public static string FieldName(FieldTarget field)
    {
        if (field.Name is not { Length: > 0 } name)
        {
            return "\"\"";
        }

        return field.IsPattern ? Words(name, isPattern: true, spaceAllowed: false)
            : name.Any(KqlReader.IsSpace) ? Quoted(name)
            : Words(name, isPattern: false, spaceAllowed: false, isField: true);
    }

    public static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"", text.Length + 2);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                _ when NeedsUnicodeEscape(text, i) => Unicode(c),
                _ => c.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }

    public static string Term(TermNode term)
    {
        string text = Words(term.Text, isPattern: false, spaceAllowed: !term.Field.IsDefault || term.IgnoreCase);
        bool looksFuzzy = text.Length > 2 && text[^2] == '~' && text[^1] is '1' or '2';
        return looksFuzzy ? $"{text[..^2]}\\{text[^2..]}" : text;
    }

    public static string Wildcard(WildcardNode wildcard) =>
        Words(wildcard.Pattern, isPattern: true, spaceAllowed: !wildcard.Field.IsDefault || wildcard.IgnoreCase);

    public static string Fuzzy(FuzzyNode fuzzy) =>
        string.Create(CultureInfo.InvariantCulture, $"{Words(fuzzy.Text, isPattern: false, spaceAllowed: false)}~{fuzzy.MaxEdits}");

    public static string Regex(RegexNode regex)
    {
        var text = new StringBuilder("/");
        for (int i = 0; i < regex.Pattern.Length; i++)
        {
            char c = regex.Pattern[i];
            text.Append(c == '/' ? "\\/" : c.ToString());
            if (c == '\\' && i + 1 < regex.Pattern.Length)
            {
                text.Append(regex.Pattern[++i]);
            }
        }

        return text.Append(regex.IgnoreCase ? "/i" : "/").ToString();
    }

    public static string Bound(string text) =>
        text.Length > 0 && text is not "TO" && !IsKeyword(text) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '+' or '|' or '/') ? text : Quoted(text);

    /// <summary>An unquoted literal. A pattern's wildcards stay; its escapes are one character with the backslash.</summary>
    private static string Words(string text, bool isPattern, bool spaceAllowed, bool isField = false)
    {
        if (text.Length == 0)
        {
            // The grammar trims what an escape gave, so this is how an unquoted empty text is written.
            return "\\n";
        }

        var words = new StringBuilder(text.Length + 4);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            bool atWordStart = i == 0 || KqlReader.IsSpace(text[i - 1]);
            if (isPattern && c == '\\' && i + 1 < text.Length)
            {
                words.Append('\\').Append(text[++i]);
            }
            else if (isPattern && c is '*' or '?')
            {
                words.Append(c);
            }
            else if (atWordStart && KeywordLength(text, i) is var keyword and > 0)
            {
                words.Append(c is 'n' or 'N' ? Unicode(c) : $"\\{c}").Append(text.AsSpan(i + 1, keyword - 1));
                i += keyword - 1;
            }
            else if (KqlReader.IsSpace(c))
            {
                words.Append(Space(c, spaceAllowed && i > 0 && i < text.Length - 1));
            }
            else
            {
                bool escape = Special.Contains(c, StringComparison.Ordinal) && !(isField && c == '?');
                bool symbol = i == 0 && char.IsAscii(c) && (char.IsPunctuation(c) || char.IsSymbol(c)) && c is not ('-' or '@' or '_' or '.' or '#' or '%');
                bool smartQuote = i == 0 && KqlSymbols.SmartQuotes.Contains(c, StringComparison.Ordinal);
                words.Append(smartQuote || NeedsUnicodeEscape(text, i) ? Unicode(c) : escape || symbol ? $"\\{c}" : c.ToString());
            }
        }

        return words.ToString();
    }

    private static int KeywordLength(string text, int at)
    {
        int end = at;
        while (end < text.Length && char.IsAsciiLetter(text[end]))
        {
            end++;
        }

        return (end == text.Length || KqlReader.IsSpace(text[end])) && IsKeyword(text[at..end]) ? end - at : 0;
    }

    private static string Space(char c, bool allowed) => c switch
    {
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        ' ' when allowed => " ",
        _ => Unicode(c),
    };

    /// <summary>Control characters and halves of surrogate pairs do not travel well as text.</summary>
    private static bool NeedsUnicodeEscape(string text, int at)
    {
        char c = text[at];
        bool pair = (char.IsHighSurrogate(c) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
            || (char.IsLowSurrogate(c) && at > 0 && char.IsHighSurrogate(text[at - 1]));
        return char.IsControl(c) || (char.IsSurrogate(c) && !pair);
    }

    private static string Unicode(char c) => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
}
