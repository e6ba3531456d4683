using LogView.Client.Contracts.Search;
using Microsoft.Extensions.Localization;

namespace LogView.Client.Shared.Filtering;

/// <summary>A filter in words, as on its pill.</summary>
public static class FilterWords
{
    public static readonly IReadOnlyList<(FilterOperator Operator, string Key)> Operators =
    [
        (FilterOperator.Is, "is"), (FilterOperator.IsNot, "is not"), (FilterOperator.OneOf, "is one of"), (FilterOperator.NotOneOf, "is not one of"),
        (FilterOperator.Like, "has the pattern"), (FilterOperator.NotLike, "has not the pattern"), (FilterOperator.Exists, "exists"), (FilterOperator.Missing, "does not exist"), (FilterOperator.Between, "is between"),
        (FilterOperator.NotBetween, "is not between"),
    ];

    /// <summary>Operator and value as two texts: <c>is not</c>, <c>web-03</c>.</summary>
    public static (string Operator, string Value) Of(SearchFilter filter, IStringLocalizer<SharedText> text)
    {
        FilterOperator kind = FilterDraft.Of(filter).Operator;
        string words = text[Operators.First(o => o.Operator == kind).Key];
        if (filter.Is is not null)
        {
            return (words, filter.Is.Length == 0 ? "\"\"" : filter.Is);
        }

        if (filter.Pattern is { } pattern)
        {
            return (words, pattern);
        }

        return filter.OneOf is not null ? (words, string.Join(", ", filter.OneOf)) : filter.Exists is not null ? (words, "") : Bounds(filter, text);
    }

    private static (string, string) Bounds(SearchFilter filter, IStringLocalizer<SharedText> text)
    {
        string[] parts =
        [
            .. filter.Gte is { } gte ? [$"≥ {gte}"] : Array.Empty<string>(), .. filter.Gt is { } gt ? [$"> {gt}"] : Array.Empty<string>(),
            .. filter.Lte is { } lte ? [$"≤ {lte}"] : Array.Empty<string>(), .. filter.Lt is { } lt ? [$"< {lt}"] : Array.Empty<string>(),
        ];
        return (filter.Negate ? text["not"] : "", string.Join(", ", parts));
    }
}
