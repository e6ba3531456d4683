using LogView.Client.Contracts.Query;

namespace LogView.Client.Language;

/// <summary>Text → tree. Pure; never throws for any text.</summary>
public static class QueryParser
{
    public static ParseResult Parse(string text, QueryLanguage language = QueryLanguage.LogView) => throw new NotSupportedException();
}

/// <summary>Exactly one of the two is set.</summary>
public sealed record ParseResult(QueryNode? Node, QueryError? Error);
