using LogView.Client.Contracts.Query;
using LogView.Client.Language.Kql;
using LogView.Client.Language.Lucene;

namespace LogView.Client.Language;

/// <summary>Text → tree. Pure; never throws for any text.</summary>
public static class QueryParser
{
    public static ParseResult Parse(string text, QueryLanguage language = QueryLanguage.LogView)
    {
        if (text.Length > LanguageLimits.MaxQueryLength)
        {
            string expected = $"a query of at most {LanguageLimits.MaxQueryLength} characters";
            return new ParseResult(null, QueryErrors.Whole(text, expected, $"{text.Length} characters"));
        }

        ParseResult result = ParseOnly(text, language);
        return result.Error is { } error && QueryFixes.Suggest(text, error, language) is { } suggestion
            ? new ParseResult(null, error with { Suggestion = suggestion })
            : result;
    }

    /// <summary>Without looking for a suggestion: what <see cref="QueryFixes"/> tries its ideas with.</summary>
    internal static ParseResult ParseOnly(string text, QueryLanguage language) =>
        language == QueryLanguage.Lucene ? ParseLucene(text, []) : KqlParser.Parse(text);

    internal static ParseResult ParseLucene(string text, List<QueryNote> notes)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return new ParseResult(new MatchAllNode(), null);
        }

        return LuceneParser.Parse(text, out QueryError? error) is { } tree
            ? new ParseResult(new LuceneMeaning(notes).Of(tree), null)
            : new ParseResult(null, error);
    }
}

/// <summary>Exactly one of the two is set.</summary>
public sealed record ParseResult(QueryNode? Node, QueryError? Error);
