using LogView.Client.Contracts.Query;
using LogView.Client.Contracts.Search;
using LogView.Server.Api.Json;

namespace LogView.Server.Api.Search;

/// <summary>The body of <c>POST /api/v1/search</c>. Everything is optional; null is the same as left out.</summary>
public sealed record SearchBody
{
    public string? Query { get; init; }

    public QueryLanguage? Language { get; init; }

    public string? DataStream { get; init; }

    public string? From { get; init; }

    public string? To { get; init; }

    public string? TimeZone { get; init; }

    public IReadOnlyList<FilterBody>? Filters { get; init; }

    public IReadOnlyList<SortBody>? Sort { get; init; }

    public int? Size { get; init; }

    public string? After { get; init; }

    public int? Skip { get; init; }

    public IReadOnlyList<string>? Fields { get; init; }

    public CountMode? Count { get; init; }

    public IReadOnlyDictionary<string, AggregationBody>? Aggregations { get; init; }

    /// <summary>Throws <see cref="ApiProblemException"/>.</summary>
    internal SearchRequest ToRequest() => new()
    {
        Query = Query ?? "",
        Language = Language ?? QueryLanguage.LogView,
        DataStream = DataStream,
        From = From,
        To = To,
        TimeZone = TimeZone,
        Filters = [.. (Filters ?? []).Select(f => f.ToFilter())],
        Sort = [.. (Sort ?? []).Select(s => new SortField(s.Field, s.Order ?? SortOrder.Asc))],
        Size = Size ?? SearchRequest.DefaultSize,
        After = After,
        Skip = Skip ?? 0,
        Fields = Fields ?? [],
        Count = Count ?? CountMode.Exact,
        Aggregations = AggregationBody.ToAggregations(Aggregations, "aggregations"),
    };
}

/// <summary>One filter: a field and exactly one condition.</summary>
public sealed record FilterBody
{
    public required string Field { get; init; }

    public JsonScalar? Is { get; init; }

    public IReadOnlyList<JsonScalar>? OneOf { get; init; }

    public bool? Exists { get; init; }

    public string? Pattern { get; init; }

    public JsonScalar? Gte { get; init; }

    public JsonScalar? Gt { get; init; }

    public JsonScalar? Lte { get; init; }

    public JsonScalar? Lt { get; init; }

    public bool? Negate { get; init; }

    public bool? Disabled { get; init; }

    internal SearchFilter ToFilter() => new()
    {
        Field = Field,
        Is = Is?.Text,
        OneOf = OneOf?.Select(v => v.Text).ToList(),
        Exists = Exists,
        Pattern = Pattern,
        Gte = Gte?.Text,
        Gt = Gt?.Text,
        Lte = Lte?.Text,
        Lt = Lt?.Text,
        Negate = Negate ?? false,
        Disabled = Disabled ?? false,
    };
}

/// <summary>Sort by a field, ascending unless <see cref="Order"/> says otherwise.</summary>
public sealed record SortBody
{
    public required string Field { get; init; }

    public SortOrder? Order { get; init; }
}
