using LogView.Client.Contracts.Search;

namespace LogView.Client.Shared.Filtering;

public enum FilterOperator
{
    Is,
    IsNot,
    OneOf,
    NotOneOf,
    Exists,
    Missing,
    Between,
    NotBetween,
    Like,
    NotLike,
}

/// <summary>A filter while it is edited: a field, an operator and what was typed.</summary>
/// <param name="Field">May still be empty.</param>
/// <param name="Operator">What is asked of the field.</param>
/// <param name="Value">For is; for one of, one a line.</param>
/// <param name="From">Inclusive lower bound; empty: open.</param>
/// <param name="To">Exclusive upper bound; empty: open.</param>
public sealed record FilterDraft(string Field = "", FilterOperator Operator = FilterOperator.Is, string Value = "", string From = "", string To = "")
{
    public bool NeedsValue => Operator is FilterOperator.Is or FilterOperator.IsNot or FilterOperator.OneOf or FilterOperator.NotOneOf or FilterOperator.Like or FilterOperator.NotLike;

    public bool NeedsRange => Operator is FilterOperator.Between or FilterOperator.NotBetween;

    /// <summary>What is missing, or null when the draft is a filter. A key of <see cref="SharedText"/>.</summary>
    public string? Problem
    {
        get
        {
            if (Field.Trim().Length == 0)
            {
                return "Name a field";
            }

            if (Operator is FilterOperator.OneOf or FilterOperator.NotOneOf && Values().Length == 0)
            {
                return "Give at least one value";
            }

            if (Operator is FilterOperator.Like or FilterOperator.NotLike && Value.Trim().Length == 0)
            {
                return "Give a pattern";
            }

            return NeedsRange && From.Trim().Length == 0 && To.Trim().Length == 0 ? "Give at least one end" : null;
        }
    }

    public static FilterDraft Of(SearchFilter filter)
    {
        bool not = filter.Negate;
        if (filter.Is is { } value)
        {
            return new FilterDraft(filter.Field, not ? FilterOperator.IsNot : FilterOperator.Is, value);
        }

        if (filter.OneOf is { } values)
        {
            return new FilterDraft(filter.Field, not ? FilterOperator.NotOneOf : FilterOperator.OneOf, string.Join('\n', values));
        }

        if (filter.Pattern is { } pattern)
        {
            return new FilterDraft(filter.Field, not ? FilterOperator.NotLike : FilterOperator.Like, pattern);
        }

        if (filter.Exists is { } exists)
        {
            return new FilterDraft(filter.Field, exists != not ? FilterOperator.Exists : FilterOperator.Missing);
        }

        return new FilterDraft(
            filter.Field, not ? FilterOperator.NotBetween : FilterOperator.Between, "", filter.Gte ?? filter.Gt ?? "", filter.Lt ?? filter.Lte ?? "");
    }

    /// <summary>Only without <see cref="Problem"/>.</summary>
    public SearchFilter ToFilter()
    {
        var filter = new SearchFilter { Field = Field.Trim() };
        return Operator switch
        {
            FilterOperator.Is => filter with { Is = Value },
            FilterOperator.IsNot => filter with { Is = Value, Negate = true },
            FilterOperator.OneOf => filter with { OneOf = Values() },
            FilterOperator.NotOneOf => filter with { OneOf = Values(), Negate = true },
            FilterOperator.Like => filter with { Pattern = Value.Trim() },
            FilterOperator.NotLike => filter with { Pattern = Value.Trim(), Negate = true },
            FilterOperator.Exists => filter with { Exists = true },
            FilterOperator.Missing => filter with { Exists = true, Negate = true },
            _ => filter with { Gte = Blank(From), Lt = Blank(To), Negate = Operator == FilterOperator.NotBetween },
        };
    }

    private static string? Blank(string text) => text.Trim() is { Length: > 0 } trimmed ? trimmed : null;

    private string[] Values() => Value.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
