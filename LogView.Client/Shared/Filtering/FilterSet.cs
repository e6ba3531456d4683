using LogView.Client.Contracts.Search;

namespace LogView.Client.Shared.Filtering;

/// <summary>What clicks do to a list of filters. Pure: each answers a new list.</summary>
public static class FilterSet
{
    public static bool Same(IReadOnlyList<SearchFilter> left, IReadOnlyList<SearchFilter> right) =>
        left.Count == right.Count && left.Zip(right).All(p => Same(p.First, p.Second));

    public static bool Same(SearchFilter left, SearchFilter right) =>
        left with { OneOf = null } == right with { OneOf = null }
        && (left.OneOf is null ? right.OneOf is null : right.OneOf is not null && left.OneOf.SequenceEqual(right.OneOf, StringComparer.Ordinal));

    /// <summary>
    /// "Filter for" and "filter out" a value. The same condition is not added twice: its opposite is turned round, a disabled one is enabled.
    /// </summary>
    public static IReadOnlyList<SearchFilter> With(this IReadOnlyList<SearchFilter> filters, SearchFilter filter)
    {
        int at = IndexOfCondition(filters, filter);
        return at < 0 ? [.. filters, filter] : filters.Replace(at, filter);
    }

    public static IReadOnlyList<SearchFilter> Replace(this IReadOnlyList<SearchFilter> filters, int at, SearchFilter filter) =>
        [.. filters.Take(at), filter, .. filters.Skip(at + 1)];

    public static IReadOnlyList<SearchFilter> Without(this IReadOnlyList<SearchFilter> filters, int at) =>
        [.. filters.Take(at), .. filters.Skip(at + 1)];

    /// <summary>Conditions on one field become conditions on another.</summary>
    public static IReadOnlyList<SearchFilter> Renamed(this IReadOnlyList<SearchFilter> filters, string from, string to) =>
        [.. filters.Select(f => string.Equals(f.Field, from, StringComparison.Ordinal) ? f with { Field = to } : f)];

    private static int IndexOfCondition(IReadOnlyList<SearchFilter> filters, SearchFilter filter)
    {
        SearchFilter plain = filter with { Negate = false, Disabled = false };
        for (int i = 0; i < filters.Count; i++)
        {
            if (Same(filters[i] with { Negate = false, Disabled = false }, plain))
            {
                return i;
            }
        }

        return -1;
    }
}
