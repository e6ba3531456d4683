using LogView.Client.Contracts.Time;

namespace LogView.Client.Contracts.Search;

/// <summary>A summary over all hits of a search. Bucket aggregations nest others; metrics are leaves.</summary>
public abstract record Aggregation
{
    /// <summary>Aggregations inside each bucket; empty for metrics.</summary>
    public IReadOnlyDictionary<string, Aggregation> Aggregations { get; init; } = new Dictionary<string, Aggregation>(StringComparer.Ordinal);
}

/// <summary>
/// Buckets over time, on <c>@timestamp</c> unless <paramref name="Field"/> names another date field. Whole intervals that cover the time range, empty
/// ones too; the first and the last may reach beyond it. Where the range is open (and for other fields always) they cover the hits.
/// </summary>
public sealed record DateHistogramAggregation(HistogramInterval Interval, string Field = "@timestamp") : Aggregation;

/// <summary>Buckets <c>[n × interval, (n + 1) × interval)</c> of a number; empty buckets between the first and the last are there.</summary>
public sealed record HistogramAggregation(string Field, double Interval) : Aggregation;

/// <summary>
/// The most frequent values: by count descending, then by key ascending. An event with several values counts once in each. Equal numbers are one
/// value, whether written 1 or 1.0; a number and a text are two.
/// </summary>
/// <param name="Field">Whose values.</param>
/// <param name="Size">Buckets at most.</param>
/// <param name="Contains">Only values whose text contains this, ignoring case; null: all.</param>
public sealed record TermsAggregation(string Field, int Size = 10, string? Contains = null) : Aggregation;

/// <summary>One bucket per half-open range <c>[From, To)</c> of a number or date; ends may be open.</summary>
public sealed record RangeAggregation(string Field, IReadOnlyList<AggregationRange> Ranges) : Aggregation;

public sealed record AggregationRange(string? From, string? To, string? Key = null);

/// <summary>One bucket per named query.</summary>
public sealed record FiltersAggregation(IReadOnlyDictionary<string, string> Filters) : Aggregation;

public enum MetricKind : byte
{
    /// <summary>Events (without a field) or values of the field.</summary>
    Count,
    Min,
    Max,
    Sum,
    Avg,
    Cardinality,
}

/// <summary>One number. Null when no event has the field (but count, sum and cardinality are 0). Values that are no numbers are left out, except by count and cardinality.</summary>
public sealed record MetricAggregation(MetricKind Kind, string? Field) : Aggregation;

/// <summary>
/// For each percentage p (0 to 100) the value at rank ⌊p/100 × (n − 1)⌋ of the field's n numbers in ascending order, within the relative error that the
/// answer states.
/// </summary>
public sealed record PercentilesAggregation(string Field, IReadOnlyList<double> Percents) : Aggregation;
