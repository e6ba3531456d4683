using LogView.Client.Contracts.Query;

namespace LogView.Client.Language;

/// <summary>Something about a valid query that its writer should know. <paramref name="Code"/> is stable for programs.</summary>
public sealed record QueryNote(string Code, string Message);

/// <summary>What a query says that LogView does not do, or that is likely not what was meant.</summary>
public static class QueryNotes
{
    internal static readonly QueryNote BoostIgnored = new("boost_ignored", "Boosts (^) change scores only; events are not scored.");

    internal static readonly QueryNote OptionalIgnored =
        new("optional_ignored", "Clauses without + or AND beside required ones change scores only; they do not narrow the result.");

    /// <summary>Each note once, in the order of the text. Empty for a text that does not parse.</summary>
    public static IReadOnlyList<QueryNote> Of(string text, QueryLanguage language)
    {
        ParseResult result = QueryParser.Parse(text, language);
        if (result.Node is null)
        {
            return [];
        }

        List<QueryNote> notes = [];
        if (language == QueryLanguage.Lucene)
        {
            QueryParser.ParseLucene(text, notes);
        }
        else
        {
            AddSigns(result.Node, notes);
        }

        return [.. notes.Distinct()];
    }

    private static void AddSigns(QueryNode node, List<QueryNote> notes)
    {
        switch (node)
        {
            case AndNode and:
                foreach (QueryNode child in and.Children)
                {
                    AddSigns(child, notes);
                }

                break;
            case OrNode or:
                foreach (QueryNode child in or.Children)
                {
                    AddSigns(child, notes);
                }

                break;
            case TermNode { Field.IsDefault: true, Text: ['-' or '!', not ('-' or '!'), ..] } term:
                notes.Add(new QueryNote("minus_is_text", $"'{term.Text}' looks for the word; to leave it out write 'not {term.Text[1..]}'."));
                break;
        }
    }
}
