using System.Text.Json.Nodes;
using LogView.Client.Contracts.Events;

namespace LogView.Server.Storage.Elastic.Indices;

/// <summary>The mapping and settings of LogView's own indices. One template per data stream, so that nobody else's indices are touched.</summary>
internal static class IndexTemplate
{
    /// <summary>Of the documents; a change that older readers cannot read raises it.</summary>
    public const int Schema = 1;

    /// <summary>Above what products install themselves (100 to 500).</summary>
    private const int Priority = 700;

    /// <summary>Fields of one index, helpers included; <see cref="Writing.StreamSchema"/> keeps below it.</summary>
    private const int TotalFields = 5_000;

    /// <summary>Longest word in characters; <see cref="Writing.WordTokens"/> keeps below it.</summary>
    private const int MaxWord = 10_000;

    public static string NameFor(string target) => $"logview-{target}";

    /// <summary>Name of the first index where there are no data streams; date math gives it the day. Its alias is <paramref name="target"/>.</summary>
    public static string FirstIndexFor(string target) => $"<{target}-logview-{{now/d}}-000001>";

    /// <param name="target">The data stream or alias by its name in the cluster.</param>
    /// <param name="isDataStream">Otherwise indices behind an alias.</param>
    public static JsonObject Body(string target, bool isDataStream)
    {
        var template = new JsonObject { ["settings"] = Settings(isDataStream), ["mappings"] = Mappings() };
        var body = new JsonObject
        {
            ["index_patterns"] = new JsonArray(isDataStream ? target : $"{target}-logview-*"), ["priority"] = Priority, ["template"] = template,
        };
        if (isDataStream)
        {
            body["data_stream"] = new JsonObject();
        }

        return body;
    }

    /// <summary>How a field of an event is mapped.</summary>
    public static JsonObject MappingOf(FieldKind kind) => kind switch
    {
        FieldKind.Text => Text(),
        FieldKind.Long => Typed("long"),
        FieldKind.Double => Typed("double"),
        FieldKind.Boolean => Typed("boolean"),
        _ => Typed("keyword"),
    };

    private static JsonObject Settings(bool isDataStream)
    {
        var index = new JsonObject
        {
            ["number_of_shards"] = 1,
            ["auto_expand_replicas"] = "0-1",
            ["codec"] = "best_compression",
            ["mapping"] = new JsonObject { ["total_fields"] = new JsonObject { ["limit"] = TotalFields } },
            ["analysis"] = new JsonObject
            {
                ["tokenizer"] = new JsonObject { ["logview_words"] = new JsonObject { ["type"] = "whitespace", ["max_token_length"] = MaxWord } },
                ["analyzer"] = new JsonObject { ["logview_words"] = new JsonObject { ["type"] = "custom", ["tokenizer"] = "logview_words" } },
            },
        };
        if (!isDataStream)
        {
            index["hidden"] = true;
        }

        return new JsonObject { ["index"] = index };
    }

    private static JsonObject Mappings() => new()
    {
        ["_meta"] = new JsonObject { ["logview"] = new JsonObject { ["schema"] = Schema } },
        ["date_detection"] = false,
        ["numeric_detection"] = false,
        ["dynamic_templates"] = DynamicTemplates(),
        ["properties"] = new JsonObject
        {
            [OwnNames.Timestamp] = new JsonObject { ["type"] = "date_nanos" },
            [OwnNames.Root] = new JsonObject { ["properties"] = OwnProperties() },
        },
    };

    private static JsonObject OwnProperties() => new()
    {
        ["seq"] = Typed("long"),
        ["time"] = Kept("long"),
        ["writer"] = Typed("keyword"),
        ["odd"] = Typed("keyword"),
        ["given"] = Kept("boolean"),
        ["source"] = Kept("keyword"),
        ["derived"] = Kept("keyword"),
    };

    private static JsonArray DynamicTemplates()
    {
        var templates = new JsonArray
        {
            ByPath("logview_words", "logview.words.*", new JsonObject { ["type"] = "text", ["analyzer"] = "logview_words", ["norms"] = false }),
            ByPath("logview_ips", "logview.ips.*", Typed("ip")),
            ByPath("logview_dates", "logview.dates.*", Typed("date_nanos")),
            ByPath("logview_numbers", "logview.numbers.*", Typed("double")),
        };
        foreach (string path in (string[])[.. TextFields.Defaults, "*.message", "*.msg", "*.stack_trace", "*.text"])
        {
            templates.Add((JsonNode)ByPath($"text {path}", path, Text(), "string"));
        }

        templates.Add((JsonNode)ByPath("keyword", "*", Typed("keyword"), "string"));
        templates.Add((JsonNode)ByPath("double", "*", Typed("double"), "double"));
        return templates;
    }

    private static JsonObject ByPath(string name, string path, JsonObject mapping, string? valueType = null)
    {
        var rule = new JsonObject { ["path_match"] = path, ["mapping"] = mapping };
        if (valueType is not null)
        {
            rule["match_mapping_type"] = valueType;
        }

        return new JsonObject { [name] = rule };
    }

    private static JsonObject Typed(string type) => new() { ["type"] = type };

    /// <summary>Kept in the document, not searched.</summary>
    private static JsonObject Kept(string type) => new() { ["type"] = type, ["index"] = false, ["doc_values"] = false };

    /// <summary>For other tools; LogView itself looks at the words.</summary>
    private static JsonObject Text() => new() { ["type"] = "text", ["norms"] = false, ["index_options"] = "docs" };
}
