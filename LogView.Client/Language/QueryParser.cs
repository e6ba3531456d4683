using LogView.Client.Contracts.Query;
using LogView.Client.Language.Kql;

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

        return KqlParser.Parse(text);
    }
}

/// <summary>Exactly one of the two is set.</summary>
public sealed record ParseResult(QueryNode? Node, QueryError? Error);
