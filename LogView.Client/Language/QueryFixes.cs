using System.Text;
using LogView.Client.Contracts.Query;
using LogView.Client.Language.Kql;

namespace LogView.Client.Language;

/// <summary>Finds what a broken query may have meant. An idea is only offered when it parses, after at most a few corrections.</summary>
internal static class QueryFixes
{
    /// <summary>Corrections to one query; a text with more mistakes is better rewritten.</summary>
    private const int MaxCorrections = 3;

    public static string? Suggest(string text, QueryError error, QueryLanguage language)
    {
        string current = text;
        for (int i = 0; i < MaxCorrections; i++)
        {
            string? best = null;
            foreach (string idea in Ideas(current, error, language))
            {
                if (idea.Length > LanguageLimits.MaxQueryLength)
                {
                    continue;
                }

                ParseResult result = QueryParser.ParseOnly(idea, language);
                if (result.Error is null)
                {
                    return idea;
                }

                best ??= result.Error.Offset > error.Offset ? idea : null;
            }

            if (best is null)
            {
                return null;
            }

            current = best;
            error = QueryParser.ParseOnly(current, language).Error!;
        }

        return null;
    }

    private static IEnumerable<string> Ideas(string text, QueryError error, QueryLanguage language)
    {
        string before = text[..error.Offset], rest = text[error.Offset..];
        if (text.Any(c => KqlSymbols.SmartQuotes.Contains(c, StringComparison.Ordinal)))
        {
            yield return string.Concat(text.Select(c => KqlSymbols.SmartQuotes.Contains(c, StringComparison.Ordinal) ? '"' : c));
        }

        foreach (string idea in language == QueryLanguage.Lucene ? [] : OperatorIdeas(before, rest))
        {
            yield return idea;
        }

        if (Unclosed(text) is { Length: > 0 } closers)
        {
            yield return text.TrimEnd() + closers;
        }

        if (rest.Length > 0 && rest[0] is ')' or '}' or ']')
        {
            yield return before.TrimEnd() + rest[1..];
        }

        foreach (string idea in QuotingIdeas(text, error.Offset))
        {
            yield return idea;
        }

        if (rest.Length == 0)
        {
            yield return $"{before.TrimEnd()} *";
            yield return WithoutLastWord(before);
        }
    }

    /// <summary>Operators of other languages, misplaced <c>not</c>, missing white space.</summary>
    private static IEnumerable<string> OperatorIdeas(string before, string rest)
    {
        foreach ((string wrong, string right) in OtherOperators)
        {
            if (rest.StartsWith(wrong, StringComparison.Ordinal))
            {
                string joined = right.StartsWith(':') ? before.TrimEnd() : before;
                yield return $"{joined}{right}{rest[wrong.Length..]}";
            }
        }

        if (rest.StartsWith("!=", StringComparison.Ordinal))
        {
            int field = LastWordStart(before.TrimEnd());
            yield return $"{before[..field]}not {before[field..].TrimEnd()}:{rest[2..]}";
        }

        string head = before.TrimEnd();
        if (head.EndsWith(':') && rest.Length > 0 && (rest[0] is '<' or '>' || rest.StartsWith("not ", StringComparison.OrdinalIgnoreCase)))
        {
            int field = LastWordStart(head);
            yield return rest[0] is '<' or '>' ? $"{head[..^1]} {rest}" : $"{head[..field]}not {head[field..]} {rest[4..].TrimStart()}";
        }

        if (rest.Length > 0 && before.Length > 0 && !char.IsWhiteSpace(before[^1]))
        {
            yield return $"{before} {rest}";
        }

        if (rest.StartsWith('"') || rest.StartsWith('('))
        {
            yield return $"{before.TrimEnd()} or {rest}";
        }
    }

    private static readonly (string Wrong, string Right)[] OtherOperators =
    [
        ("=>", ">="), ("=<", "<="), ("==", ":"), ("=", ":"), ("&&", "and"), ("&", "and"), ("||", "or"), ("|", "or"), ("::", ":"),
    ];

    /// <summary>Puts quotes around the run of characters at the error: a value with colons, brackets or backslashes in it.</summary>
    private static IEnumerable<string> QuotingIdeas(string text, int offset)
    {
        int start = LastWordStart(text[..offset]);
        int end = offset;
        while (end < text.Length && !char.IsWhiteSpace(text[end]))
        {
            end++;
        }

        int colon = text.IndexOfAny([':', '<', '>'], start, offset - start);
        int value = colon < 0 ? start : colon + (colon + 1 < end && text[colon + 1] == '=' ? 2 : 1);
        while (end > value && text[end - 1] is ')' or '}')
        {
            end--;
        }

        if (value < end && !text.AsSpan(value, end - value).Contains('"'))
        {
            yield return $"{text[..value]}{KqlWriting.Quoted(text[value..end])}{text[end..]}";
        }

        if (offset < text.Length && text[offset] is '"' or '\\')
        {
            yield return $"{text[..offset]}\\{text[offset..]}";
        }
    }

    /// <summary>What closes the quotes and brackets that stay open at the end.</summary>
    private static string Unclosed(string text)
    {
        var open = new Stack<char>();
        bool quoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '\\')
            {
                i++;
            }
            else if (c == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted && c is '(' or '{' or '[')
            {
                open.Push(c);
            }
            else if (!quoted && c is ')' or '}' or ']' && open.Count > 0)
            {
                open.Pop();
            }
        }

        var closers = new StringBuilder(quoted ? "\"" : "");
        while (open.TryPop(out char c))
        {
            closers.Append(c switch { '(' => ')', '{' => '}', _ => ']' });
        }

        return closers.ToString();
    }

    private static int LastWordStart(string text)
    {
        int start = text.Length;
        while (start > 0 && !char.IsWhiteSpace(text[start - 1]) && text[start - 1] is not ('(' or '{'))
        {
            start--;
        }

        return start;
    }

    private static string WithoutLastWord(string text)
    {
        string trimmed = text.TrimEnd();
        return trimmed[..LastWordStart(trimmed)].TrimEnd();
    }
}
