using System.Text.Json;
using System.Text.Json.Nodes;
using LogView.Client.Contracts.Events;
using LogView.Server.Storage.Elastic.Client;

namespace LogView.Server.Storage.Elastic.Indices;

/// <summary>The mapping and settings of LogView's own indices. One template per data stream, so that nobody else's indices are touched.</summary>
internal static class IndexTemplate
{
    /// <summary>Of the documents; a change that older readers cannot read raises it. 1: the words of every text are sent; 2: plain texts are cut by <see cref="TextAnalyzer"/>.</summary>
    public const int Schema = 2;

    /// <summary>The first whose text fields are cut by <see cref="TextAnalyzer"/>.</summary>
    public const int CutsTexts = 2;

    /// <summary>Cuts a text of ASCII into the words of <see cref="LogView.Client.Language.Text.Words"/>, and any other nearly so.</summary>
    public const string TextAnalyzer = "logview_text";

    private const string WordAnalyzer = "logview_words";

    /// <summary>Above what products install themselves (100 to 500).</summary>
    private const int Priority = 700;

    /// <summary>Fields of one index, helpers included; <see cref="Writing.StreamSchema"/> keeps below it.</summary>
    private const int TotalFields = 5_000;

    /// <summary>Longest word in characters; <see cref="Writing.WordTokens"/> keeps below it.</summary>
    private const int MaxWord = 10_000;

    public static string NameFor(string target) => $"logview-{target}";

    /// <summary>Name of the first index where there are no data streams; date math gives it the day. Its alias is <paramref name="target"/>.</summary>
    public static string FirstIndexFor(string target) => $"<{target}-logview-{{now/d}}-000001>";

    /// <summary>The schema of an index of LogView's by its <c>mappings</c>.</summary>
    public static int SchemaOf(JsonElement mappings) =>
        mappings.TryGetProperty("_meta", out JsonElement meta) && meta.TryGetProperty(OwnNames.Root, out JsonElement own) && own.TryGetProperty("schema", out JsonElement schema)
            && schema.TryGetInt32(out int number) ? number : 1;

    /// <param name="target">The data stream or alias by its name in the cluster.</param>
    /// <param name="cluster">Whose defaults are not always LogView's.</param>
    public static JsonObject Body(string target, Cluster cluster)
    {
        bool isDataStream = cluster.HasDataStreams;
        var template = new JsonObject { ["settings"] = Settings(cluster), ["mappings"] = Mappings() };
        if (isDataStream && cluster.HasFailureStores)
        {
            // What is refused comes back and is sent otherwise; in a failure store no search would find it.
            template["data_stream_options"] = new JsonObject { ["failure_store"] = new JsonObject { ["enabled"] = false } };
        }

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

    private static JsonObject Settings(Cluster cluster)
    {
        var index = new JsonObject
        {
            ["number_of_shards"] = 1,
            ["auto_expand_replicas"] = "0-1",
            ["codec"] = "best_compression",
            ["mapping"] = new JsonObject { ["total_fields"] = new JsonObject { ["limit"] = TotalFields } },
            ["analysis"] = new JsonObject
            {
                ["char_filter"] = new JsonObject { ["logview_parts"] = Parts() },
                ["tokenizer"] = new JsonObject
                {
                    [WordAnalyzer] = new JsonObject { ["type"] = "whitespace", ["max_token_length"] = MaxWord },
                    [TextAnalyzer] = new JsonObject { ["type"] = "standard", ["max_token_length"] = MaxWord },
                },
                ["analyzer"] = new JsonObject
                {
                    [WordAnalyzer] = new JsonObject { ["type"] = "custom", ["tokenizer"] = WordAnalyzer },
                    [TextAnalyzer] = new JsonObject
                    {
                        ["type"] = "custom", ["char_filter"] = new JsonArray("logview_parts"), ["tokenizer"] = TextAnalyzer, ["filter"] = new JsonArray("lowercase"),
                    },
                },
            },
        };
        if (!cluster.HasDataStreams)
        {
            index["hidden"] = true;
        }

        if (cluster.HasIndexModes)
        {
            // logsdb would leave long values out of the index without a word, and sort by a field that events need not have.
            index["mode"] = "standard";
        }

        return new JsonObject { ["index"] = index };
    }

    /// <summary>LogView's two tailorings of UAX #29: letters on both sides of <c>.</c> and <c>:</c> are not one word.</summary>
    private static JsonObject Parts() => new() { ["type"] = "pattern_replace", ["pattern"] = "(?<=[A-Za-z])[.:](?=[A-Za-z])", ["replacement"] = " " };

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
        ["worded"] = Typed("keyword"),
        ["given"] = Kept("boolean"),
        ["source"] = Kept("keyword"),
        ["derived"] = Kept("keyword"),
    };

    private static JsonArray DynamicTemplates()
    {
        var templates = new JsonArray
        {
            ByPath("logview_words", "logview.words.*", new JsonObject { ["type"] = "text", ["analyzer"] = WordAnalyzer, ["norms"] = false }),
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

    private static JsonObject Text() => new() { ["type"] = "text", ["analyzer"] = TextAnalyzer, ["norms"] = false };
}
