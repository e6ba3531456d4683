using LogView.Client.Contracts.Query;
using LogView.Client.Contracts.Search;
using LogView.Client.Language;

namespace LogView.Server.Search;

/// <summary>What a query means: its canonical text and tree, or why it is none. Exactly one of <see cref="Node"/> and <see cref="Error"/> is set.</summary>
public sealed record QueryExplanation(string? Canonical, QueryNode? Node, QueryError? Error, IReadOnlyList<SearchNote> Notes)
{
    public static QueryExplanation Of(string query, QueryLanguage language)
    {
        ParseResult parsed = QueryParser.Parse(query, language);
        return parsed.Node is { } node
            ? new QueryExplanation(QueryPrinter.Print(node), node, null, NotesOf(query, language))
            : new QueryExplanation(null, null, parsed.Error, []);
    }

    /// <summary>Parts of the text that do not mean what they may look like.</summary>
    public static IReadOnlyList<SearchNote> NotesOf(string query, QueryLanguage language) =>
        [.. QueryNotes.Of(query, language).Select(n => new SearchNote(n.Code, n.Message))];
}
