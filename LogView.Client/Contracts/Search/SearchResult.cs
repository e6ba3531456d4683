using LogView.Client.Contracts.Events;

namespace LogView.Client.Contracts.Search;

public enum SearchStatus : byte
{
    Complete,

    /// <summary>Something is missing; a note says what.</summary>
    Partial,
    Cancelled,
}

/// <summary>An answer, or while the search runs, what is known of it so far.</summary>
public sealed record SearchResult
{
    public required SearchStatus Status { get; init; }

    public long TookMs { get; init; }

    /// <summary>Null when no count was asked for.</summary>
    public HitCount? Total { get; init; }

    public IReadOnlyList<Hit> Hits { get; init; } = [];

    /// <summary>Cursor for the next page; null at the end.</summary>
    public string? Next { get; init; }

    public IReadOnlyDictionary<string, AggregationResult> Aggregations { get; init; } =
        new Dictionary<string, AggregationResult>(StringComparer.Ordinal);

    public IReadOnlyList<SearchNote> Notes { get; init; } = [];
}

/// <param name="Value">Hits counted.</param>
/// <param name="IsExact">False: at least so many.</param>
public readonly record struct HitCount(long Value, bool IsExact);

/// <summary>An event found.</summary>
public sealed record Hit(LogEvent Event)
{
    public EventFields Fields => Event.Fields;
}

/// <summary>Something the reader should know to read the answer right. <paramref name="Code"/> is stable for programs.</summary>
/// <param name="Message">One sentence for people.</param>
/// <param name="Field">The field it is about.</param>
/// <param name="Nearest">For <c>unknown_field</c>: the field that may have been meant.</param>
public sealed record SearchNote(string Code, string Message, string? Field = null, string? Nearest = null);

/// <summary>Answer of one aggregation.</summary>
public abstract record AggregationResult;

/// <param name="Buckets">Time and number buckets ascending; terms by count descending.</param>
/// <param name="IntervalNanoseconds">Width, for date histograms with a fixed width.</param>
/// <param name="OtherCount">Terms: sum of the counts of the values that got no bucket.</param>
/// <param name="ErrorBound">Terms: a count may be short by at most this.</param>
public sealed record BucketsResult(
    IReadOnlyList<Bucket> Buckets, long? IntervalNanoseconds = null, long? OtherCount = null, long? ErrorBound = null) : AggregationResult;

/// <summary>One group. <see cref="Key"/> for terms, filters and named ranges; <see cref="From"/>/<see cref="To"/> for the others, as RFC 3339 or a number.</summary>
public sealed record Bucket(long Count)
{
    public FieldValue? Key { get; init; }

    public string? From { get; init; }

    public string? To { get; init; }

    /// <summary>For date histograms: the bounds as instants.</summary>
    public Time.TimeRange? Range { get; init; }

    public IReadOnlyDictionary<string, AggregationResult> Aggregations { get; init; } =
        new Dictionary<string, AggregationResult>(StringComparer.Ordinal);
}

/// <param name="Value">Null when there is nothing to compute it from.</param>
/// <param name="RelativeError">Largest relative error, 0 when exact.</param>
public sealed record MetricResult(double? Value, double RelativeError = 0) : AggregationResult;

/// <param name="Values">Percent → value.</param>
/// <param name="RelativeError">Largest relative error of a value.</param>
public sealed record PercentilesResult(IReadOnlyDictionary<double, double?> Values, double RelativeError) : AggregationResult;
