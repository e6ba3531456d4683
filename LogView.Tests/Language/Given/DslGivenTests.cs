using System.Text.Json.Nodes;
using LogView.Client.Contracts.Query;
using LogView.Client.Contracts.Search;
using LogView.Client.Language;
using LogView.Client.Language.Dsl;

namespace LogView.Tests.Language.Given;

/// <summary>Kibana's query DSL for KQL and for filter pills.</summary>
public sealed class DslGivenTests
{
    [Fact]
    public void Write_GivenKql_IsKibanasDsl() => GivenCases.CheckAll(
        GivenCases.Read("kql_given.json", c => (c.Text("kind") == "dsl" ? c["expect"] : c["dsl"]) is not null), given =>
        {
            string query = given.Text("query")!;
            QueryNode node = QueryParser.Parse(query).Node!;
            if (Differs.Dsl(query, node))
            {
                return null;
            }

            JsonNode expected = (given["dsl"] ?? given["expect"])!;
            JsonObject dsl = ElasticQueryWriter.Write(node, Options(given));
            return GivenCases.JsonEquals(expected, dsl) ? null : $"expected {expected.ToJsonString()}, found {dsl.ToJsonString()}";
        });

    [Fact]
    public void WriteSearch_GivenFilters_ArePlacedAsKibanaDoes() => GivenCases.CheckAll(GivenCases.Read("filters_given.json"), given =>
    {
        // Filters that are DSL themselves, and Lucene text that Kibana passes on unread, have no like in LogView.
        SearchFilter?[] filters = [.. given["filters"]!.AsArray().Select(f => Pill(f!.AsObject()))];
        QueryNode? query = given["queries"]!.AsArray() is [{ } q] && q["query"] is JsonValue text
            ? QueryParser.Parse(text.GetValue<string>(), QueryLanguage.Lucene).Node : null;
        JsonObject dsl = ElasticQueryWriter.WriteSearch(query, [.. filters.OfType<SearchFilter>()], ElasticQueryOptions.None);

        return Expect("filter", false) ?? Expect("must_not", true);

        string? Expect(string place, bool negate)
        {
            JsonNode[] enabled = [.. filters.Zip(given["dsl"]!["bool"]!["filter"]!.AsArray().Concat(given["dsl"]!["bool"]!["must_not"]!.AsArray()))
                .Where(p => p.First is { Disabled: false } f && f.Negate == negate).Select(p => p.Second!.DeepClone())];
            JsonArray found = dsl["bool"]![place]!.AsArray();
            JsonNode[] pills = [.. found.Skip(query is not null && !negate ? 1 : 0).Select(n => n!)];
            return pills.Length == enabled.Length && pills.Zip(enabled).All(p => JsonNode.DeepEquals(p.First, p.Second))
                ? null : $"{place}: expected {new JsonArray([.. enabled]).ToJsonString()}, found {found.ToJsonString()}";
        }
    });

    private static ElasticQueryOptions Options(JsonObject given)
    {
        JsonObject config = given["config"]?.AsObject() ?? [];
        return new ElasticQueryOptions
        {
            Fields = given.Text("fields") == "stub" ? Stub(given) : null,
            CaseInsensitive = config["caseInsensitive"]?.GetValue<bool>(),
            TimeZone = config.Text("dateFormatTZ"),
        };
    }

    private static List<ElasticField> Stub(JsonObject given)
    {
        JsonArray stub = given.Root["fieldsStub"]!.AsArray();
        return [.. stub.Where(f => !f!["scripted"]!.GetValue<bool>()).Select(f => new ElasticField(
            f!["name"]!.GetValue<string>(), f["esTypes"]?[0]!.GetValue<string>() ?? f["type"]!.GetValue<string>(), f["subType"]?["nested"]?["path"]?.GetValue<string>()))];
    }

    /// <summary>A Kibana filter as a pill; null for one that is DSL.</summary>
    private static SearchFilter? Pill(JsonObject filter)
    {
        JsonNode meta = filter["meta"]!;
        SearchFilter Make(string field) => new()
        {
            Field = field,
            Negate = meta["negate"]?.GetValue<bool>() ?? false,
            Disabled = meta["disabled"]?.GetValue<bool>() ?? false,
        };
        if (filter["exists"] is { } exists)
        {
            return Make(exists["field"]!.GetValue<string>());
        }

        if (filter["range"] is JsonObject range)
        {
            (string field, JsonNode? bounds) = range.First();
            string? Bound(string name) => bounds![name]?.ToString();
            return Make(field) with { Gte = Bound("gte"), Gt = Bound("gt"), Lte = Bound("lte"), Lt = Bound("lt") };
        }

        if (filter["query"]?["match"] is JsonObject match)
        {
            (string field, JsonNode? phrase) = match.First();
            return Make(field) with { Is = phrase!["query"]!.ToString() };
        }

        return meta["params"] is JsonArray values ? Make(meta["key"]!.GetValue<string>()) with { OneOf = [.. values.Select(v => v!.ToString())] } : null;
    }
}
