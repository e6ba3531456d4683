namespace LogView.Client.Language.Kql;

/// <summary>Words that other languages use as operators and that nobody searches for: an error with a fix instead of a query without hits.</summary>
internal static class KqlSymbols
{
    public const string SmartQuotes = "“”„‟«»";

    /// <summary>False and an error in the reader when the unquoted literal is such a word.</summary>
    public static bool Check(KqlReader reader, KqlLiteral literal)
    {
        // "=>" and "=<" are a word and an operator to the grammar.
        int end = literal.End < reader.Text.Length && reader.Text[literal.End] is '<' or '>' ? literal.End + 1 : literal.End;
        if (literal.IsQuoted || Expected(reader.Text.AsSpan(literal.Start, end - literal.Start)) is not { } expected)
        {
            return true;
        }

        int length = SmartQuotes.Contains(reader.Text[literal.Start], StringComparison.Ordinal) ? 1 : end - literal.Start;
        reader.Fail(literal.Start, expected, length);
        return false;
    }

    private static string? Expected(ReadOnlySpan<char> word) => word switch
    {
        "&&" or "&" => "'and'",
        "||" or "|" => "'or'",
        "=" or "==" => "':'",
        "=>" => "'>='",
        "=<" => "'<='",
        "!=" => "'not' before the field and ':'",
        _ => SmartQuotes.Contains(word[0], StringComparison.Ordinal) ? "a straight quote '\"'" : null,
    };
}
