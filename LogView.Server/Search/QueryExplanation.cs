using LogView.Client.Contracts.Query;
using LogView.Client.Language;

namespace LogView.Server.Search;

/// <summary>What a query means: its canonical text and tree, or why it is none. Exactly one of <see cref="Node"/> and <see cref="Error"/> is set.</summary>
public sealed record QueryExplanation(string? Canonical, QueryNode? Node, QueryError? Error)
{
    public static QueryExplanation Of(string query, QueryLanguage language)
    {
        ParseResult parsed = QueryParser.Parse(query, language);
        return parsed.Node is { } node
            ? new QueryExplanation(QueryPrinter.Print(node), node, null)
            : new QueryExplanation(null, null, parsed.Error);
    }
}
