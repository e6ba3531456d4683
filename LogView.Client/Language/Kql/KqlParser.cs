using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Query;

namespace LogView.Client.Language.Kql;

/// <summary>
/// KQL's grammar by recursive descent, widened: adjacent clauses are <c>and</c>, and the values of <see cref="KqlValues"/>. No backtracking:
/// time is linear in the text. A method that answers null has left an error in the reader.
/// </summary>
internal sealed class KqlParser
{
    private const string Clause = "a word, a field or '('";

    private readonly KqlReader _in;
    private readonly KqlValues _values;
    private readonly KqlBudget _budget;

    private KqlParser(string text)
    {
        _in = new KqlReader(text);
        _budget = new KqlBudget(_in);
        _values = new KqlValues(_in, _budget);
    }

    public static ParseResult Parse(string text)
    {
        var parser = new KqlParser(text);
        QueryNode? node = parser.Query();
        return node is null ? new ParseResult(null, parser._in.Error) : new ParseResult(node, null);
    }

    private QueryNode? Query()
    {
        _in.SkipSpace();
        if (_in.AtEnd)
        {
            return new MatchAllNode();
        }

        if (Or() is not { } node)
        {
            return null;
        }

        _in.SkipSpace();
        return _in.AtEnd ? node : _in.Fail(_in.Position, "'and', 'or' or the end");
    }

    private QueryNode? Or()
    {
        if (And() is not { } first)
        {
            return null;
        }

        List<QueryNode> nodes = [first];
        while (_in.TryReadConjunction("or"))
        {
            if (And() is not { } next)
            {
                return null;
            }

            nodes.Add(next);
        }

        return nodes.Count == 1 ? first : new OrNode(new NodeList(nodes));
    }

    private QueryNode? And()
    {
        if (Not() is not { } first)
        {
            return null;
        }

        List<QueryNode> nodes = [first];
        while (_in.TryReadConjunction("and") || TryReadGap())
        {
            if (Not() is not { } next)
            {
                return null;
            }

            nodes.Add(next);
        }

        return nodes.Count == 1 ? first : new AndNode(new NodeList(nodes));
    }

    /// <summary>White space and then something that can only be a next clause.</summary>
    private bool TryReadGap()
    {
        int next = _in.AfterSpace(_in.Position);
        if (next == _in.Position || next >= _in.Text.Length || _in.Text[next] is ')' or '}' || _in.AtConjunction(_in.Position))
        {
            return false;
        }

        _in.Position = next;
        return true;
    }

    private QueryNode? Not()
    {
        int start = _in.Position;
        if (!_in.TryReadNot())
        {
            return Sub();
        }

        if (!_budget.TryEnter(start))
        {
            return null;
        }

        QueryNode? child = Sub();
        _budget.Leave();
        return child switch
        {
            null => null,
            MatchAllNode => new MatchNoneNode(),
            _ => new NotNode(child),
        };
    }

    private QueryNode? Sub()
    {
        int start = _in.Position;
        if (!_in.TryRead('('))
        {
            return FieldOrText();
        }

        return Enclosed(start, ')');
    }

    /// <summary>What stands in parentheses or braces, after the opening one.</summary>
    private QueryNode? Enclosed(int start, char close)
    {
        if (!_budget.TryEnter(start))
        {
            return null;
        }

        _in.SkipSpace();
        if (Or() is not { } node)
        {
            return null;
        }

        _in.SkipSpace();
        _budget.Leave();
        return _in.TryRead(close) ? node : _in.Fail(_in.Position, $"'and', 'or' or '{close}'");
    }

    private QueryNode? FieldOrText()
    {
        int start = _in.Position;
        if (!_budget.TryCount(start))
        {
            return null;
        }

        if (_in.Current == '/' && _values.TryRegex(FieldTarget.Default) is { } regex)
        {
            return regex.Node;
        }

        KqlLiteral? literal = _in.Current == '"' ? _in.ReadQuoted() : _in.ReadWord();
        if (literal is not { } read)
        {
            return _in.Fail(start, _in.Current == '"' ? "a closing '\"'" : Clause);
        }

        if (_in.AtFieldOperator(_in.Position))
        {
            return KqlSymbols.Check(_in, read) ? FieldClause(read) : null;
        }

        return read.IsQuoted ? _values.Phrase(FieldTarget.Default, read)
            : KqlSymbols.Check(_in, read) ? _values.Word(FieldTarget.Default, read) : null;
    }

    private QueryNode? FieldClause(KqlLiteral name)
    {
        FieldTarget field = KqlValues.Target(name);
        _in.SkipSpace();
        int length = _in.RangeOperatorLength(_in.Position);
        if (length > 0)
        {
            return _values.Comparison(field, length);
        }

        _in.Position++;
        _in.SkipSpace();
        int start = _in.Position;
        switch (_in.Current)
        {
            case '(':
                _in.Position++;
                return _values.List(field, start);
            case '[' or '{' when _values.TryRange(field) is { } range:
                return range.Node;
            case '{':
                _in.Position++;
                return Enclosed(start, '}') is { } child ? new NestedNode(new FieldName(name.Text), child) : null;
            default:
                return _values.Value(field, inList: false);
        }
    }
}
