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
internal static class AnswerPlan
{
    /// <param name="search">Its histograms over time have closed bounds.</param>
    public static string Of(StoreSearch search)
    {
        var text = new StringBuilder();
        Add(text, search.Query);
        Add(text, search.Zone.Id);
        foreach ((string name, PlannedAggregation one) in search.Aggregations)
        {
            Add(text, name);
            Add(text, one, search);
        }

        // Date math in a query or filter depends on the instant of the search.
        if (text.ToString().Contains("now", StringComparison.OrdinalIgnoreCase))
        {
            text.Append(CultureInfo.InvariantCulture, $"@{search.Now.UnixNanoseconds}");
        }

        return text.ToString();
    }

    private static void Add(StringBuilder text, PlannedAggregation planned, StoreSearch search)
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
            Add(text, filter);
        }

        foreach ((string name, PlannedAggregation child) in planned.Children)
        {
            Add(text, name);
            Add(text, child, search);
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

    private static void Add(StringBuilder text, QueryNode query) => Add(text, QueryPrinter.Print(query));

    /// <summary>With its length before it, so that no two lists of texts look alike.</summary>
    private static void Add(StringBuilder text, string part) => text.Append(CultureInfo.InvariantCulture, $"{part.Length}:").Append(part);
}
