using LogView.Client.Contracts.Query;

namespace LogView.Client.Language.Kql;

/// <summary>Whether something was read at all (a null <see cref="KqlTry"/> means no), and the node, null on an error.</summary>
internal readonly record struct KqlTry(QueryNode? Node);

/// <summary>What stands after a field: values, lists of values, bounds, ranges, regular expressions.</summary>
internal sealed class KqlValues(KqlReader reader, KqlBudget budget)
{
    /// <summary>The field a literal names. An empty name, <c>""</c>, is the default text fields.</summary>
    public static FieldTarget Target(KqlLiteral name) =>
        name.Text.Length == 0 ? FieldTarget.Default
        : name.HasStar ? new FieldTarget(name.Pattern, IsPattern: true)
        : FieldTarget.Of(name.Text);

    /// <summary>The node of one unquoted literal.</summary>
    public QueryNode Word(FieldTarget field, KqlLiteral word, bool ignoreCase = false)
    {
        if (word.IsLoneStar)
        {
            return field.IsDefault || field is { IsPattern: true, Name: "*" } ? new MatchAllNode() : new ExistsNode(field);
        }

        return word.HasWildcard ? new WildcardNode(field, word.Pattern, ignoreCase)
            : Fuzzy(field, word, ignoreCase) ?? (QueryNode)new TermNode(field, word.Text, ignoreCase);
    }

    /// <summary>A quoted literal that was just read, with its <c>~N</c>.</summary>
    public QueryNode? Phrase(FieldTarget field, KqlLiteral phrase, bool ignoreCase = false)
    {
        int start = reader.Position;
        if (reader.Current != '~')
        {
            return new PhraseNode(field, phrase.Text, Slop: 0, ignoreCase);
        }

        reader.Position++;
        int digits = reader.Position;
        while (char.IsAsciiDigit(reader.Current))
        {
            reader.Position++;
        }

        if (int.TryParse(reader.Text.AsSpan(digits, reader.Position - digits), out int slop) && slop <= LanguageLimits.MaxSlop)
        {
            return new PhraseNode(field, phrase.Text, slop, ignoreCase);
        }

        return reader.Fail(start, $"a number of words up to {LanguageLimits.MaxSlop} after '~'", Math.Max(1, reader.Position - start));
    }

    /// <summary>One value after <c>:</c> or in a list.</summary>
    public QueryNode? Value(FieldTarget field, bool inList)
    {
        int start = reader.Position;
        string expected = inList ? "a value" : "a value after ':'";
        if (reader.Current == '/' && TryRegex(field) is { } regex)
        {
            return regex.Node;
        }

        if (inList && reader.Current == '[' && TryRange(field) is { } range)
        {
            return range.Node;
        }

        bool ignoreCase = reader.TryRead('~');
        if (reader.Current == '"')
        {
            return reader.ReadQuoted() is { } phrase ? Phrase(field, phrase, ignoreCase) : reader.Fail(start, "a closing '\"'");
        }

        if (reader.AtNot(reader.Position) || reader.ReadWords(stopAtField: !inList) is not { } words)
        {
            return reader.Fail(start, expected);
        }

        return KqlSymbols.Check(reader, words) ? Word(field, words, ignoreCase) : null;
    }

    /// <summary>The rest of a list of values after its <c>(</c>.</summary>
    public QueryNode? List(FieldTarget field, int start)
    {
        if (!budget.TryEnter(start))
        {
            return null;
        }

        reader.SkipSpace();
        if (Or(field) is not { } node)
        {
            return null;
        }

        reader.SkipSpace();
        budget.Leave();
        return reader.TryRead(')') ? node : reader.Fail(reader.Position, "'and', 'or' or ')'");
    }

    /// <summary>The bound after a range operator of so many characters.</summary>
    public QueryNode? Comparison(FieldTarget field, int operatorLength)
    {
        bool less = reader.Current == '<';
        bool inclusive = operatorLength == 2;
        string symbol = reader.Text.Substring(reader.Position, operatorLength);
        reader.Position += operatorLength;
        reader.SkipSpace();
        int start = reader.Position;
        KqlLiteral? literal = reader.Current == '"' ? reader.ReadQuoted() : reader.AtNot(start) ? null : reader.ReadWord();
        if (literal is not { } value)
        {
            return reader.Fail(start, reader.Current == '"' ? "a closing '\"'" : $"a value after '{symbol}'");
        }

        var bound = new RangeBound(value.Text, inclusive);
        return less ? new RangeNode(field, null, bound) : new RangeNode(field, bound, null);
    }

    /// <summary><c>[a TO b}</c> at the position. Null, and nothing consumed, when it is not one.</summary>
    public KqlTry? TryRange(FieldTarget field)
    {
        var range = new BracketRange(reader.Text, reader.Position);
        if (!range.IsRange)
        {
            return null;
        }

        if (range.ErrorOffset >= 0)
        {
            return new KqlTry(reader.Fail(range.ErrorOffset, range.Expected));
        }

        reader.Position = range.End;
        return new KqlTry(range.Lower is null && range.Upper is null ? new ExistsNode(field) : new RangeNode(field, range.Lower, range.Upper));
    }

    /// <summary><c>/pattern/</c> or <c>/pattern/i</c> at the position. Null, and nothing consumed, when it is not one: a path, for instance.</summary>
    public KqlTry? TryRegex(FieldTarget field)
    {
        int start = reader.Position;
        if (SlashedRegex.Find(reader.Text, start) is not { } regex)
        {
            return null;
        }

        if (RegexFactory.Validate(regex.Pattern) is { } error)
        {
            return new KqlTry(reader.Fail(start + 1 + error.Offset, error.Expected, error.Length));
        }

        reader.Position = regex.End;
        return new KqlTry(new RegexNode(field, regex.Pattern, regex.IgnoreCase));
    }

    /// <summary><c>word~1</c> and <c>word~2</c>: the word or one so similar.</summary>
    private FuzzyNode? Fuzzy(FieldTarget field, KqlLiteral word, bool ignoreCase)
    {
        string text = word.Text;
        bool fuzzy = !ignoreCase && !word.HasWildcard && text.Length > 2 && text[^2] == '~' && text[^1] is '1' or '2'
            && !reader.IsEscaped(word.End - 2) && !text.Any(KqlReader.IsSpace);
        return fuzzy ? new FuzzyNode(field, text[..^2], text[^1] - '0') : null;
    }

    private QueryNode? Or(FieldTarget field)
    {
        if (And(field) is not { } first)
        {
            return null;
        }

        List<QueryNode> nodes = [first];
        while (reader.TryReadConjunction("or"))
        {
            if (And(field) is not { } next)
            {
                return null;
            }

            nodes.Add(next);
        }

        return nodes.Count == 1 ? first : new OrNode(new NodeList(nodes));
    }

    private QueryNode? And(FieldTarget field)
    {
        if (Not(field) is not { } first)
        {
            return null;
        }

        List<QueryNode> nodes = [first];
        while (reader.TryReadConjunction("and"))
        {
            if (Not(field) is not { } next)
            {
                return null;
            }

            nodes.Add(next);
        }

        return nodes.Count == 1 ? first : new AndNode(new NodeList(nodes));
    }

    private QueryNode? Not(FieldTarget field)
    {
        int start = reader.Position;
        if (!reader.TryReadNot())
        {
            return ListOrValue(field);
        }

        if (!budget.TryEnter(start) || ListOrValue(field) is not { } child)
        {
            return null;
        }

        budget.Leave();
        return child is MatchAllNode ? new MatchNoneNode() : new NotNode(child);
    }

    private QueryNode? ListOrValue(FieldTarget field)
    {
        int start = reader.Position;
        if (reader.TryRead('('))
        {
            return List(field, start);
        }

        return budget.TryCount(start) ? Value(field, inList: true) : null;
    }
}
