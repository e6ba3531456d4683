using System.Text.Json.Nodes;
using LogView.Client.Contracts.Query;
using LogView.Client.Contracts.Search;

namespace LogView.Client.Language.Dsl;

/// <summary>
/// Query nodes → Elasticsearch's query DSL, in the shape Kibana gives to the same query (kbn-es-query). Pure. A regular expression is sent in
/// the nearest form Lucene has, which can find more than asked: the engine checks such hits with <see cref="Matcher"/>.
/// </summary>
public static class ElasticQueryWriter
{
    public static JsonObject Write(QueryNode node, ElasticQueryOptions options) => new ElasticNodeWriter(options).Write(node, path: "");

    /// <summary>A query and its filters as one <c>bool</c>: nothing scores, negated filters exclude, disabled ones are left out.</summary>
    public static JsonObject WriteSearch(QueryNode? query, IReadOnlyList<SearchFilter> filters, ElasticQueryOptions options)
    {
        var filter = new JsonArray();
        var mustNot = new JsonArray();
        if (query is not null)
        {
            filter.Add((JsonNode)Write(query, options));
        }

        foreach (SearchFilter pill in filters.Where(f => !f.Disabled))
        {
            JsonArray place = pill.Negate ? mustNot : filter;
            place.Add((JsonNode)ElasticFilterWriter.Write(pill));
        }

        return new JsonObject
        {
            ["bool"] = new JsonObject { ["must"] = new JsonArray(), ["filter"] = filter, ["should"] = new JsonArray(), ["must_not"] = mustNot },
        };
    }
}
