using System.Globalization;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Query;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Time;
using LogView.Server.Storage;
using LogView.Server.Storage.Aggregations;

namespace LogView.Server.Search;

/// <summary>Checks aggregations, parses their filters and resolves their ranges. Throws <see cref="PlanException"/>.</summary>
internal sealed class AggregationPlanner(QueryLanguage language, Timestamp now, TimeZoneInfo zone, TimeRange range)
{
    private static readonly Dictionary<string, QueryNode> NoFilters = [];

    private int _count;

    public IReadOnlyDictionary<string, PlannedAggregation> Plan(IReadOnlyDictionary<string, Aggregation> aggregations) =>
        Plan(aggregations, "aggregations", depth: 1);

    private Dictionary<string, PlannedAggregation> Plan(IReadOnlyDictionary<string, Aggregation> aggregations, string where, int depth)
    {
        _count += aggregations.Count;
        SearchPlanner.CheckBetween(_count, 0, SearchLimits.MaxAggregations, "aggregations", "entries on all levels");
        if (aggregations.Count > 0 && depth > AggregationLimits.MaxDepth)
        {
            throw PlanException.BadRequest($"'{where}' is nested too deep: expected at most {AggregationLimits.MaxDepth} levels");
        }

        Dictionary<string, PlannedAggregation> planned = new(StringComparer.Ordinal);
        foreach ((string name, Aggregation aggregation) in aggregations)
        {
            string at = $"{where}.{name}";
            (Aggregation ready, Dictionary<string, QueryNode> filters) = Check(aggregation, at);
            planned[name] = new PlannedAggregation(ready, filters, Plan(aggregation.Aggregations, $"{at}.aggregations", depth + 1));
        }

        return planned;
    }

    private (Aggregation Ready, Dictionary<string, QueryNode> Filters) Check(Aggregation aggregation, string where)
    {
        switch (aggregation)
        {
            case DateHistogramAggregation date:
                SearchPlanner.CheckField(date.Field, $"{where}.dateHistogram.field");
                CheckInterval(date, where);
                return (date, NoFilters);
            case HistogramAggregation histogram:
                SearchPlanner.CheckField(histogram.Field, $"{where}.histogram.field");
                return histogram.Interval > 0 && double.IsFinite(histogram.Interval)
                    ? (histogram, NoFilters)
                    : throw PlanException.BadRequest($"'{where}.histogram.interval' is {histogram.Interval.ToString(CultureInfo.InvariantCulture)}: expected a number above 0");
            case TermsAggregation terms:
                SearchPlanner.CheckField(terms.Field, $"{where}.terms.field");
                SearchPlanner.CheckBetween(terms.Size, 1, AggregationLimits.MaxBuckets, $"{where}.terms.size");
                return (terms, NoFilters);
            case RangeAggregation ranges:
                SearchPlanner.CheckField(ranges.Field, $"{where}.range.field");
                return (Resolve(ranges, where), NoFilters);
            case FiltersAggregation filters:
                SearchPlanner.CheckBetween(filters.Filters.Count, 1, SearchLimits.MaxParts, $"{where}.filters.filters", "entries");
                return (filters, filters.Filters.ToDictionary(
                    f => f.Key, f => SearchPlanner.Parse(f.Value, language, $"{where}.filters.filters.{f.Key}"), StringComparer.Ordinal));
            case PercentilesAggregation percentiles:
                CheckPercents(percentiles, where);
                return (percentiles, NoFilters);
            case MetricAggregation { Field: null } metric when metric.Kind != MetricKind.Count:
                throw PlanException.BadRequest($"'{where}' names no field: only count goes without");
            case MetricAggregation { Field: { } field } metric:
                SearchPlanner.CheckField(field, $"{where}.field");
                return (metric, NoFilters);
            default:
                return (aggregation, NoFilters);
        }
    }

    /// <summary>Where the range is closed the number of buckets is known now; where it is open, the engine finds out.</summary>
    private void CheckInterval(DateHistogramAggregation date, string where)
    {
        string at = $"{where}.dateHistogram";
        switch (date.Interval)
        {
            case HistogramInterval.Auto auto:
                SearchPlanner.CheckBetween(auto.MaxBuckets, 1, AggregationLimits.MaxBuckets, $"{at}.buckets");
                break;
            case HistogramInterval.Fixed { Nanoseconds: <= 0 }:
                throw PlanException.BadRequest($"'{at}.interval' is not above 0: expected auto, a width such as 30s or 24m, or a calendar unit such as 1d");
            default:
                CheckBuckets(date, at);
                break;
        }
    }

    private void CheckBuckets(DateHistogramAggregation date, string where)
    {
        bool isClosed = range.From != Timestamp.MinValue && range.To != Timestamp.MaxValue && FieldDates.IsTimestamp(date.Field);
        try
        {
            _ = isClosed ? TimeBuckets.Plan(date.Interval, range, extent: null, zone) : null;
        }
        catch (TooManyBucketsException e)
        {
            throw PlanException.BadRequest($"'{where}.interval' is too small: {e.Message}");
        }
    }

    private static void CheckPercents(PercentilesAggregation percentiles, string where)
    {
        SearchPlanner.CheckField(percentiles.Field, $"{where}.percentiles.field");
        SearchPlanner.CheckBetween(percentiles.Percents.Count, 1, SearchLimits.MaxParts, $"{where}.percentiles.percents", "entries");
        if (percentiles.Percents.Any(p => p is not (>= 0 and <= 100)))
        {
            throw PlanException.BadRequest($"'{where}.percentiles.percents' has a number outside 0 to 100");
        }
    }

    private RangeAggregation Resolve(RangeAggregation aggregation, string where)
    {
        SearchPlanner.CheckBetween(aggregation.Ranges.Count, 1, SearchLimits.MaxParts, $"{where}.range.ranges", "entries");
        List<AggregationRange> resolved = [];
        for (int i = 0; i < aggregation.Ranges.Count; i++)
        {
            AggregationRange asked = aggregation.Ranges[i];
            string at = $"{where}.range.ranges[{i}]";
            string? from = Bound(asked.From, aggregation.Field, $"{at}.from"), to = Bound(asked.To, aggregation.Field, $"{at}.to");
            if (from is null && to is null)
            {
                throw PlanException.BadRequest($"'{at}' has no bound: expected from, to or both");
            }

            resolved.Add(new AggregationRange(from, to, asked.Key));
        }

        return aggregation with { Ranges = resolved };
    }

    /// <summary>Numbers as they are, anything else as an instant. On <c>@timestamp</c> a number is a date too.</summary>
    private string? Bound(string? text, string field, string where)
    {
        bool isNumber = text is null
            || (!FieldDates.IsTimestamp(field) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number));
        return isNumber ? text : TimeBounds.Instant(text!, where, now, zone, roundUp: false).ToString();
    }
}
