using System.Text.Json;
using System.Text.Json.Nodes;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Query;
using LogView.Client.Language;

namespace LogView.Tests.Language.Given;

/// <summary>
/// Kibana's tree → LogView's, with the two general differences of docs/query-language.md: words without a field are clauses of their own
/// joined by and, and <c>?</c> is a wildcard.
/// </summary>
internal static class KqlTree
{
    private const string WildcardSymbol = "@kuery-wildcard@";

    public static QueryNode ToNode(JsonNode tree)
    {
        JsonArray arguments = tree["arguments"]!.AsArray();
        return tree["function"]!.GetValue<string>() switch
        {
            "and" => new AndNode(new NodeList(arguments.Select(a => ToNode(a!)).SelectMany(n => n is AndNode { Children: var words } && IsWords(words) ? words : (IEnumerable<QueryNode>)[n]))),
            "or" => new OrNode(new NodeList(arguments.Select(a => ToNode(a!)))),
            "not" => new NotNode(ToNode(arguments[0]!)),
            "nested" => new NestedNode(new FieldName(Plain(arguments[0]!)), ToNode(arguments[1]!)),
            "range" => Range(arguments),
            _ => Is(Target(arguments[0]!), arguments[1]!),
        };
    }

    /// <summary>The text of a literal: null, true and false are words too.</summary>
    public static string Plain(JsonNode literal) => literal["value"] switch
    {
        null => "null",
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        { } value => value.ToJsonString(),
    };

    private static bool IsWords(NodeList nodes) => nodes.All(n => n is TermNode { Field.IsDefault: true } or WildcardNode { Field.IsDefault: true });

    private static FieldTarget Target(JsonNode field) =>
        field["value"] is null ? FieldTarget.Default
        : IsWildcard(field) ? new FieldTarget(Pattern(Plain(field)), IsPattern: true)
        : FieldTarget.Of(Plain(field));

    private static bool IsWildcard(JsonNode node) => node["type"]!.GetValue<string>() == "wildcard";

    private static string Pattern(string value) => string.Join('*', value.Split(WildcardSymbol).Select(WildcardPattern.Escape));

    private static QueryNode Is(FieldTarget field, JsonNode value)
    {
        string text = Plain(value);
        if (value["isQuoted"]?.GetValue<bool>() == true)
        {
            return new PhraseNode(field, text);
        }

        string pattern = IsWildcard(value) ? Pattern(text) : WildcardPattern.Escape(text);
        string[] words = field.IsDefault ? pattern.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) : [pattern];
        QueryNode[] nodes = [.. words.Select(w => Word(field, w.Replace("\\?", "?", StringComparison.Ordinal)))];
        return nodes.Length == 1 ? nodes[0] : new AndNode([.. nodes]);
    }

    private static QueryNode Word(FieldTarget field, string pattern)
    {
        if (pattern == "*")
        {
            return field.IsDefault || field.Name == "*" && field.IsPattern ? new MatchAllNode() : new ExistsNode(field);
        }

        string plain = pattern.Replace("\\*", "", StringComparison.Ordinal);
        return plain.Contains('*', StringComparison.Ordinal) || plain.Contains('?', StringComparison.Ordinal)
            ? new WildcardNode(field, pattern)
            : new TermNode(field, pattern.Replace("\\\\", "\\", StringComparison.Ordinal).Replace("\\*", "*", StringComparison.Ordinal));
    }

    private static RangeNode Range(JsonArray arguments)
    {
        string name = arguments[1]!.GetValue<string>();
        var bound = new RangeBound(Plain(arguments[2]!), name.EndsWith('e'));
        return name.StartsWith('l') ? new RangeNode(Target(arguments[0]!), null, bound) : new RangeNode(Target(arguments[0]!), bound, null);
    }
}
