using LogView.Client.Contracts.Search;

namespace LogView.Server.Search;

/// <summary>What one request may ask. Past a limit the answer is a problem that names it.</summary>
public static class SearchLimits
{
    /// <summary>Hits of one page; more are read page by page or exported.</summary>
    public const int MaxSize = SearchRequest.MaxSize;

    /// <summary>Hits passed over before a page: their places and sort values are held until it is known, 15 MB and their texts.</summary>
    public const int MaxSkip = SearchRequest.MaxSkip;

    /// <summary>Sort fields: each makes cursors longer.</summary>
    public const int MaxSortFields = 8;

    /// <summary>Filter pills; a longer list is a query.</summary>
    public const int MaxFilters = 200;

    /// <summary>Values of one filter's list.</summary>
    public const int MaxFilterValues = 1_000;

    /// <summary>Aggregations of one request, on all levels.</summary>
    public const int MaxAggregations = 100;

    /// <summary>Ranges, filters or percentages of one aggregation.</summary>
    public const int MaxParts = 1_000;

    /// <summary>Characters of a data stream pattern.</summary>
    public const int MaxPatternLength = 2_000;

    /// <summary>Characters of a field name, as the longest an event can have in practice.</summary>
    public const int MaxFieldNameLength = 16_384;

    /// <summary>Neighbours on either side of an event.</summary>
    public const int MaxContext = 1_000;

    /// <summary>Newest events looked at for the field list: half a second of reading in the slowest engine.</summary>
    public const int FieldSample = 10_000;

    /// <summary>Hits read at once by an export: few passes over the store, some 10 MB.</summary>
    public const int ExportPage = 10_000;

    /// <summary>Characters of a pattern's example.</summary>
    public const int PatternExample = 1_000;

    /// <summary>Fields checked for being unknown; the rest of a long query goes unchecked.</summary>
    public const int MaxCheckedFields = 16;

    /// <summary>How long a search waits for acknowledged events to become searchable before it answers without them.</summary>
    public static readonly TimeSpan MaxIndexingWait = TimeSpan.FromSeconds(2);
}
