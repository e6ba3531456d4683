using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Time;
using LogView.Client.Language;

namespace LogView.Server.Storage.Aggregations;

public enum AggregationPrecision : byte
{
    /// <summary>Keeps every number and every distinct value: for stores that fit memory.</summary>
    Exact,

    /// <summary>Fixed memory, with the error that the answer states.</summary>
    Sketched,
}

/// <summary>What all aggregations of one search share.</summary>
/// <param name="Search">The search.</param>
/// <param name="Precision">Of percentiles and cardinality.</param>
/// <param name="Extent">
/// First and last instant of a date field among the hits, null when none has one. Asked once per date histogram, for <c>@timestamp</c> only when
/// the time range is open.
/// </param>
public sealed record AggregationContext(StoreSearch Search, AggregationPrecision Precision, Func<string, (Timestamp First, Timestamp Last)?> Extent);

/// <summary>Makes empty aggregators for the whole search, and for each new bucket.</summary>
public sealed class AggregatorFactory
{
    private readonly KeyValuePair<string, Func<Aggregator>>[] _makers;

    public AggregatorFactory(IReadOnlyDictionary<string, PlannedAggregation> planned, AggregationContext context) =>
        _makers = [.. planned.Select(p => KeyValuePair.Create(p.Key, Maker(p.Value, context)))];

    public AggregatorSet Create() => _makers.Length == 0
        ? AggregatorSet.Empty
        : new AggregatorSet(_makers.ToDictionary(m => m.Key, m => m.Value(), StringComparer.Ordinal));

    public BucketAggregator CreateBucket() => new(Create());

    private static Func<Aggregator> Maker(PlannedAggregation planned, AggregationContext context)
    {
        var children = new AggregatorFactory(planned.Children, context);
        switch (planned.Aggregation)
        {
            case DateHistogramAggregation date:
                TimeBuckets buckets = Buckets(date, context);
                return () => new DateHistogramAggregator(date.Field, buckets, context.Search.Zone, children);
            case HistogramAggregation histogram:
                var numbers = new NumberBuckets(histogram.Interval);
                return () => new HistogramAggregator(histogram.Field, numbers, children);
            case TermsAggregation terms:
                return () => new TermsAggregator(terms, children);
            case RangeAggregation range:
                ValueRange[] ranges = [.. range.Ranges.Select(r => ValueRange.Of(r, range.Field))];
                return () => new RangeAggregator(range.Field, ranges, context.Search.Zone, children);
            case FiltersAggregation filters:
                (string, Matcher)[] matchers = [.. filters.Filters.Keys.Select(name =>
                    (name, Matcher.Compile(planned.Filters[name], context.Search.Now, context.Search.Zone)))];
                return () => new FiltersAggregator(matchers, children);
            case PercentilesAggregation percentiles:
                return () => new PercentilesAggregator(percentiles, context.Precision);
            case MetricAggregation { Kind: MetricKind.Cardinality } metric:
                return () => new CardinalityAggregator(metric.Field!, context.Precision);
            case MetricAggregation metric:
                return () => new MetricAggregator(metric);
            default:
                throw new NotSupportedException($"No engine knows {planned.Aggregation.GetType().Name}");
        }
    }

    private static TimeBuckets Buckets(DateHistogramAggregation date, AggregationContext context)
    {
        StoreSearch search = context.Search;
        bool isTimestamp = FieldDates.IsTimestamp(date.Field);
        TimeRange range = isTimestamp ? search.Range : TimeRange.All;
        bool isOpen = range.From == Timestamp.MinValue || range.To == Timestamp.MaxValue;
        return TimeBuckets.Plan(date.Interval, range, isOpen ? context.Extent(date.Field) : null, search.Zone);
    }
}
