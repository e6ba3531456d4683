using System.Globalization;
using System.Text;
using LogView.Client.Contracts.Query;
using LogView.Client.Contracts.Search;
using LogView.Client.Language;
using LogView.Server.Storage.Aggregations;

namespace LogView.Server.Storage.Embedded.Aggregating;

/// <summary>
/// Names what a search computes for a segment that lies wholly in its time range, so that equal names mean equal answers. The time range
/// itself is in it only as far as the buckets over time depend on it: a window that moves on keeps the answers of its middle.
/// </summary>
/// <param name="Sums">Zone and aggregations without their filters.</param>
/// <param name="Queries">The query, then the filters. As nodes: two that mean different things may print alike.</param>
internal sealed record AnswerPlan(string Sums, NodeList Queries)
{
    /// <param name="search">Its histograms over time have closed bounds.</param>
    public static AnswerPlan Of(StoreSearch search)
    {
        var text = new StringBuilder();
        var queries = new List<QueryNode> { search.Query };
        Add(text, search.Zone.Id);
        foreach ((string name, PlannedAggregation one) in search.Aggregations)
        {
            Add(text, name);
            Add(text, queries, one, search);
        }

        // Date math in a query or filter depends on the instant of the search.
        if (queries.Exists(q => QueryPrinter.Print(q).Contains("now", StringComparison.OrdinalIgnoreCase)))
        {
            text.Append(CultureInfo.InvariantCulture, $"@{search.Now.UnixNanoseconds}");
        }

        return new AnswerPlan(text.ToString(), new NodeList(queries));
    }

    private static void Add(StringBuilder text, List<QueryNode> queries, PlannedAggregation planned, StoreSearch search)
    {
        Add(text, planned.Aggregation.GetType().Name);
        switch (planned.Aggregation)
        {
            case DateHistogramAggregation date:
                Add(text, date.Field);
                AddBuckets(text, date, search);
                break;
            case HistogramAggregation histogram:
                Add(text, histogram.Field);
                Add(text, histogram.Interval.ToString("R", CultureInfo.InvariantCulture));
                break;
            case TermsAggregation terms:
                Add(text, terms.Field);
                Add(text, terms.Contains is null ? "-" : "+" + terms.Contains);
                break;
            case RangeAggregation range:
                Add(text, range.Field);
                Array.ForEach([.. range.Ranges], r => Add(text, $"{r.From is null}{r.From}\n{r.To is null}{r.To}"));
                break;
            case MetricAggregation metric:
                Add(text, metric.Kind.ToString());
                Add(text, metric.Field ?? "");
                break;
            case PercentilesAggregation percentiles:
                Add(text, percentiles.Field);
                break;
        }

        text.Append('(');
        foreach ((string name, QueryNode filter) in planned.Filters)
        {
            Add(text, name);
            queries.Add(filter);
        }

        foreach ((string name, PlannedAggregation child) in planned.Children)
        {
            Add(text, name);
            Add(text, queries, child, search);
        }

        text.Append(')');
    }

    private static void AddBuckets(StringBuilder text, DateHistogramAggregation date, StoreSearch search)
    {
        TimeBuckets buckets = TimeBuckets.Plan(date.Interval, search.Range, extent: null, search.Zone);
        Add(text, date.Interval.ToString());
        text.Append(CultureInfo.InvariantCulture, $"{buckets.Count}");
        if (buckets.Count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $",{buckets[0].From.UnixNanoseconds},{buckets[buckets.Count - 1].To.UnixNanoseconds}");
        }
    }

    /// <summary>With its length before it, so that no two lists of texts look alike.</summary>
    private static void Add(StringBuilder text, string part) => text.Append(CultureInfo.InvariantCulture, $"{part.Length}:").Append(part);
}
