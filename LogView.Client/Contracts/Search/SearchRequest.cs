using LogView.Client.Contracts.Query;

namespace LogView.Client.Contracts.Search;

/// <summary>What a person or program asks: the query as typed, everything optional. The body of <c>POST /api/v1/search</c>.</summary>
public sealed record SearchRequest
{
    public const int DefaultSize = 100;
    public const int MaxSize = 10_000;
    public const int MaxSkip = 250_000;

    public string Query { get; init; } = "";

    public QueryLanguage Language { get; init; }

    /// <summary>Data stream pattern (<c>logs-*</c>); null: all the viewer may see.</summary>
    public string? DataStream { get; init; }

    /// <summary>Inclusive start: date math or an instant; null: from the beginning.</summary>
    public string? From { get; init; }

    /// <summary>Exclusive end; null: without end. With rounding (<c>now/d</c>) the end of the unit.</summary>
    public string? To { get; init; }

    /// <summary>IANA zone for rounding, calendar buckets and times without offset; null: UTC.</summary>
    public string? TimeZone { get; init; }

    public IReadOnlyList<SearchFilter> Filters { get; init; } = [];

    /// <summary>Empty: newest first.</summary>
    public IReadOnlyList<SortField> Sort { get; init; } = [];

    /// <summary>Hits wanted, 0 to 10,000.</summary>
    public int Size { get; init; } = DefaultSize;

    /// <summary><see cref="SearchResult.Next"/> of the page before.</summary>
    public string? After { get; init; }

    /// <summary>Hits to pass over before the page begins, behind <see cref="After"/>; 0 to 250,000. They are not read, so that this is much faster than pages.</summary>
    public int Skip { get; init; }

    /// <summary>Field names or patterns put into <see cref="Hit.Fields"/>; empty: all.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    public CountMode Count { get; init; }

    public IReadOnlyDictionary<string, Aggregation> Aggregations { get; init; } = new Dictionary<string, Aggregation>(StringComparer.Ordinal);
}

public enum CountMode : byte
{
    /// <summary>Every hit is counted.</summary>
    Exact,

    /// <summary>Counting may stop at a bound that the answer states.</summary>
    Bounded,

    /// <summary>No count.</summary>
    None,
}

public enum SortOrder : byte
{
    Asc,
    Desc,
}

/// <summary>
/// Numbers come before booleans, booleans before texts (by code point); of several values the smallest counts ascending, the largest descending.
/// Events without the field come last in either order. Ties are broken by the order of arrival, in the direction of the first field.
/// </summary>
public sealed record SortField(string Field, SortOrder Order)
{
    /// <summary>The field that holds the time of every event.</summary>
    public const string TimeField = "@timestamp";

    public static readonly SortField NewestFirst = new(TimeField, SortOrder.Desc);

    public bool IsByTime => Field is TimeField;
}

/// <summary>A pill ANDed to the query. Exactly one of the conditions is given.</summary>
public sealed record SearchFilter
{
    public required string Field { get; init; }

    /// <summary>The field has this value: string, number, or boolean as text.</summary>
    public string? Is { get; init; }

    public IReadOnlyList<string>? OneOf { get; init; }

    public bool? Exists { get; init; }

    /// <summary>The text has this pattern, as <c>took &lt;*&gt; ms</c>: words that stay and marks for what varies.</summary>
    public string? Pattern { get; init; }

    public string? Gte { get; init; }

    public string? Gt { get; init; }

    public string? Lte { get; init; }

    public string? Lt { get; init; }

    public bool Negate { get; init; }

    public bool Disabled { get; init; }
}
