using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Time;
using LogView.Server.Storage.Aggregations;
using LogView.Server.Storage.Elastic.Indices;

namespace LogView.Server.Storage.Elastic.Reading.Aggregating;

/// <summary>
/// Aggregations as the cluster computes them. Where its meaning differs from LogView's, or a field is not the same everywhere, writing has
/// no answer and the events themselves are summed up.
/// </summary>
internal sealed class AggregationWriter(SearchScope scope, StoreSearch search, ClusterQuery query, Extents extents)
{
    /// <summary>Queries in one <c>filters</c> aggregation: each costs a pass over the hits.</summary>
    private const int MaxFilters = 1_000;

    /// <summary>Values kept by each shard beyond those asked for, so that counts are rarely short.</summary>
    private const int SpareTerms = 1_000;

    /// <summary>Distinct values that are counted one by one; the most a cluster takes is 40,000.</summary>
    private const int ExactDistinct = 10_000;

    /// <summary>Stated for cardinality above <see cref="ExactDistinct"/>: the cluster's documentation names 6 % for smaller thresholds than this.</summary>
    private const double DistinctError = 0.03;

    /// <summary>Stated for percentiles of the cluster's digests.</summary>
    public const double PercentileError = 0.05;

    /// <summary>Null when the cluster cannot answer.</summary>
    public PushedSet? Write(IReadOnlyDictionary<string, PlannedAggregation> planned)
    {
        Dictionary<string, PushedAggregation> written = new(StringComparer.Ordinal);
        foreach ((string name, PlannedAggregation one) in planned)
        {
            if (Write(one.Children) is not { } children || Write(one, children) is not { } pushed)
            {
                return null;
            }

            written[name] = pushed;
        }

        return new PushedSet(written);
    }

    private PushedAggregation? Write(PlannedAggregation planned, PushedSet children) => planned.Aggregation switch
    {
        DateHistogramAggregation date => Dates(date, children),
        HistogramAggregation histogram => Numbers(histogram, children),
        TermsAggregation terms => Terms(terms, children),
        RangeAggregation range => Ranges(range, children),
        FiltersAggregation filters => Filters(planned, filters, children),
        PercentilesAggregation percentiles => Percentiles(percentiles),
        MetricAggregation metric => Metric(metric),
        _ => null,
    };

    private PushedAggregation? Dates(DateHistogramAggregation date, PushedSet children)
    {
        bool isTimestamp = FieldDates.IsTimestamp(date.Field), isApart = isTimestamp && !scope.HasOneTime;
        string? field = isApart ? null : extents.DateField(date.Field, query);
        if (field is null && !isApart)
        {
            return null;
        }

        TimeRange range = isTimestamp ? search.Range : TimeRange.All;
        TimeBuckets buckets = TimeBuckets.Plan(date.Interval, range, extents.Instants(date.Field), search.Zone);
        return buckets.Count == 0 ? PushedAggregation.Known(new BucketsResult([], buckets.FixedNanoseconds))
            : (field is null ? null : TimeHistogram.Fixed(field, buckets, children))
            ?? (buckets.Count <= MaxFilters ? TimeHistogram.Each((first, last) => field is null ? scope.Instants(first, last) : Dsl.Instants(field, first, last), buckets, children) : null);
    }

    private PushedAggregation? Numbers(HistogramAggregation histogram, PushedSet children)
    {
        query.Touch(OwnNames.OddValue(histogram.Field));
        FieldValues values = FieldValues.Of(histogram.Field, scope);
        if (values.IsMixed)
        {
            return null;
        }

        return !values.Kind.IsNumber() || extents.Numbers(histogram.Field) is not { } extent
            ? PushedAggregation.Known(new BucketsResult([]))
            : NumberHistogram.Write(values.Field!, new NumberBuckets(histogram.Interval), extent, children);
    }

    private PushedAggregation? Terms(TermsAggregation terms, PushedSet children)
    {
        query.Touch(OwnNames.OddValue(terms.Field));
        FieldValues values = FieldValues.Of(terms.Field, scope);
        if (values.IsMixed || FieldDates.IsTimestamp(terms.Field) || values.Kind is FieldKind.Date or FieldKind.Ip
            || (terms.Contains is not null && values.Kind != FieldKind.Keyword))
        {
            return null;
        }

        if (values.Field is null)
        {
            return PushedAggregation.Known(new BucketsResult([], OtherCount: 0, ErrorBound: 0));
        }

        var body = new JsonObject { ["field"] = values.Field, ["size"] = terms.Size, ["shard_size"] = terms.Size + SpareTerms };
        if (terms.Contains is { Length: > 0 } part)
        {
            body["include"] = $".*{AnyCase(part)}.*";
        }

        var request = children.Within(new JsonObject { ["terms"] = body });
        return new PushedAggregation(request, (answer, budget) => TermsReader.Read(answer, values.Kind, children, budget));
    }

    private PushedAggregation? Ranges(RangeAggregation range, PushedSet children)
    {
        query.Touch(OwnNames.OddValue(range.Field));
        FieldValues values = FieldValues.Of(range.Field, scope);
        ValueRange[] ranges = [.. range.Ranges.Select(r => ValueRange.Of(r, range.Field))];
        bool isTimestamp = FieldDates.IsTimestamp(range.Field);
        if (!isTimestamp && (values.IsMixed || ranges.Any(r => r.IsTime)))
        {
            return null;
        }

        JsonObject[] queries = [.. ranges.Select(r => isTimestamp ? TimeHistogram.Between(scope.Instants, r.FromInstant, r.ToInstant) : Between(values, r))];
        return Filters(queries, children, (bucket, i) => bucket with
        {
            Key = ranges[i].Asked.Key is { } key ? FieldValue.Of(key) : null,
            From = ranges[i].Asked.From,
            To = ranges[i].Asked.To,
        });
    }

    private static JsonObject Between(FieldValues values, ValueRange range)
    {
        if (!values.Kind.IsNumber())
        {
            return Dsl.None;
        }

        var bounds = new JsonObject();
        if (range.FromNumber is { } from)
        {
            bounds["gte"] = from;
        }

        if (range.ToNumber is { } to)
        {
            bounds["lt"] = to;
        }

        return bounds.Count == 0 ? Dsl.Exists(values.Field!) : Dsl.On("range", values.Field!, bounds);
    }

    private PushedAggregation? Filters(PlannedAggregation planned, FiltersAggregation filters, PushedSet children)
    {
        string[] names = [.. filters.Filters.Keys];
        JsonObject[] queries = [.. names.Select(n => query.Write(planned.Filters[n]))];
        return Filters(queries, children, (bucket, i) => bucket with { Key = FieldValue.Of(names[i]) });
    }

    private static PushedAggregation Filters(JsonObject[] queries, PushedSet children, Func<Bucket, int, Bucket> name)
    {
        var request = new JsonObject { ["filters"] = new JsonObject { ["filters"] = new JsonArray([.. queries]) } };
        return new PushedAggregation(children.Within(request), (answer, budget) => new BucketsResult(
            [.. Enumerable.Range(0, queries.Length).Select(i => name(children.Bucket(answer?.GetProperty("buckets")[i], budget), i))]));
    }

    private PushedAggregation? Percentiles(PercentilesAggregation percentiles)
    {
        query.Touch(OwnNames.OddValue(percentiles.Field));
        FieldValues values = FieldValues.Of(percentiles.Field, scope);
        if (values.IsMixed)
        {
            return null;
        }

        if (!values.Kind.IsNumber())
        {
            return PushedAggregation.Known(new PercentilesResult(percentiles.Percents.Distinct().ToDictionary(p => p, _ => (double?)null), 0));
        }

        double[] percents = [.. percentiles.Percents.Distinct().Order()];
        var request = new JsonObject
        {
            ["percentiles"] = new JsonObject
            {
                ["field"] = values.Field, ["keyed"] = false, ["percents"] = new JsonArray([.. percents.Select(p => JsonValue.Create(p))]),
                ["tdigest"] = new JsonObject { ["compression"] = 500 },
            },
        };
        return new PushedAggregation(request, (answer, _) => MetricReader.Percentiles(answer, percents));
    }

    private PushedAggregation? Metric(MetricAggregation metric)
    {
        if (metric.Field is null)
        {
            return new PushedAggregation(new JsonObject { ["filter"] = Dsl.All }, (answer, _) => new MetricResult(answer?.GetProperty("doc_count").GetInt64() ?? 0));
        }

        query.Touch(OwnNames.OddValue(metric.Field));
        FieldValues values = FieldValues.Of(metric.Field, scope);
        if (values.IsMixed || FieldDates.IsTimestamp(metric.Field))
        {
            return null;
        }

        bool isCount = metric.Kind is MetricKind.Count or MetricKind.Cardinality;
        double? nothing = isCount || metric.Kind == MetricKind.Sum ? 0 : null;
        if (values.Field is null || (!isCount && !values.Kind.IsNumber()))
        {
            return PushedAggregation.Known(new MetricResult(nothing));
        }

        if (metric.Kind == MetricKind.Count)
        {
            query.Touch(OwnNames.OddRepeat(metric.Field));
        }

        var body = new JsonObject { ["field"] = values.Field };
        if (metric.Kind == MetricKind.Cardinality)
        {
            body["precision_threshold"] = ExactDistinct;
        }

        double error = metric.Kind == MetricKind.Cardinality ? DistinctError : 0;
        return new PushedAggregation(new JsonObject { [NameOf(metric.Kind)] = body }, (answer, _) => MetricReader.Value(answer, nothing, error));
    }

    private static string NameOf(MetricKind kind) => kind switch
    {
        MetricKind.Count => "value_count",
        MetricKind.Cardinality => "cardinality",
        _ => kind.ToString().ToLowerInvariant(),
    };

    /// <summary>A Lucene expression for a text in any case.</summary>
    private static string AnyCase(string text)
    {
        var pattern = new StringBuilder();
        foreach (Rune rune in text.EnumerateRunes())
        {
            string lower = Rune.ToLowerInvariant(rune).ToString(), upper = Rune.ToUpperInvariant(rune).ToString();
            string own = Escape(rune.ToString());
            pattern.Append(string.Equals(lower, upper, StringComparison.Ordinal) ? own : string.Create(CultureInfo.InvariantCulture, $"({Escape(lower)}|{Escape(upper)}|{own})"));
        }

        return pattern.ToString();
    }

    private static string Escape(string text) => ".?+*|{}[]()\"\\#@&<>~^$-".Contains(text, StringComparison.Ordinal) ? "\\" + text : text;
}
