namespace LogView.Client.Language.Lucene;

/// <summary>
/// Tokens of Lucene's classic query syntax: <c>QueryParser.jj</c> of Lucene, its lexical states included (inside brackets and after <c>^</c> other
/// rules hold). The parser asks for one token at a time, since it knows the state.
/// </summary>
internal sealed class LuceneLexer(string text)
{
    /// <summary>Characters that no unescaped word starts with; all but <c>-</c> and <c>+</c> also end one.</summary>
    private const string NotTermStart = " \t\n\r\u3000+-!():^[]\"{}~*?\\/";

    private int _at;

    /// <summary>The next token outside of brackets.</summary>
    public LuceneToken Next()
    {
        SkipSpace();
        int start = _at;
        if (_at >= text.Length)
        {
            return new LuceneToken(LuceneTokenKind.End, start, "");
        }

        LuceneTokenKind kind = text[_at] switch
        {
            '(' => One(LuceneTokenKind.Open),
            ')' => One(LuceneTokenKind.Close),
            ':' => One(LuceneTokenKind.Colon),
            '^' => One(LuceneTokenKind.Caret),
            '[' or '{' => One(LuceneTokenKind.RangeOpen),
            '+' => Operator(LuceneTokenKind.Plus),
            '-' => Operator(LuceneTokenKind.Minus),
            '!' => Operator(LuceneTokenKind.Not),
            '"' => Quoted(LuceneTokenKind.Quoted),
            '/' => Regex(),
            '~' => Fuzzy(),
            _ => Word(),
        };
        return Token(kind, start);
    }

    /// <summary>The next token inside of brackets.</summary>
    public LuceneToken NextInRange()
    {
        SkipSpace();
        int start = _at;
        if (_at >= text.Length)
        {
            return new LuceneToken(LuceneTokenKind.End, start, "");
        }

        char c = text[_at];
        if (c is ']' or '}')
        {
            return Token(One(LuceneTokenKind.RangeClose), start);
        }

        if (c == '"' && Quoted(LuceneTokenKind.RangeQuoted) == LuceneTokenKind.RangeQuoted && _at - start > 2)
        {
            return Token(LuceneTokenKind.RangeQuoted, start);
        }

        _at = start;
        while (_at < text.Length && text[_at] is not (' ' or ']' or '}'))
        {
            _at++;
        }

        bool isTo = text.AsSpan(start, _at - start).SequenceEqual("TO");
        return Token(isTo ? LuceneTokenKind.RangeTo : LuceneTokenKind.RangeText, start);
    }

    /// <summary>The number after <c>^</c>; a token of kind Invalid when there is none.</summary>
    public LuceneToken NextBoost()
    {
        SkipSpace();
        int start = _at;
        SkipDigits();
        if (_at > start && _at + 1 < text.Length && text[_at] == '.' && char.IsAsciiDigit(text[_at + 1]))
        {
            _at++;
            SkipDigits();
        }

        return Token(_at > start ? LuceneTokenKind.Number : LuceneTokenKind.Invalid, start);
    }

    private static bool IsSpace(char c) => c is ' ' or '\t' or '\n' or '\r' or '\u3000';

    private LuceneToken Token(LuceneTokenKind kind, int start) => new(kind, start, text[start.._at]);

    private void SkipSpace()
    {
        while (_at < text.Length && IsSpace(text[_at]))
        {
            _at++;
        }
    }

    private void SkipDigits()
    {
        while (_at < text.Length && char.IsAsciiDigit(text[_at]))
        {
            _at++;
        }
    }

    private LuceneTokenKind One(LuceneTokenKind kind)
    {
        _at++;
        return kind;
    }

    private LuceneTokenKind Operator(LuceneTokenKind kind)
    {
        _at++;
        if (_at >= text.Length || !IsSpace(text[_at]))
        {
            return kind;
        }

        return LuceneTokenKind.BareOperator;
    }

    private LuceneTokenKind Quoted(LuceneTokenKind kind)
    {
        int end = _at + 1;
        while (end < text.Length && text[end] != '"')
        {
            end += text[end] == '\\' ? 2 : 1;
        }

        if (end >= text.Length)
        {
            _at++;
            return LuceneTokenKind.Invalid;
        }

        _at = end + 1;
        return kind;
    }

    private LuceneTokenKind Regex()
    {
        int end = _at + 1;
        while (end < text.Length && text[end] != '/')
        {
            end += text[end] == '\\' && end + 1 < text.Length && text[end + 1] == '/' ? 2 : 1;
        }

        if (end >= text.Length)
        {
            _at++;
            return LuceneTokenKind.Invalid;
        }

        _at = end + 1;
        return LuceneTokenKind.Regex;
    }

    private LuceneTokenKind Fuzzy()
    {
        _at++;
        while (TermCharLength() is var length and > 0)
        {
            _at += length;
        }

        return LuceneTokenKind.Fuzzy;
    }

    private LuceneTokenKind Word()
    {
        int start = _at;
        bool wild = false;
        int firstWildcard = -1;
        while (_at < text.Length)
        {
            if (text[_at] is '*' or '?')
            {
                wild = true;
                firstWildcard = firstWildcard < 0 ? _at : firstWildcard;
                _at++;
            }
            else if (TermCharLength() is var length and > 0)
            {
                _at += length;
            }
            else
            {
                break;
            }
        }

        if (_at == start)
        {
            _at++;
            return LuceneTokenKind.Invalid;
        }

        ReadOnlySpan<char> image = text.AsSpan(start, _at - start);
        return wild ? (firstWildcard == _at - 1 && text[firstWildcard] == '*' ? LuceneTokenKind.Prefix : LuceneTokenKind.Wildcard)
            : image switch
            {
                "AND" or "&&" => LuceneTokenKind.And,
                "OR" or "||" => LuceneTokenKind.Or,
                "NOT" => LuceneTokenKind.Not,
                _ => LuceneTokenKind.Term,
            };
    }

    /// <summary>Characters of the next piece of a word: 1, 2 for an escape, 0 when the word ends.</summary>
    private int TermCharLength()
    {
        if (_at >= text.Length)
        {
            return 0;
        }

        char c = text[_at];
        return c == '\\' ? (_at + 1 < text.Length ? 2 : 0)
            : c is '-' or '+' || !NotTermStart.Contains(c, StringComparison.Ordinal) ? 1 : 0;
    }
}
