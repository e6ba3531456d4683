using LogView.Client.Contracts.Query;

namespace LogView.Tests.Language.Given;

/// <summary>Given cases that LogView answers otherwise on purpose; docs/query-language.md says why.</summary>
internal static class Differs
{
    /// <summary>Regular expressions, and a field name with blanks that needs quotes.</summary>
    public static readonly HashSet<string> Tree = ["extension:/jp.*/", "bytes => 5"];

    /// <summary>Clauses next to each other are joined by and.</summary>
    public static readonly HashSet<string> AcceptedAsAnd =
        ["foo not bar", "\"a\" \"b\"", "a \"b\"", "\"a\" b", "a:\"b\" c", "a:b \"c\"", "a:b (c)"];

    /// <summary>Kibana's print of a regular expression is its text.</summary>
    public static readonly HashSet<string> Print = ["extension:/jp.*/", "bytes => 5"];

    /// <summary>
    /// The star alone is every event; words without a field are clauses of their own; <c>?</c> is a wildcard; regular expressions. Scripted fields do
    /// not exist, and a range on a pattern that no field fits is one on the pattern.
    /// </summary>
    public static bool Dsl(string query, QueryNode node) =>
        query is "*" or "bytes => 5" || query.Contains('?', StringComparison.Ordinal) && !query.Contains('"', StringComparison.Ordinal)
        || node is RegexNode || node is AndNode { Children: var words } && words.Any(w => w is TermNode { Field.IsDefault: true }) && !query.Contains(" and ", StringComparison.OrdinalIgnoreCase);

    /// <summary>Kibana's own escape of not reads back as a line break.</summary>
    public static readonly HashSet<string> Escape = ["foo and bar or not baz"];

    /// <summary>Unfinished text has a context too, and each word without a field is a clause of its own.</summary>
    public static readonly HashSet<string> Completion = ["(foo|", "n:{|", "foo bar|"];
}
