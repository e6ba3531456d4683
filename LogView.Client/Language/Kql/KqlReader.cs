using System.Globalization;
using System.Text;
using LogView.Client.Contracts.Query;

namespace LogView.Client.Language.Kql;

/// <summary>
/// The characters of a query and where the parser stands. Reads what KQL's grammar calls literals, keywords and escapes; keeps the first
/// error. Source of the rules: Kibana's <c>grammar.peggy</c> of kbn-es-query.
/// </summary>
internal sealed class KqlReader(string text)
{
    /// <summary>Characters that end an unquoted word unless escaped.</summary>
    private const string Special = "\\():<>\"*{}";

    private static readonly string[] Keywords = ["or", "and", "not"];

    public string Text { get; } = text;

    public int Position { get; set; }

    public QueryError? Error { get; private set; }

    public bool AtEnd => Position >= Text.Length;

    /// <summary>The next character, or <c>\0</c> at the end.</summary>
    public char Current => Position < Text.Length ? Text[Position] : '\0';

    public static bool IsSpace(char c) => char.IsWhiteSpace(c);

    /// <summary>Keeps the error and answers null, so that a caller can return it.</summary>
    public QueryNode? Fail(int offset, string expected, int length = 1)
    {
        Error ??= QueryErrors.At(Text, offset, length, expected);
        return null;
    }

    public void SkipSpace()
    {
        while (!AtEnd && IsSpace(Current))
        {
            Position++;
        }
    }

    public bool TryRead(char c)
    {
        if (Current != c || AtEnd)
        {
            return false;
        }

        Position++;
        return true;
    }

    /// <summary>Offset of the first character at or after <paramref name="from"/> that is not white space.</summary>
    public int AfterSpace(int from)
    {
        while (from < Text.Length && IsSpace(Text[from]))
        {
            from++;
        }

        return from;
    }

    /// <summary><c>and</c> or <c>or</c> with white space on both sides, from the white space on. Advances past it.</summary>
    public bool TryReadConjunction(string keyword)
    {
        int end = ConjunctionEnd(keyword, Position);
        if (end < 0)
        {
            return false;
        }

        Position = end;
        return true;
    }

    public bool AtConjunction(int at) => ConjunctionEnd("and", at) >= 0 || ConjunctionEnd("or", at) >= 0;

    /// <summary>Offset after <c>and</c> or <c>or</c> and the white space around it; -1 when there is none.</summary>
    public int ConjunctionEnd(string keyword, int at)
    {
        int word = AfterSpace(at);
        int after = word + keyword.Length;
        return word > at && IsWord(keyword, word) && after < Text.Length && IsSpace(Text[after]) ? AfterSpace(after) : -1;
    }

    /// <summary><c>not</c> and white space. Advances past them.</summary>
    public bool TryReadNot()
    {
        if (!AtNot(Position))
        {
            return false;
        }

        Position = AfterSpace(Position + 3);
        return true;
    }

    public bool AtNot(int at) => IsWord("not", at) && at + 3 < Text.Length && IsSpace(Text[at + 3]);

    /// <summary>The length of a range operator at the offset, 0 when there is none.</summary>
    public int RangeOperatorLength(int at) =>
        at >= Text.Length || Text[at] is not ('<' or '>') ? 0
        : at + 1 < Text.Length && Text[at + 1] == '=' ? 2 : 1;

    /// <summary>What makes the literal before it a field name: <c>:</c> or a range operator, after optional white space.</summary>
    public bool AtFieldOperator(int at)
    {
        at = AfterSpace(at);
        return at < Text.Length && (Text[at] == ':' || RangeOperatorLength(at) > 0);
    }

    /// <summary>True when an odd number of backslashes stands before the offset.</summary>
    public bool IsEscaped(int at)
    {
        int backslash = at;
        while (backslash > 0 && Text[backslash - 1] == '\\')
        {
            backslash--;
        }

        return (at - backslash) % 2 == 1;
    }

    /// <summary>One unquoted word, up to white space or a special character. Null when there is none; nothing is consumed then.</summary>
    public KqlLiteral? ReadWord()
    {
        var word = new LiteralBuilder(Position);
        ReadWordInto(word);
        return word.IsEmpty ? null : word.ToLiteral(Position, isQuoted: false);
    }

    /// <summary>
    /// KQL's unquoted literal: words with the white space between them, up to a special character or a keyword. A word that is the
    /// field of a next clause (<c>a: b c: d</c>) stays for it when <paramref name="stopAtField"/>.
    /// </summary>
    public KqlLiteral? ReadWords(bool stopAtField)
    {
        var words = new LiteralBuilder(Position);
        ReadWordInto(words);
        while (!words.IsEmpty && !AtEnd && IsSpace(Current) && !AtConjunction(Position))
        {
            int gap = Position;
            SkipSpace();
            int next = Position;
            var word = new LiteralBuilder(next);
            if (AtNot(next))
            {
                Position = gap;
                break;
            }

            ReadWordInto(word);
            if (word.IsEmpty || (stopAtField && AtFieldOperator(Position)))
            {
                Position = gap;
                break;
            }

            words.Append(Text.AsSpan(gap, next - gap));
            words.Append(word);
        }

        return words.IsEmpty ? null : words.ToLiteral(Position, isQuoted: false);
    }

    /// <summary>A string in double quotes at the position. Null when it never closes or has none; nothing is consumed then.</summary>
    public KqlLiteral? ReadQuoted()
    {
        int start = Position;
        var literal = new LiteralBuilder(start);
        int at = start + 1;
        while (at < Text.Length && Text[at] != '"')
        {
            int escape = EscapeLength(at, quoted: true, out string value);
            if (escape > 0)
            {
                literal.AppendLiteral(value);
                at += escape;
            }
            else
            {
                literal.AppendLiteral(Text.AsSpan(at++, 1));
            }
        }

        if (at >= Text.Length)
        {
            return null;
        }

        Position = at + 1;
        return literal.ToLiteral(Position, isQuoted: true);
    }

    private void ReadWordInto(LiteralBuilder word)
    {
        while (!AtEnd)
        {
            char c = Current;
            int escape = c == '\\' ? EscapeLength(Position, quoted: false, out string value) : Invalid(out value);
            if (escape > 0)
            {
                word.AppendLiteral(value);
                Position += escape;
            }
            else if (c is '*' or '?')
            {
                word.AppendWildcard(c);
                Position++;
            }
            else if (IsSpace(c) || Special.Contains(c, StringComparison.Ordinal))
            {
                return;
            }
            else
            {
                word.AppendLiteral(Text.AsSpan(Position++, 1));
            }
        }
    }

    private static int Invalid(out string value)
    {
        value = "";
        return 0;
    }

    /// <summary>Characters of the escape at the offset and what it stands for; 0 when it is none.</summary>
    private int EscapeLength(int at, bool quoted, out string value)
    {
        value = "";
        if (Text[at] != '\\' || at + 1 >= Text.Length)
        {
            return 0;
        }

        char c = Text[at + 1];
        switch (c)
        {
            case 't' or 'r' or 'n':
                value = c switch { 't' => "\t", 'r' => "\r", _ => "\n" };
                return 2;
            case 'u' when UnicodeEscape(at + 2) is { } unit:
                value = unit.ToString();
                return 6;
            case '\\' or '"':
                value = c.ToString();
                return 2;
        }

        if (quoted)
        {
            return 0;
        }

        if (char.IsAsciiLetter(c))
        {
            string? keyword = Array.Find(Keywords, k => IsWord(k, at + 1));
            value = keyword is null ? "" : Text.Substring(at + 1, keyword.Length);
            return keyword is null ? 0 : 1 + keyword.Length;
        }

        value = c.ToString();
        return char.IsAscii(c) && (char.IsPunctuation(c) || char.IsSymbol(c)) ? 2 : 0;
    }

    private char? UnicodeEscape(int at) =>
        at + 4 <= Text.Length && ushort.TryParse(Text.AsSpan(at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort unit)
            ? (char)unit
            : null;

    private bool IsWord(string keyword, int at) =>
        at + keyword.Length <= Text.Length && Text.AsSpan(at, keyword.Length).Equals(keyword, StringComparison.OrdinalIgnoreCase);

    private sealed class LiteralBuilder(int start)
    {
        /// <summary>What KQL trims when escapes leave it at the ends. Blanks that were asked for by \u0020 stay.</summary>
        private static readonly char[] Trimmed = ['\t', '\r', '\n'];

        private readonly StringBuilder _text = new();
        private readonly StringBuilder _pattern = new();
        private bool _star;
        private bool _question;
        private bool _any;

        public bool IsEmpty => !_any;

        public void AppendWildcard(char c)
        {
            _any = true;
            _star |= c == '*';
            _question |= c == '?';
            _text.Append(c);
            _pattern.Append(c);
        }

        public void AppendLiteral(ReadOnlySpan<char> value)
        {
            _any = true;
            _text.Append(value);
            foreach (char c in value)
            {
                WildcardPattern.AppendLiteral(_pattern, c);
            }
        }

        public void Append(ReadOnlySpan<char> space)
        {
            _text.Append(space);
            _pattern.Append(space);
        }

        public void Append(LiteralBuilder other)
        {
            _text.Append(other._text);
            _pattern.Append(other._pattern);
            _star |= other._star;
            _question |= other._question;
        }

        public KqlLiteral ToLiteral(int end, bool isQuoted) => isQuoted
            ? new(_text.ToString(), _pattern.ToString(), IsQuoted: true, HasStar: false, HasQuestionMark: false, start, end)
            : new(_text.ToString().Trim(Trimmed), _pattern.ToString().Trim(Trimmed), IsQuoted: false, _star, _question, start, end);
    }
}
