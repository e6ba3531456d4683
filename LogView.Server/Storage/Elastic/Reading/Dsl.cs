using System.Text.Json.Nodes;
using LogView.Client.Contracts.Events;

namespace LogView.Server.Storage.Elastic.Reading;

/// <summary>Short words for Elasticsearch's query DSL.</summary>
internal static class Dsl
{
    /// <summary>Nine digits of a second, whatever the mapping's own format is.</summary>
    public const string InstantFormat = "strict_date_optional_time_nanos";

    public static JsonObject All => new() { ["match_all"] = new JsonObject() };

    public static JsonObject None => new() { ["match_none"] = new JsonObject() };

    public static JsonObject Exists(string field) => new() { ["exists"] = new JsonObject { ["field"] = field } };

    public static JsonObject Term(string field, JsonNode value) => On("term", field, value);

    public static JsonObject Terms(string field, IEnumerable<string> values) => On("terms", field, new JsonArray([.. values.Select(v => JsonValue.Create(v))]));

    public static JsonObject On(string kind, string field, JsonNode value) => new() { [kind] = new JsonObject { [field] = value } };

    public static JsonObject Named(string name, JsonNode value) => new() { [name] = value };

    public static JsonObject And(IReadOnlyList<JsonObject> clauses) => clauses.Count == 1 ? clauses[0] : Bool("filter", clauses);

    public static JsonObject Or(IReadOnlyList<JsonObject> clauses) => clauses.Count switch
    {
        0 => None,
        1 => clauses[0],
        _ => Bool("should", clauses),
    };

    public static JsonObject Not(JsonObject clause) => Bool("must_not", [clause]);

    /// <summary>Without a bound that is open. An instant before 1970 is not one of the cluster's nanosecond dates; its events are odd.</summary>
    public static JsonObject Instants(string field, Timestamp first, Timestamp last)
    {
        if (last.UnixNanoseconds < 0 || last < first)
        {
            return None;
        }

        var bounds = new JsonObject();
        if (first.UnixNanoseconds > 0)
        {
            bounds["gte"] = first.ToString();
        }

        if (last != Timestamp.MaxValue)
        {
            bounds["lte"] = last.ToString();
        }

        if (bounds.Count == 0)
        {
            return Exists(field);
        }

        bounds["format"] = InstantFormat;
        return On("range", field, bounds);
    }

    public static JsonObject Addresses(string field, UInt128 first, UInt128 last) =>
        On("range", field, new JsonObject { ["gte"] = Indices.Addresses.Format(first), ["lte"] = Indices.Addresses.Format(last) });

    /// <summary>Words next to each other; <paramref name="tokens"/> as they are indexed, with a space between.</summary>
    public static JsonObject Phrase(string field, string tokens) => tokens.Contains(' ', StringComparison.Ordinal)
        ? On("match_phrase", field, new JsonObject { ["query"] = tokens, ["analyzer"] = "whitespace" })
        : Term(field, tokens);

    private static JsonObject Bool(string occurrence, IReadOnlyList<JsonObject> clauses) =>
        new() { ["bool"] = new JsonObject { [occurrence] = new JsonArray([.. clauses]) } };
}
