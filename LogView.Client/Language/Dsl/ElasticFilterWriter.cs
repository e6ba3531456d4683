using System.Globalization;
using System.Text.Json.Nodes;
using LogView.Client.Contracts.Search;
using LogView.Client.Language.Patterns;

namespace LogView.Client.Language.Dsl;

/// <summary>Filter pills in the shape Kibana gives them. Negation is the caller's.</summary>
internal static class ElasticFilterWriter
{
    public static JsonObject Write(SearchFilter filter)
    {
        if (filter.Is is { } value)
        {
            return Wrap("match_phrase", filter.Field, new JsonObject { ["query"] = Value(value) });
        }

        if (filter.OneOf is { } values)
        {
            var should = new JsonArray([.. values.Select(v => Wrap("match_phrase", filter.Field, Value(v)))]);
            return new JsonObject { ["bool"] = new JsonObject { ["should"] = should, ["minimum_should_match"] = 1 } };
        }

        if (filter.Pattern is { } pattern)
        {
            return Wrap("regexp", filter.Field, new JsonObject { ["value"] = ElasticPatterns.ToLuceneRegex(MessageTemplate.ToRegex(pattern)) });
        }

        var bounds = new JsonObject();
        Add(bounds, "gte", filter.Gte);
        Add(bounds, "gt", filter.Gt);
        Add(bounds, "lte", filter.Lte);
        Add(bounds, "lt", filter.Lt);
        if (bounds.Count > 0)
        {
            return Wrap("range", filter.Field, bounds);
        }

        var exists = new JsonObject { ["exists"] = new JsonObject { ["field"] = filter.Field } };
        return filter.Exists is false ? new JsonObject { ["bool"] = new JsonObject { ["must_not"] = exists } } : exists;
    }

    private static JsonObject Wrap(string kind, string field, JsonNode value) => new() { [kind] = new JsonObject { [field] = value } };

    private static void Add(JsonObject bounds, string name, string? value)
    {
        if (value is not null)
        {
            bounds[name] = Value(value);
        }
    }

    /// <summary>A plain whole number is sent as one.</summary>
    private static JsonValue Value(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            && number.ToString(CultureInfo.InvariantCulture).Equals(text, StringComparison.Ordinal)
            ? JsonValue.Create(number) : JsonValue.Create(text);
}
