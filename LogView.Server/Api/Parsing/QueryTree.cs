using System.Text.Json.Serialization;
using LogView.Client.Contracts.Query;

namespace LogView.Server.Api.Parsing;

/// <summary>
/// One node of a query as JSON: <c>type</c> (all, none, and, or, not, term, phrase, wildcard, regex, range, exists, fuzzy, nested) and what that type has.
/// No <c>field</c> means the default text fields.
/// </summary>
public sealed record QueryTree
{
    public required string Type { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Field { get; init; }

    /// <summary>The field has <c>*</c> wildcards.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool FieldIsPattern { get; init; }

    /// <summary>Text, pattern or regular expression.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Text { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IgnoreCase { get; init; }

    /// <summary>Extra positions a phrase may spread over.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Slop { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int MaxEdits { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TreeBound? Lower { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TreeBound? Upper { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<QueryTree>? Children { get; init; }

    public static QueryTree Of(QueryNode node) => node switch
    {
        MatchAllNode => new QueryTree { Type = "all" },
        MatchNoneNode => new QueryTree { Type = "none" },
        AndNode n => new QueryTree { Type = "and", Children = [.. n.Children.Select(Of)] },
        OrNode n => new QueryTree { Type = "or", Children = [.. n.Children.Select(Of)] },
        NotNode n => new QueryTree { Type = "not", Children = [Of(n.Child)] },
        TermNode n => new QueryTree { Type = "term", Text = n.Text, IgnoreCase = n.IgnoreCase }.On(n.Field),
        PhraseNode n => new QueryTree { Type = "phrase", Text = n.Text, Slop = n.Slop }.On(n.Field),
        WildcardNode n => new QueryTree { Type = "wildcard", Text = n.Pattern }.On(n.Field),
        RegexNode n => new QueryTree { Type = "regex", Text = n.Pattern, IgnoreCase = n.IgnoreCase }.On(n.Field),
        RangeNode n => new QueryTree { Type = "range", Lower = TreeBound.Of(n.Lower), Upper = TreeBound.Of(n.Upper) }.On(n.Field),
        ExistsNode n => new QueryTree { Type = "exists" }.On(n.Field),
        FuzzyNode n => new QueryTree { Type = "fuzzy", Text = n.Text, MaxEdits = n.MaxEdits }.On(n.Field),
        NestedNode n => new QueryTree { Type = "nested", Field = n.Path.Value, Children = [Of(n.Child)] },
        _ => throw new NotSupportedException($"The API has no form for {node.GetType().Name}"),
    };

    private QueryTree On(FieldTarget field) => this with { Field = field.Name, FieldIsPattern = field.IsPattern };
}

public sealed record TreeBound(string Text, bool Inclusive)
{
    internal static TreeBound? Of(RangeBound? bound) => bound is null ? null : new TreeBound(bound.Text, bound.Inclusive);
}
