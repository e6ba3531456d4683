using System.Globalization;
using LogView.Client.Contracts.Query;

namespace LogView.Client.Language.Lucene;

/// <summary>The grammar of Lucene's classic <c>QueryParser.jj</c>. A method that answers null has left an error.</summary>
internal sealed class LuceneParser
{
    private readonly string _text;
    private readonly LuceneLexer _lexer;
    private readonly bool _defaultAnd;
    private LuceneToken _token;
    private int _depth;
    private int _clauses;

    private LuceneParser(string text, bool defaultAnd)
    {
        (_text, _lexer, _defaultAnd) = (text, new LuceneLexer(text), defaultAnd);
        _token = _lexer.Next();
    }

    public QueryError? Error { get; private set; }

    /// <param name="text">The query.</param>
    /// <param name="error">Set when the result is null.</param>
    /// <param name="defaultAnd">Clauses without operator between them are all required.</param>
    public static LuceneNode? Parse(string text, out QueryError? error, bool defaultAnd = false)
    {
        var parser = new LuceneParser(text, defaultAnd);
        LuceneNode? node = parser.Query(field: null);
        if (node is not null && parser._token.Kind != LuceneTokenKind.End)
        {
            node = parser.Fail("AND, OR or the end");
        }

        error = parser.Error;
        return node;
    }

    private LuceneNode? Fail(string expected)
    {
        Error ??= QueryErrors.At(_text, _token.Start, Math.Max(1, _token.Image.Length), expected);
        return null;
    }

    private void Advance() => _token = _lexer.Next();

    private bool TryRead(LuceneTokenKind kind)
    {
        if (_token.Kind != kind)
        {
            return false;
        }

        Advance();
        return true;
    }

    private LuceneNode? Query(string? field)
    {
        var clauses = new ClauseList(_defaultAnd);
        LuceneOccur? only = null;
        do
        {
            LuceneTokenKind conjunction = _token.Kind is LuceneTokenKind.And or LuceneTokenKind.Or && clauses.Count > 0 ? _token.Kind : LuceneTokenKind.End;
            if (conjunction != LuceneTokenKind.End)
            {
                Advance();
            }

            LuceneTokenKind modifier = _token.Kind is LuceneTokenKind.Plus or LuceneTokenKind.Minus or LuceneTokenKind.Not ? _token.Kind : LuceneTokenKind.End;
            if (modifier != LuceneTokenKind.End)
            {
                Advance();
            }

            if (Clause(field) is not { } node)
            {
                return null;
            }

            only = clauses.Count == 0 && modifier == LuceneTokenKind.End ? LuceneOccur.Should : null;
            clauses.Add(conjunction, modifier, node);
        }
        while (_token.Kind is not (LuceneTokenKind.End or LuceneTokenKind.Close or LuceneTokenKind.Colon or LuceneTokenKind.Caret
            or LuceneTokenKind.Fuzzy));

        return only is not null && clauses.Count == 1 ? clauses.First : clauses.ToBool();
    }

    private LuceneNode? Clause(string? field)
    {
        if (++_clauses > LanguageLimits.MaxClauses)
        {
            return Fail($"at most {LanguageLimits.MaxClauses} clauses");
        }

        if (_token.Kind == LuceneTokenKind.Term || _token is { Kind: LuceneTokenKind.Prefix, Image: "*" })
        {
            LuceneToken first = _token;
            Advance();
            if (!TryRead(LuceneTokenKind.Colon))
            {
                return Bare(field, first);
            }

            field = LuceneEscapes.Remove(first.Image);
        }

        return _token.Kind switch
        {
            LuceneTokenKind.Open => Group(field),
            LuceneTokenKind.RangeOpen => Range(field),
            LuceneTokenKind.Quoted => Phrase(field),
            LuceneTokenKind.Term or LuceneTokenKind.Prefix or LuceneTokenKind.Wildcard or LuceneTokenKind.Regex or LuceneTokenKind.BareOperator => Bare(field),
            LuceneTokenKind.Invalid => Fail(LuceneEscapes.ExpectedFor(_token.Image)),
            _ => Fail("a word, a field or '('"),
        };
    }

    private LuceneNode? Group(string? field)
    {
        if (++_depth > LanguageLimits.MaxDepth)
        {
            return Fail($"at most {LanguageLimits.MaxDepth} levels of parentheses");
        }

        Advance();
        if (Query(field) is not { } node)
        {
            return null;
        }

        _depth--;
        if (!TryRead(LuceneTokenKind.Close))
        {
            return Fail("AND, OR or ')'");
        }

        return Boosted(node);
    }

    private LuceneNode? Bare(string? field)
    {
        LuceneToken token = _token;
        Advance();
        return Bare(field, token);
    }

    /// <summary>A word, with its <c>~</c> before or after its <c>^</c>.</summary>
    private LuceneNode? Bare(string? field, LuceneToken token)
    {
        LuceneToken fuzzy = _token;
        bool isFuzzy = TryRead(LuceneTokenKind.Fuzzy);
        if (!TryReadBoost(out double? boost))
        {
            return null;
        }

        if (!isFuzzy && boost is not null)
        {
            fuzzy = _token;
            isFuzzy = TryRead(LuceneTokenKind.Fuzzy);
        }

        LuceneNode? node = token.Kind switch
        {
            LuceneTokenKind.Wildcard => new LuceneNode.Wildcard(field, token.Image, IsPrefix: false),
            LuceneTokenKind.Prefix => new LuceneNode.Wildcard(field, token.Image, IsPrefix: token.Image.Length > 1),
            LuceneTokenKind.Regex => Regex(field, token),
            LuceneTokenKind.BareOperator => new LuceneNode.Text(field, token.Image),
            _ when isFuzzy => Fuzzy(field, token, fuzzy),
            _ => new LuceneNode.Text(field, LuceneEscapes.Remove(token.Image)),
        };
        return node is null ? null : node with { Boost = boost };
    }

    private LuceneNode.Regex? Regex(string? field, LuceneToken token)
    {
        string pattern = token.Image[1..^1].Replace("\\/", "/", StringComparison.Ordinal);
        if (RegexFactory.Validate(pattern) is { } error)
        {
            Error ??= QueryErrors.At(_text, token.Start + 1 + error.Offset, error.Length, error.Expected);
            return null;
        }

        return new LuceneNode.Regex(field, pattern);
    }

    private LuceneNode.Fuzzy? Fuzzy(string? field, LuceneToken token, LuceneToken fuzzy)
    {
        string value = LuceneEscapes.Remove(token.Image);
        double similarity = double.TryParse(fuzzy.Image.AsSpan(1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double given) ? given : 2;
        if (similarity >= 1 && similarity != Math.Floor(similarity))
        {
            Error ??= QueryErrors.At(_text, fuzzy.Start, fuzzy.Image.Length, "a whole number of edits after '~'");
            return null;
        }

        double edits = similarity >= 1 ? similarity : similarity == 0 ? 0 : Math.Floor((1 - similarity) * value.Length);
        return new LuceneNode.Fuzzy(field, value, (int)Math.Min(edits, LanguageLimits.MaxEdits));
    }

    private LuceneNode? Phrase(string? field)
    {
        string value = LuceneEscapes.Remove(_token.Image[1..^1]);
        Advance();
        int slop = 0;
        if (_token.Kind == LuceneTokenKind.Fuzzy)
        {
            bool number = double.TryParse(_token.Image.AsSpan(1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double given);
            if (number && given > LanguageLimits.MaxSlop)
            {
                return Fail($"a number of words up to {LanguageLimits.MaxSlop} after '~'");
            }

            slop = number ? (int)given : 0;
            Advance();
        }

        return Boosted(new LuceneNode.Phrase(field, value, slop));
    }

    private LuceneNode? Range(string? field)
    {
        bool includeLower = _token.Image is "[";
        if (!TryReadBound(includeLower, "the lower bound or '*'", out RangeBound? lower))
        {
            return null;
        }

        _token = _lexer.NextInRange();
        LuceneToken? pending = _token.Kind == LuceneTokenKind.RangeTo ? null : _token;
        if (!TryReadBound(inclusive: true, "TO and the upper bound or '*'", out RangeBound? upper, pending))
        {
            return null;
        }

        _token = _lexer.NextInRange();
        if (_token.Kind != LuceneTokenKind.RangeClose)
        {
            return Fail("']' or '}'");
        }

        bool includeUpper = _token.Image is "]";
        Advance();
        upper = upper is null ? null : upper with { Inclusive = includeUpper };
        return Boosted(new LuceneNode.Range(field, lower, upper, includeLower, includeUpper));
    }

    private bool TryReadBound(bool inclusive, string expected, out RangeBound? bound, LuceneToken? token = null)
    {
        bound = null;
        _token = token ?? _lexer.NextInRange();
        if (_token.Kind == LuceneTokenKind.RangeQuoted)
        {
            bound = new RangeBound(LuceneEscapes.Remove(_token.Image[1..^1]), inclusive);
            return true;
        }

        if (_token.Kind != LuceneTokenKind.RangeText)
        {
            Fail(expected);
            return false;
        }

        bound = _token.Image is "*" ? null : new RangeBound(LuceneEscapes.Remove(_token.Image), inclusive);
        return true;
    }

    private LuceneNode? Boosted(LuceneNode node) => !TryReadBoost(out double? boost) ? null : boost is null ? node : node with { Boost = boost };

    private bool TryReadBoost(out double? boost)
    {
        boost = null;
        if (_token.Kind != LuceneTokenKind.Caret)
        {
            return true;
        }

        _token = _lexer.NextBoost();
        if (_token.Kind != LuceneTokenKind.Number)
        {
            Fail("a number after '^'");
            return false;
        }

        boost = double.Parse(_token.Image, CultureInfo.InvariantCulture);
        Advance();
        return true;
    }
}
