using System.Text.Json.Nodes;
using LogView.Client.Contracts.Query;

namespace LogView.Client.Language.Dsl;

internal sealed class ElasticNodeWriter(ElasticQueryOptions options)
{
    /// <param name="node">The query.</param>
    /// <param name="path">Path of the nested objects around it with a dot at the end, or empty.</param>
    public JsonObject Write(QueryNode node, string path) => node switch
    {
        MatchAllNode => new JsonObject { ["match_all"] = new JsonObject() },
        MatchNoneNode => new JsonObject { ["match_none"] = new JsonObject() },
        AndNode and => Bool("filter", new JsonArray([.. and.Children.Select(c => Write(c, path))])),
        OrNode or => AnyOf([.. or.Children.Select(c => Write(c, path))]),
        NotNode not => Bool("must_not", Write(not.Child, path)),
        NestedNode nested => Nested(path + nested.Path.Value, Write(nested.Child, $"{path}{nested.Path.Value}.")),
        TermNode { Field.IsDefault: true } term => MultiMatch("best_fields", Literal(term.Text)),
        PhraseNode { Field.IsDefault: true } phrase => MultiMatch("phrase", JsonValue.Create(phrase.Text), phrase.Slop),
        WildcardNode { Field.IsDefault: true } wildcard => QueryString(wildcard.Pattern, field: null),
        TermNode term => OnFields(term.Field, path, f => Term(f, term)),
        PhraseNode phrase => OnFields(phrase.Field, path, f => Phrase(f, phrase)),
        WildcardNode wildcard => OnFields(wildcard.Field, path, f => Wildcard(f, wildcard)),
        ExistsNode exists => OnFields(exists.Field, path, f => new JsonObject { ["exists"] = new JsonObject { ["field"] = f.Name } }),
        RangeNode range => OnFields(range.Field, path, f => Range(f, range)),
        RegexNode regex => OnFields(regex.Field, path, f => Regex(f, regex)),
        FuzzyNode fuzzy => OnFields(fuzzy.Field, path, f => Fuzzy(f, fuzzy)),
        _ => throw new ArgumentOutOfRangeException(nameof(node), node, "Unknown node."),
    };

    private static JsonObject Bool(string occurrence, JsonNode clauses) => new() { ["bool"] = new JsonObject { [occurrence] = clauses } };

    private static JsonObject AnyOf(JsonNode[] clauses) =>
        new() { ["bool"] = new JsonObject { ["should"] = new JsonArray(clauses), ["minimum_should_match"] = 1 } };

    private static JsonObject Nested(string path, JsonObject query) =>
        new() { ["nested"] = new JsonObject { ["path"] = path, ["query"] = query, ["score_mode"] = "none" } };

    private static JsonObject On(string kind, ElasticField field, JsonNode? value) => new() { [kind] = new JsonObject { [field.Name] = value } };

    /// <summary>Unquoted <c>true</c>, <c>false</c> and <c>null</c> are JSON's, as in KQL.</summary>
    private static JsonValue? Literal(string text) => text switch
    {
        "true" => JsonValue.Create(true),
        "false" => JsonValue.Create(false),
        "null" => null,
        _ => JsonValue.Create(text),
    };

    private JsonObject MultiMatch(string type, JsonNode? query, int slop = 0)
    {
        var match = new JsonObject { ["type"] = type, ["query"] = query, ["lenient"] = true };
        if (slop > 0)
        {
            match["slop"] = slop;
        }

        return new JsonObject { ["multi_match"] = WithDefaultFields(match) };
    }

    private JsonObject QueryString(string pattern, ElasticField? field)
    {
        var query = new JsonObject { ["query"] = ElasticPatterns.ToQueryString(pattern) };
        if (field is not null)
        {
            query["fields"] = new JsonArray(field.Name);
        }

        return new JsonObject { ["query_string"] = field is null ? WithDefaultFields(query) : query };
    }

    private JsonObject WithDefaultFields(JsonObject query)
    {
        if (options.DefaultFields is { } fields)
        {
            query["fields"] = new JsonArray([.. fields.Select(f => JsonValue.Create(f))]);
        }

        return query;
    }

    /// <summary>The clause on each field the target stands for; on the name itself where the mapping has none or is unknown.</summary>
    private JsonObject OnFields(FieldTarget target, string path, Func<ElasticField, JsonObject> write)
    {
        string name = target.IsDefault ? "*" : path + target.Name;
        ElasticField[] known = [.. (options.Fields ?? []).Where(f => target.IsPattern ? WildcardPattern.Matches(name, f.Name) : f.Name.Equals(name, StringComparison.Ordinal))];
        ElasticField[] fields = known.Length > 0 ? known : [new ElasticField(name, "")];
        bool wrap = target.IsPattern && path.Length == 0;
        return AnyOf([.. fields.Select(f => wrap && f.NestedPath is { } nested ? Nested(nested, write(f)) : write(f))]);
    }

    private JsonObject Term(ElasticField field, TermNode term) =>
        field.IsDate ? DateRange(field, term.Text)
        : field.IsKeyword || term.IgnoreCase ? On("term", field, Keyword(Literal(term.Text), term.IgnoreCase))
        : On("match", field, Literal(term.Text));

    private JsonObject Phrase(ElasticField field, PhraseNode phrase) =>
        field.IsDate ? DateRange(field, phrase.Text)
        : field.IsKeyword || phrase.IgnoreCase ? On("term", field, Keyword(JsonValue.Create(phrase.Text), phrase.IgnoreCase))
        : phrase.Slop > 0 ? On("match_phrase", field, new JsonObject { ["query"] = phrase.Text, ["slop"] = phrase.Slop })
        : On("match_phrase", field, JsonValue.Create(phrase.Text));

    private JsonObject Wildcard(ElasticField field, WildcardNode wildcard) =>
        field.IsKeyword || wildcard.IgnoreCase
            ? On("wildcard", field, Keyword(JsonValue.Create(wildcard.Pattern), wildcard.IgnoreCase))
            : QueryString(wildcard.Pattern, field);

    private JsonObject Keyword(JsonNode? value, bool ignoreCase)
    {
        var clause = new JsonObject { ["value"] = value };
        if (ignoreCase || options.CaseInsensitive is not null)
        {
            clause["case_insensitive"] = ignoreCase || options.CaseInsensitive is true;
        }

        return clause;
    }

    private JsonObject DateRange(ElasticField field, string value) =>
        On("range", field, WithTimeZone(new JsonObject { ["gte"] = value, ["lte"] = value }, value));

    private JsonObject Range(ElasticField field, RangeNode range)
    {
        var bounds = new JsonObject();
        if (range.Lower is { } lower)
        {
            bounds[lower.Inclusive ? "gte" : "gt"] = lower.Text;
        }

        if (range.Upper is { } upper)
        {
            bounds[upper.Inclusive ? "lte" : "lt"] = upper.Text;
        }

        return On("range", field, field.IsDate ? WithTimeZone(bounds, range.Lower?.Text ?? range.Upper?.Text ?? "") : bounds);
    }

    /// <summary>Milliseconds since 1970 have no zone, and Elasticsearch refuses one beside them.</summary>
    private JsonObject WithTimeZone(JsonObject bounds, string value)
    {
        if (options.TimeZone is { } zone && !value.All(char.IsAsciiDigit))
        {
            bounds["time_zone"] = zone;
        }

        return bounds;
    }

    private static JsonObject Regex(ElasticField field, RegexNode regex)
    {
        var clause = new JsonObject { ["value"] = ElasticPatterns.ToLuceneRegex(regex.Pattern) };
        if (regex.IgnoreCase)
        {
            clause["case_insensitive"] = true;
        }

        return On("regexp", field, clause);
    }

    private static JsonObject Fuzzy(ElasticField field, FuzzyNode fuzzy) => field.IsKeyword
        ? On("fuzzy", field, new JsonObject { ["value"] = fuzzy.Text, ["fuzziness"] = fuzzy.MaxEdits })
        : On("match", field, new JsonObject { ["query"] = fuzzy.Text, ["fuzziness"] = fuzzy.MaxEdits });
}
