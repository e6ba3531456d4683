using System.Text.Json.Nodes;
using LogView.Client.Language.Completion;

namespace LogView.Tests.Language.Given;

/// <summary>Kibana's completion contexts.</summary>
public sealed class CompletionGivenTests
{
    [Fact]
    public void At_GivenCursor_HasKibanasContext() => GivenCases.CheckAll(GivenCases.Read("kql_given.json", c => c.Text("kind") == "autocomplete"), given =>
    {
        string marked = given.Text("query")!;
        CompletionContext context = QueryCompletion.At(marked.Replace("|", "", StringComparison.Ordinal), marked.IndexOf('|', StringComparison.Ordinal));
        if (Differs.Completion.Contains(marked))
        {
            return null;
        }

        JsonNode expected = given["expect"]!;
        var found = new JsonObject
        {
            ["type"] = "cursor",
            ["start"] = context.Start,
            ["end"] = context.End,
            ["prefix"] = context.Prefix,
            ["suffix"] = context.Suffix,
            ["text"] = context.Text,
            ["suggestionTypes"] = new JsonArray([.. Enum.GetValues<CompletionKinds>().Where(k => k != CompletionKinds.None && context.Kinds.HasFlag(k))
                .Select(k => JsonValue.Create(k.ToString().ToLowerInvariant()))]),
        };
        Add(found, "fieldName", context.FieldName);
        Add(found, "nestedPath", context.NestedPath);
        return GivenCases.JsonEquals(found, expected) ? null : $"expected {expected.ToJsonString()}, found {found.ToJsonString()}";
    });

    private static void Add(JsonObject json, string name, string? value)
    {
        if (value is not null)
        {
            json[name] = value;
        }
    }
}
