using LogView.Client.Contracts.Query;
using LogView.Client.Contracts.Search;
using LogView.Client.Language.Patterns;

namespace LogView.Client.Language;

/// <summary>Filter pills as query nodes.</summary>
public static class FilterNodes
{
    /// <summary>The query and all enabled filters in one tree; <see cref="MatchAllNode"/> where nothing narrows.</summary>
    public static QueryNode Combine(QueryNode query, IReadOnlyList<SearchFilter> filters)
    {
        List<QueryNode> nodes = query is MatchAllNode ? [] : [query];
        nodes.AddRange(filters.Where(f => !f.Disabled).Select(ToNode));
        return nodes.Count switch
        {
            0 => new MatchAllNode(),
            1 => nodes[0],
            _ => new AndNode(new NodeList(nodes)),
        };
    }

    /// <summary>One filter, negated where it says so. A filter without a condition asks for the field to exist.</summary>
    public static QueryNode ToNode(SearchFilter filter)
    {
        QueryNode condition = Condition(filter, FieldTarget.Of(filter.Field));
        return !filter.Negate ? condition : condition is NotNode not ? not.Child : new NotNode(condition);
    }

    private static QueryNode Condition(SearchFilter filter, FieldTarget field)
    {
        if (filter.Is is { } value)
        {
            return new PhraseNode(field, value);
        }

        if (filter.OneOf is { } values)
        {
            QueryNode[] choices = [.. values.Select(v => new PhraseNode(field, v))];
            return choices.Length switch { 0 => new MatchNoneNode(), 1 => choices[0], _ => new OrNode([.. choices]) };
        }

        if (filter.Pattern is { } pattern)
        {
            return new RegexNode(field, MessageTemplate.ToRegex(pattern));
        }

        RangeBound? lower = Bound(filter.Gte, inclusive: true) ?? Bound(filter.Gt, inclusive: false);
        RangeBound? upper = Bound(filter.Lte, inclusive: true) ?? Bound(filter.Lt, inclusive: false);
        if (lower is not null || upper is not null)
        {
            return new RangeNode(field, lower, upper);
        }

        return filter.Exists is false ? new NotNode(new ExistsNode(field)) : new ExistsNode(field);
    }

    private static RangeBound? Bound(string? text, bool inclusive) => text is null ? null : new RangeBound(text, inclusive);
}
