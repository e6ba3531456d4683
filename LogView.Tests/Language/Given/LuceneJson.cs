using System.Text.Json.Nodes;
using LogView.Client.Language.Lucene;

namespace LogView.Tests.Language.Given;

/// <summary>LogView's Lucene tree in the shape of the given ones, with the analyzer they were made with.</summary>
internal sealed class LuceneJson(string? analyzer, bool lower, bool defaultAnd)
{
    public JsonObject Write(LuceneNode node)
    {
        JsonObject json = node switch
        {
            LuceneNode.Bool group => Bool(group),
            LuceneNode.Text text => Words(text.Field, Analyze(text.Value), slop: null),
            LuceneNode.Phrase phrase => Words(phrase.Field, Analyze(phrase.Value), phrase.Slop),
            LuceneNode.Wildcard { Field: "*", Pattern: "*" } => new JsonObject { ["type"] = "match_all" },
            LuceneNode.Wildcard { IsPrefix: true } prefix => Leaf("prefix", prefix.Field, Lower(LuceneEscapes.Remove(prefix.Pattern[..^1]))),
            LuceneNode.Wildcard wildcard => Leaf("wildcard", wildcard.Field, Lower(wildcard.Pattern)),
            LuceneNode.Regex regex => new JsonObject { ["type"] = "regexp", ["str"] = $"{(regex.Field is null ? "" : $"{regex.Field}:")}/{regex.Pattern}/" },
            LuceneNode.Fuzzy fuzzy => With(Leaf("fuzzy", fuzzy.Field, Lower(fuzzy.Value)), "edits", fuzzy.Edits),
            LuceneNode.Range range => Range(range),
            _ => throw new InvalidOperationException(),
        };
        if (node.Boost is { } boost && boost != 1)
        {
            json["boost"] = boost == Math.Floor(boost) ? JsonValue.Create((long)boost) : JsonValue.Create(boost);
        }

        return json;
    }

    private static JsonObject Leaf(string type, string? field, string value) => new() { ["type"] = type, ["field"] = field ?? "field", ["value"] = value };

    private static JsonObject With(JsonObject json, string name, JsonNode value)
    {
        json[name] = value;
        return json;
    }

    private JsonObject Bool(LuceneNode.Bool group)
    {
        var clauses = new JsonArray();
        foreach (LuceneClause clause in group.Clauses)
        {
            string occur = clause.Occur switch { LuceneOccur.Must => "must", LuceneOccur.MustNot => "must_not", _ => "should" };
            clauses.Add((JsonNode)new JsonObject { ["occur"] = occur, ["query"] = Write(clause.Node) });
        }

        return new JsonObject { ["type"] = "bool", ["clauses"] = clauses };
    }

    private JsonObject Words(string? field, string[] words, int? slop)
    {
        if (words.Length == 1)
        {
            return Leaf("term", field, words[0]);
        }

        if (slop is not null && words.Length > 0)
        {
            return new JsonObject { ["type"] = "phrase", ["field"] = field ?? "field", ["terms"] = new JsonArray([.. words.Select(w => JsonValue.Create(w))]), ["slop"] = slop };
        }

        JsonNode[] clauses = [.. words.Select(w => new JsonObject { ["occur"] = defaultAnd ? "must" : "should", ["query"] = Leaf("term", field, w) })];
        return new JsonObject { ["type"] = "bool", ["clauses"] = new JsonArray(clauses) };
    }

    private JsonObject Range(LuceneNode.Range range) => new()
    {
        ["type"] = "range",
        ["field"] = range.Field ?? "field",
        ["lower"] = range.Lower is null ? null : Lower(range.Lower.Text),
        ["upper"] = range.Upper is null ? null : Lower(range.Upper.Text),
        ["includeLower"] = range.IncludeLower,
        ["includeUpper"] = range.IncludeUpper,
    };

    private string Lower(string text) => lower ? text.ToLowerInvariant() : text;

    private string[] Analyze(string text) => analyzer == "simple-lowercase"
        ? new string([.. text.Select(c => char.IsLetter(c) ? char.ToLowerInvariant(c) : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries)
        : text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
