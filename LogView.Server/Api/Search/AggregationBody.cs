using LogView.Client.Contracts.Search;
using LogView.Server.Api.Json;

namespace LogView.Server.Api.Search;

/// <summary>One aggregation: exactly one kind, and for those that make buckets, aggregations inside each.</summary>
public sealed record AggregationBody
{
    private const int DefaultBuckets = 60;
    private const int DefaultTerms = 10;

    public DateHistogramBody? DateHistogram { get; init; }

    public HistogramBody? Histogram { get; init; }

    public TermsBody? Terms { get; init; }

    public RangeBody? Range { get; init; }

    public FiltersBody? Filters { get; init; }

    public CountBody? Count { get; init; }

    public FieldBody? Min { get; init; }

    public FieldBody? Max { get; init; }

    public FieldBody? Sum { get; init; }

    public FieldBody? Avg { get; init; }

    public FieldBody? Cardinality { get; init; }

    public PercentilesBody? Percentiles { get; init; }

    public IReadOnlyDictionary<string, AggregationBody>? Aggregations { get; init; }

    internal static IReadOnlyDictionary<string, Aggregation> ToAggregations(IReadOnlyDictionary<string, AggregationBody>? bodies, string path) =>
        (bodies ?? new Dictionary<string, AggregationBody>(StringComparer.Ordinal))
            .ToDictionary(b => b.Key, b => (b.Value ?? throw Missing(path, b.Key)).ToAggregation($"{path}.{Names.Shorten(b.Key)}"), StringComparer.Ordinal);

    private static ApiProblemException Missing(string path, string name) =>
        ApiProblemException.BadRequest($"'{path}.{Names.Shorten(name)}' is null: expected an object");

    private Aggregation ToAggregation(string path)
    {
        Aggregation?[] given =
        [
            DateHistogram is null ? null : new DateHistogramAggregation(
                IntervalText.Parse(DateHistogram.Interval ?? "auto", DateHistogram.Buckets ?? DefaultBuckets, $"{path}.dateHistogram.interval"),
                DateHistogram.Field ?? "@timestamp"),
            Histogram is null ? null : new HistogramAggregation(Histogram.Field, Histogram.Interval),
            Terms is null ? null : new TermsAggregation(Terms.Field, Terms.Size ?? DefaultTerms, Terms.Contains),
            Range is null ? null : new RangeAggregation(
                Range.Field, [.. Range.Ranges.Select(r => new AggregationRange(r.From?.Text, r.To?.Text, r.Key))]),
            Filters is null ? null : new FiltersAggregation(Filters.Filters),
            Count is null ? null : new MetricAggregation(MetricKind.Count, Count.Field),
            Metric(MetricKind.Min, Min), Metric(MetricKind.Max, Max), Metric(MetricKind.Sum, Sum), Metric(MetricKind.Avg, Avg),
            Metric(MetricKind.Cardinality, Cardinality),
            Percentiles is null ? null : new PercentilesAggregation(Percentiles.Field, Percentiles.Percents ?? PercentilesBody.Default),
        ];
        Aggregation[] kinds = [.. given.OfType<Aggregation>()];
        if (kinds.Length != 1)
        {
            throw ApiProblemException.BadRequest(
                $"'{path}' has {(kinds.Length == 0 ? "no kind" : "several kinds")}: expected exactly one of dateHistogram, histogram, terms, range, filters, "
                + "count, min, max, sum, avg, cardinality, percentiles");
        }

        bool isMetric = kinds[0] is MetricAggregation or PercentilesAggregation;
        return isMetric && Aggregations?.Count > 0
            ? throw ApiProblemException.BadRequest($"'{path}' makes no buckets and cannot have 'aggregations'")
            : kinds[0] with { Aggregations = ToAggregations(Aggregations, $"{path}.aggregations") };
    }

    private static MetricAggregation? Metric(MetricKind kind, FieldBody? body) => body is null ? null : new MetricAggregation(kind, body.Field);
}

/// <summary>Buckets over time: <c>auto</c> (at most <see cref="Buckets"/>), a width such as <c>30s</c>, or a calendar unit such as <c>1d</c>.</summary>
public sealed record DateHistogramBody
{
    public string? Interval { get; init; }

    public int? Buckets { get; init; }

    public string? Field { get; init; }
}

public sealed record HistogramBody
{
    public required string Field { get; init; }

    public required double Interval { get; init; }
}

public sealed record TermsBody
{
    public required string Field { get; init; }

    public int? Size { get; init; }

    public string? Contains { get; init; }
}

public sealed record RangeBody
{
    public required string Field { get; init; }

    public required IReadOnlyList<RangePartBody> Ranges { get; init; }
}

/// <summary>From inclusive, to exclusive; numbers, instants or date math.</summary>
public sealed record RangePartBody
{
    public JsonScalar? From { get; init; }

    public JsonScalar? To { get; init; }

    public string? Key { get; init; }
}

/// <summary>One bucket per named query.</summary>
public sealed record FiltersBody
{
    public required IReadOnlyDictionary<string, string> Filters { get; init; }
}

/// <summary>Events, or values of a field.</summary>
public sealed record CountBody
{
    public string? Field { get; init; }
}

public sealed record FieldBody
{
    public required string Field { get; init; }
}

public sealed record PercentilesBody
{
    internal static readonly double[] Default = [1, 5, 25, 50, 75, 95, 99];

    public required string Field { get; init; }

    public IReadOnlyList<double>? Percents { get; init; }
}
