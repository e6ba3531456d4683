using LogView.Client.Language.Lucene;

namespace LogView.Client.Language.Completion;

/// <summary>Walks the tokens of a Lucene query until it reaches the cursor.</summary>
internal sealed class LuceneCompletion(string text, int cursor)
{
    private const CompletionKinds AnyClause = CompletionKinds.Field | CompletionKinds.Conjunction;
    private const string ExistsField = "_exists_";

    private readonly LuceneLexer _lexer = new(text);

    /// <summary>Fields of the open parentheses; null for one that groups clauses.</summary>
    private readonly Stack<string?> _groups = new();
    private string? _field;
    private LuceneToken _last;
    private bool _afterOperand;

    public CompletionContext Find()
    {
        while (true)
        {
            LuceneToken token = _lexer.Next();
            int end = token.Start + token.Image.Length;
            if (token.Kind == LuceneTokenKind.End || token.Start >= cursor)
            {
                return Gap();
            }

            if (token.Kind == LuceneTokenKind.Invalid)
            {
                return text[token.Start] == '"' && Field is { } inQuotes ? Value(inQuotes, token.Start, text.Length, quoted: true) : Nothing();
            }

            if (cursor <= end && IsLiteral(token.Kind) && !(token.Kind == LuceneTokenKind.Quoted && cursor == end))
            {
                return At(token, end);
            }

            Step(token);
            if (token.Kind == LuceneTokenKind.RangeOpen && !SkipRange())
            {
                return Nothing();
            }
        }
    }

    private string? Field => _field ?? (_groups.TryPeek(out string? group) ? group : null);

    private static bool IsLiteral(LuceneTokenKind kind) => kind is LuceneTokenKind.Term or LuceneTokenKind.Prefix or LuceneTokenKind.Wildcard or LuceneTokenKind.Quoted
        or LuceneTokenKind.And or LuceneTokenKind.Or or LuceneTokenKind.Not;

    private void Step(LuceneToken token)
    {
        switch (token.Kind)
        {
            case LuceneTokenKind.Colon:
                _field = IsLiteral(_last.Kind) ? LuceneEscapes.Remove(_last.Image) : null;
                _afterOperand = false;
                break;
            case LuceneTokenKind.Open:
                _groups.Push(Field);
                (_field, _afterOperand) = (null, false);
                break;
            case LuceneTokenKind.Close:
                _groups.TryPop(out _);
                (_field, _afterOperand) = (null, true);
                break;
            case LuceneTokenKind.And or LuceneTokenKind.Or or LuceneTokenKind.Not or LuceneTokenKind.Plus or LuceneTokenKind.Minus:
                _afterOperand = false;
                break;
            default:
                (_field, _afterOperand) = (null, true);
                break;
        }

        _last = token;
    }

    /// <summary>False: the cursor is inside, or the range never ends.</summary>
    private bool SkipRange()
    {
        while (_lexer.NextInRange() is var token && token.Kind != LuceneTokenKind.End)
        {
            if (token.Start + token.Image.Length >= cursor)
            {
                return token.Kind == LuceneTokenKind.RangeClose && token.Start + token.Image.Length == cursor;
            }

            if (token.Kind == LuceneTokenKind.RangeClose)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Between tokens, or at the start of one.</summary>
    private CompletionContext Gap() => Field switch
    {
        ExistsField when !_afterOperand => Context(CompletionKinds.Field, cursor, cursor, fieldName: null),
        { } field when !_afterOperand => Context(CompletionKinds.Value, cursor, cursor, field),
        _ => Context(_afterOperand ? AnyClause : CompletionKinds.Field, cursor, cursor, fieldName: null),
    };

    private CompletionContext At(LuceneToken token, int end) => Field switch
    {
        ExistsField => Context(CompletionKinds.Field, token.Start, end, fieldName: null),
        { } field => Value(field, token.Start, end, token.Kind == LuceneTokenKind.Quoted),
        _ => token.Kind == LuceneTokenKind.Quoted ? Nothing() : Context(AnyClause, token.Start, end, LuceneEscapes.Remove(token.Image)),
    };

    private CompletionContext Value(string field, int start, int end, bool quoted)
    {
        int skipped = quoted ? 1 : 0;
        int split = Math.Clamp(cursor, start + skipped, end);
        string suffix = quoted ? text[split..end].TrimEnd('"') : text[split..end];
        return new CompletionContext(
            CompletionKinds.Value, start, end, LuceneEscapes.Remove(text[(start + skipped)..split]), LuceneEscapes.Remove(suffix), text[start..end], field);
    }

    private CompletionContext Context(CompletionKinds kinds, int start, int end, string? fieldName)
    {
        int split = Math.Clamp(cursor, start, end);
        return new CompletionContext(kinds, start, end, LuceneEscapes.Remove(text[start..split]), LuceneEscapes.Remove(text[split..end]), text[start..end], fieldName);
    }

    private CompletionContext Nothing() => new(CompletionKinds.None, cursor, cursor, "", "", "");
}
