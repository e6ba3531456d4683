using System.Text.Json.Nodes;
using LogView.Client.Contracts.Query;
using LogView.Client.Language;
using LogView.Client.Language.Lucene;

namespace LogView.Tests.Language.Given;

/// <summary>Answers of Lucene's own parser, <c>lucene_given.json</c>.</summary>
public sealed class LuceneGivenTests
{
    private const string File = "lucene_given.json";

    [Fact]
    public void Parse_GivenQuery_HasLucenesTree() => GivenCases.CheckAll(GivenCases.Read(File, c => c["tree"] is not null), given =>
    {
        LuceneNode? tree = LuceneParser.Parse(given.Text("query")!, out QueryError? error, given.Text("defaultOperator") == "AND");
        if (tree is null)
        {
            return $"expected a tree, found {error}";
        }

        bool lower = given.Text("analyzer") == "simple-lowercase" || given["lowercaseExpandedTerms"]?.GetValue<bool>() == true;
        JsonObject json = new LuceneJson(given.Text("analyzer"), lower, given.Text("defaultOperator") == "AND").Write(tree);
        return GivenCases.JsonEquals(json, given["tree"]) ? null : $"expected {given["tree"]!.ToJsonString()}, found {json.ToJsonString()}";
    });

    [Fact]
    public void Parse_GivenQuery_GetsAMeaning() => GivenCases.CheckAll(GivenCases.Read(File, c => c["tree"] is not null), given =>
        QueryParser.Parse(given.Text("query")!, QueryLanguage.Lucene) is { Node: { } node } && Equals(QueryParser.Parse(QueryPrinter.Print(node)).Node, node)
            ? null : "has no meaning that prints");

    [Fact]
    public void Parse_GivenError_SaysWhere() => GivenCases.CheckAll(GivenCases.Read(File, c => c["error"] is not null), given =>
    {
        QueryError? error = QueryParser.Parse(given.Text("query")!, QueryLanguage.Lucene).Error;
        string message = given.Text("message") ?? "";
        int column = message.IndexOf("column ", StringComparison.Ordinal);
        bool hasPlace = column >= 0 && message.Contains(": Encountered", StringComparison.Ordinal);
        int offset = hasPlace ? int.Parse(message[(column + 7)..].TrimEnd('.'), System.Globalization.CultureInfo.InvariantCulture) : -1;
        return error is null ? "expected an error" : hasPlace && error.Offset != offset ? $"expected an error at {offset}, found {error.Offset}: {error}" : null;
    });

    [Fact]
    public void LuceneLiteral_GivenValue_IsLucenesEscape() => GivenCases.CheckAll(GivenCases.Read(File, c => c.Text("kind") == "upstream-escape"), given =>
        QueryPrinter.LuceneLiteral(given.Text("value")!) is var escaped && escaped == given.Text("expect") ? null : $"expected {given.Text("expect")}, found {escaped}");
}
