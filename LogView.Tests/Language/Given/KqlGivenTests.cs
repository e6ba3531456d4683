using System.Text.Json.Nodes;
using LogView.Client.Contracts.Query;
using LogView.Client.Language;

namespace LogView.Tests.Language.Given;

/// <summary>Kibana's own answers to KQL, <c>kql_given.json</c>.</summary>
public sealed class KqlGivenTests
{
    private const string File = "kql_given.json";

    [Fact]
    public void Parse_GivenQuery_HasKibanasTree() => GivenCases.CheckAll(
        GivenCases.Read(File, c => (c["expect"] ?? c["ast"]) is JsonObject tree && tree["type"]?.GetValue<string>() == "function"),
        given => Differs.Tree.Contains(given.Text("query")!) ? null : Tree(given));

    [Fact]
    public void Parse_GivenLiteral_HasKibanasValue() => GivenCases.CheckAll(GivenCases.Read(File, c => c.Text("kind") == "literal"), given =>
    {
        string text = KqlTree.Plain(given["expect"]!);
        bool quoted = given["expect"]!["isQuoted"]!.GetValue<bool>();
        QueryNode expected = quoted ? new PhraseNode(FieldTarget.Of("f"), text) : new TermNode(FieldTarget.Of("f"), text);
        QueryNode? node = QueryParser.Parse($"f:{given.Text("query")}").Node;

        return Equals(expected, node) ? null : $"expected {expected}, found {node}";
    });

    [Fact]
    public void Parse_GivenError_HasKibanasPositionAndSense() => GivenCases.CheckAll(GivenCases.Read(File, c => c.Text("kind") == "error"), given =>
    {
        string query = given.Text("query")!;
        QueryError? error = QueryParser.Parse(query).Error;
        if (Differs.AcceptedAsAnd.Contains(query))
        {
            return error is null ? null : $"expected no error, found {error}";
        }

        string message = given.Text("message") ?? given.Text("expectMessage")!;
        int offset = message[(message.LastIndexOf('\n') + 1)..].IndexOf('^', StringComparison.Ordinal);
        return error is null ? "expected an error"
            : error.Offset != offset ? $"expected an error at {offset}, found {error} at {error.Offset}"
            : Sense(message.Split('\n')[0], error);
    });

    [Fact]
    public void Print_GivenQuery_MeansTheSameAsKibanasPrint() => GivenCases.CheckAll(
        GivenCases.Read(File, c => (c.Text("kql") ?? (c.Text("kind") == "toKql" ? c.Text("expect") : null)) is not null), given =>
        {
            string query = given.Text("query")!;
            QueryNode? node = QueryParser.Parse(query).Node;
            QueryNode? again = QueryParser.Parse(given.Text("kql") ?? given.Text("expect")!).Node;

            return Differs.Print.Contains(query) || Equals(node, again) ? null : $"expected {again}, found {node}";
        });

    [Fact]
    public void Unquoted_GivenValue_ReadsBackAsKibanasEscapes() => GivenCases.CheckAll(GivenCases.Read(File, c => c.Text("kind") == "escape"), given =>
    {
        string value = given.Text("value")!;
        QueryNode expected = new TermNode(FieldTarget.Of("f"), value);
        string ours = QueryPrinter.Unquoted(value), theirs = given.Text("expect")!;

        return !Equals(QueryParser.Parse($"f: {ours}").Node, expected) ? $"{ours} does not read back"
            : Differs.Escape.Contains(value) || Equals(QueryParser.Parse($"f: {theirs}").Node, expected) ? null
            : $"{theirs} does not read back";
    });

    [Fact]
    public void Parse_LeadingWildcard_IsAlwaysAllowed() => GivenCases.CheckAll(
        GivenCases.Read(File, c => c.Text("kind") == "leadingWildcardsDisabled"), given => QueryParser.Parse(given.Text("query")!).Error?.ToString());

    private static string? Tree(JsonObject given)
    {
        QueryNode expected = KqlTree.ToNode((given["expect"] ?? given["ast"])!);
        ParseResult result = QueryParser.Parse(given.Text("query")!);
        return Equals(expected, result.Node) ? null : $"expected {QueryPrinter.Print(expected)}, found {(result.Node is { } n ? QueryPrinter.Print(n) : result.Error)}";
    }

    /// <summary>The same found, and what Kibana expected is named.</summary>
    private static string? Sense(string message, QueryError error)
    {
        int but = message.LastIndexOf(" but ", StringComparison.Ordinal);
        string found = message[(but + 5)..];
        message = message[..but];
        bool sameFound = found.StartsWith("end of input", StringComparison.Ordinal) ? error.Found == "end" : error.Found[0] == '\'' && found[1] == error.Found[1];
        bool sameExpected = message.Contains("value", StringComparison.Ordinal) || message.Contains("literal", StringComparison.Ordinal)
            ? error.Expected.Contains("value", StringComparison.Ordinal) || error.Expected.Contains("word", StringComparison.Ordinal)
                || error.Expected.Contains("closing", StringComparison.Ordinal)
            : error.Expected.Contains("and", StringComparison.Ordinal)
                && (!message.Contains("\"}\"", StringComparison.Ordinal) || error.Expected.Contains('}', StringComparison.Ordinal))
                && (!message.Contains("\")\"", StringComparison.Ordinal) || error.Expected.Contains(')', StringComparison.Ordinal));
        return sameFound && sameExpected ? null : $"'{message}' is not the sense of '{error}'";
    }
}
