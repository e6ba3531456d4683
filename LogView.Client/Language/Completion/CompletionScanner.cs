using LogView.Client.Language.Kql;

namespace LogView.Client.Language.Completion;

/// <summary>Walks a query clause by clause until it reaches the cursor. Follows <see cref="KqlParser"/>, but goes on after mistakes.</summary>
internal sealed class CompletionScanner(string text, int cursor)
{
    private const CompletionKinds AnyClause = CompletionKinds.Field | CompletionKinds.Operator | CompletionKinds.Conjunction;
    private const CompletionKinds AnyValue = CompletionKinds.Value | CompletionKinds.Conjunction;

    private readonly KqlReader _in = new(text);
    private readonly Stack<Frame> _frames = new();

    private enum Bracket
    {
        Group,
        List,
        Nested,
    }

    public CompletionContext Find()
    {
        while (true)
        {
            if ((ListField is { } field ? Value(field) : Clause()) is { } found)
            {
                return found;
            }

            if (After() is { } after)
            {
                return after;
            }
        }
    }

    private string? ListField => _frames.TryPeek(out Frame frame) && frame.Bracket == Bracket.List ? frame.Name : null;

    private string? NestedPath
    {
        get
        {
            string path = string.Join('.', _frames.Where(f => f.Bracket == Bracket.Nested).Reverse().Select(f => f.Name));
            return path.Length == 0 ? null : path;
        }
    }

    /// <summary>The start of a clause. Null: read past it.</summary>
    private CompletionContext? Clause()
    {
        if (_frames.Count > LanguageLimits.MaxDepth)
        {
            return new CompletionContext(CompletionKinds.None, cursor, cursor, "", "", "");
        }

        SkipSpaceToCursor();
        SkipNot();
        int start = _in.Position;
        if (start >= cursor && (_in.AtEnd || KqlReader.IsSpace(_in.Current) || _in.Current is '(' or ')' or '}'))
        {
            return Context(AnyClause, start, start, fieldName: "");
        }

        if (_in.TryRead('('))
        {
            _frames.Push(new Frame(Bracket.Group, ""));
            return Clause();
        }

        if (ReadLiteral(CompletionKinds.None, null) is { } inside)
        {
            return inside with { Kinds = AnyClause, FieldName = (inside.Prefix + inside.Suffix).Trim() };
        }

        string name = LastLiteral(start);
        int end = _in.Position;
        int next = _in.AfterSpace(end);
        if (_in.AtFieldOperator(end))
        {
            return next < cursor || cursor > end ? Operand(name, next) : Context(CompletionKinds.Field | CompletionKinds.Operator, start, end, name);
        }

        bool quoted = text[start] == '"';
        return cursor > end || (quoted && cursor == end) ? (next >= cursor && !quoted && !AtKeyword(end) ? Context(AnyClause, start, next, name) : null)
            : Context(AnyClause, start, end, name);
    }

    /// <summary>What follows a field: <c>:</c> or a range operator at the offset.</summary>
    private CompletionContext? Operand(string field, int at)
    {
        int range = _in.RangeOperatorLength(at);
        _in.Position = at + (range > 0 ? range : 1);
        if (_in.Position > cursor)
        {
            return Context(CompletionKinds.Operator, Math.Min(at, cursor), _in.Position, field);
        }

        if (range > 0)
        {
            SkipSpaceToCursor();
            return Bound();
        }

        return Value(field);
    }

    private CompletionContext? Bound()
    {
        int start = _in.Position;
        if (start >= cursor && (_in.AtEnd || KqlReader.IsSpace(_in.Current)))
        {
            return Context(CompletionKinds.Conjunction, start, start, fieldName: null);
        }

        return ReadLiteral(CompletionKinds.Conjunction, null)
            ?? (cursor <= _in.Position && text[start] != '"' ? Context(CompletionKinds.Conjunction, start, _in.Position, fieldName: null) : null);
    }

    private CompletionContext? Value(string field)
    {
        if (_frames.Count > LanguageLimits.MaxDepth)
        {
            return new CompletionContext(CompletionKinds.None, cursor, cursor, "", "", "");
        }

        SkipSpaceToCursor();
        SkipNot();
        int start = _in.Position;
        if (_in.Current == '(' && start < cursor)
        {
            _in.Position++;
            _frames.Push(new Frame(Bracket.List, field));
            return Value(field);
        }

        if (_in.Current == '{' && start < cursor)
        {
            _in.Position++;
            _frames.Push(new Frame(Bracket.Nested, field));
            return Clause();
        }

        if (_in.Current == '"')
        {
            return ReadLiteral(AnyValue, field);
        }

        _in.ReadWords(stopAtField: ListField is null);
        int end = AtKeyword(_in.Position) ? _in.Position : _in.AfterSpace(_in.Position);
        if (end < text.Length && end > _in.Position && text[end] is not (')' or '}'))
        {
            end = _in.Position;
        }

        if (cursor <= end || (end == start && start >= cursor))
        {
            return Context(AnyValue, start, end, field);
        }

        return null;
    }

    /// <summary>Between clauses. Null: the next clause begins.</summary>
    private CompletionContext? After()
    {
        while (true)
        {
            int start = _in.Position;
            int conjunction = Math.Max(_in.ConjunctionEnd("and", start), _in.ConjunctionEnd("or", start));
            if (conjunction >= 0 && AfterWord(start) < cursor)
            {
                _in.Position = Math.Min(conjunction, Math.Max(cursor, AfterWord(start) + 1));
                return null;
            }

            int next = _in.AfterSpace(start);
            if (cursor <= next || next >= text.Length)
            {
                return Context(CompletionKinds.Conjunction, start, Math.Max(next, cursor), fieldName: null);
            }

            _in.Position = next;
            if (text[next] is ')' or '}')
            {
                _in.Position++;
                _frames.TryPop(out _);
                continue;
            }

            if (next == start && text[next] is not ('(' or '"'))
            {
                // A character that fits nowhere: as if it were not there.
                _in.Position++;
                continue;
            }

            return null;
        }
    }

    /// <summary>Reads a quoted or unquoted literal; a context when the cursor is inside of quotes.</summary>
    private CompletionContext? ReadLiteral(CompletionKinds kinds, string? field)
    {
        int start = _in.Position;
        if (_in.Current != '"')
        {
            _in.ReadWord();
            return null;
        }

        int end = _in.ReadQuoted()?.End ?? text.Length;
        bool closed = end > start + 1 && text[end - 1] == '"' && _in.Position > start;
        _in.Position = end;
        if (cursor >= end + (closed ? 0 : 1))
        {
            return null;
        }

        string inside = text[(start + 1)..(closed ? end - 1 : end)];
        int split = Math.Clamp(cursor - start - 1, 0, inside.Length);
        return new CompletionContext(kinds, start, end, Unquote(inside[..split]), Unquote(inside[split..]), text[start..end], field, NestedPath);
    }

    private static string Unquote(string inside) => new KqlReader($"\"{inside.TrimEnd('\\')}\"").ReadQuoted()?.Text ?? inside;

    private string LastLiteral(int start)
    {
        _in.Position = start;
        KqlLiteral? literal = _in.Current == '"' ? _in.ReadQuoted() : _in.ReadWord();
        _in.Position = literal?.End ?? (text[start] == '"' ? text.Length : start);
        return literal?.Text ?? "";
    }

    private CompletionContext Context(CompletionKinds kinds, int start, int end, string? fieldName)
    {
        int split = Math.Clamp(cursor, start, end);
        return new CompletionContext(kinds, start, end, Unescape(text[start..split]), Unescape(text[split..end]), text[start..end], fieldName, NestedPath);
    }

    /// <summary>Blanks at the ends stay: they are part of what was typed.</summary>
    private static string Unescape(string raw)
    {
        string trimmed = raw.Trim();
        return trimmed.Contains('\\', StringComparison.Ordinal)
            ? raw.Replace(trimmed, new KqlReader(trimmed).ReadWords(stopAtField: false)?.Text ?? trimmed, StringComparison.Ordinal)
            : raw;
    }

    private bool AtKeyword(int at) => _in.AtConjunction(at) || _in.AtNot(_in.AfterSpace(at));

    private int AfterWord(int at)
    {
        at = _in.AfterSpace(at);
        while (at < text.Length && !KqlReader.IsSpace(text[at]))
        {
            at++;
        }

        return at;
    }

    private void SkipNot()
    {
        if (_in.AtNot(_in.Position) && _in.Position + 3 < cursor)
        {
            _in.Position += 3;
            SkipSpaceToCursor();
        }
    }

    private void SkipSpaceToCursor()
    {
        while (!_in.AtEnd && _in.Position < cursor && KqlReader.IsSpace(_in.Current))
        {
            _in.Position++;
        }
    }

    private readonly record struct Frame(Bracket Bracket, string Name);
}
