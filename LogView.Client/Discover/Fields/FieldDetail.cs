using LogView.Client.Contracts.Search;

namespace LogView.Client.Discover.Fields;

/// <summary>What opening a field shows.</summary>
/// <param name="Values">Most frequent values.</param>
/// <param name="Statistics">For numbers.</param>
/// <param name="Problem">Why there are none.</param>
public sealed record FieldDetail(FieldValues? Values, FieldStatistics? Statistics, SearchProblem? Problem)
{
    /// <summary>How many different values there are; null for texts, whose words are not counted.</summary>
    public MetricResult? Distinct { get; init; }
}

/// <summary>Numbers about a number; null where no event has one.</summary>
public sealed record FieldStatistics(double? Min, double? Max, double? Avg, IReadOnlyDictionary<double, double?> Percentiles)
{
    public static readonly IReadOnlyList<double> Percents = [50, 95, 99];

    private const string DistinctName = "distinct";

    /// <summary>The aggregations to ask for.</summary>
    public static IReadOnlyDictionary<string, Aggregation> Aggregations(FieldInfo field) =>
        FieldTypes.IsNumber(field.Type) ? OfNumber(field.Name) : new Dictionary<string, Aggregation>(StringComparer.Ordinal) { [DistinctName] = DistinctOf(field.Name) };

    public static MetricResult? Distinct(SearchResult result) => result.Aggregations.GetValueOrDefault(DistinctName) as MetricResult;

    private static MetricAggregation DistinctOf(string field) => new(MetricKind.Cardinality, field);

    private static Dictionary<string, Aggregation> OfNumber(string field) => new(StringComparer.Ordinal)
    {
        [DistinctName] = DistinctOf(field),
        ["min"] = new MetricAggregation(MetricKind.Min, field),
        ["max"] = new MetricAggregation(MetricKind.Max, field),
        ["avg"] = new MetricAggregation(MetricKind.Avg, field),
        ["percentiles"] = new PercentilesAggregation(field, Percents),
    };

    public static FieldStatistics Of(SearchResult result) => new(
        Metric(result, "min"),
        Metric(result, "max"),
        Metric(result, "avg"),
        result.Aggregations.GetValueOrDefault("percentiles") is PercentilesResult p ? p.Values : new Dictionary<double, double?>());

    private static double? Metric(SearchResult result, string name) => (result.Aggregations.GetValueOrDefault(name) as MetricResult)?.Value;
}

/// <summary>Loads it; cancelled when the field is closed.</summary>
public delegate Task<FieldDetail> FieldDetailLoader(FieldInfo field, CancellationToken cancellationToken);
