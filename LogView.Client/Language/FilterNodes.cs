using LogView.Client.Contracts.Query;
using LogView.Client.Contracts.Search;

namespace LogView.Client.Language;

/// <summary>Filter pills as query nodes.</summary>
public static class FilterNodes
{
    /// <summary>The query and all enabled filters in one tree; <see cref="MatchAllNode"/> where nothing narrows.</summary>
    public static QueryNode Combine(QueryNode query, IReadOnlyList<SearchFilter> filters) => throw new NotSupportedException();
}
