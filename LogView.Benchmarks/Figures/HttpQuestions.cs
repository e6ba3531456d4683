using System.Globalization;

namespace LogView.Benchmarks.Figures;

/// <summary>The questions of the bench as both servers take them.</summary>
internal static class HttpQuestions
{
    private const string From = "2026-11-01T00:00:00Z";
    private const string To = "2026-11-02T00:00:00Z";
    private const string Range = $$$"""{"range": {"@timestamp": {"gte":"{{{From}}}","lt":"{{{To}}}"} } }""";

    private static readonly (string Name, string LogView, string Elastic)[] Queries =
    [
        ("all", "*", """{"match_all":{}}"""),
        ("level", "level: error", """{"term":{"level":"error"}}"""),
        ("rare", "message: xyzzyfault", """{"match":{"message":"xyzzyfault"}}"""),
        ("phrase", "message: \\\"timed out after\\\"", """{"match_phrase":{"message":"timed out after"}}"""),
        ("prefix", "message: conn*", """{"prefix":{"message":"conn"}}"""),
        ("substring", "message: *timeout*", """{"wildcard":{"message":"*timeout*"}}"""),
        ("and3", "level: error and service: checkout-api and message: timeout", """{"bool":{"filter":[{"term":{"level":"error"}},{"term":{"service":"checkout-api"}},{"match":{"message":"timeout"}}]}}"""),
        ("not", "not level: info", """{"bool":{"must_not":[{"term":{"level":"info"}}]}}"""),
    ];

    private static readonly (string Name, string LogView, string Elastic)[] Metrics =
    [
        ("hist60xlevel",
            """{"h":{"dateHistogram":{"interval":"24m"},"aggregations":{"l":{"terms":{"field":"level"}}}}}""",
            """{"h":{"date_histogram":{"field":"@timestamp","fixed_interval":"24m"},"aggs":{"l":{"terms":{"field":"level"}}}}}"""),
        ("terms10 service", """{"t":{"terms":{"field":"service","size":10}}}""", """{"t":{"terms":{"field":"service","size":10}}}"""),
        ("terms10 host", """{"t":{"terms":{"field":"host","size":10}}}""", """{"t":{"terms":{"field":"host","size":10}}}"""),
        ("avg+p95",
            """{"h":{"dateHistogram":{"interval":"24m"},"aggregations":{"a":{"avg":{"field":"duration_ms"}},"p":{"percentiles":{"field":"duration_ms","percents":[95]}}}}}""",
            """{"h":{"date_histogram":{"field":"@timestamp","fixed_interval":"24m"},"aggs":{"a":{"avg":{"field":"duration_ms"}},"p":{"percentiles":{"field":"duration_ms","percents":[95]}}}}}"""),
    ];

    /// <summary>Bodies by question.</summary>
    public static IEnumerable<(string Name, string LogView, string Elastic)> All()
    {
        foreach ((string name, string own, string elastic) in Queries)
        {
            yield return ($"newest100 {name}", LogView(own, 100, "none", "{}"), Elastic(elastic, 100, isCounted: false, "{}"));
        }

        foreach ((string name, string own, string elastic) in Queries)
        {
            yield return ($"count {name}", LogView(own, 0, "exact", "{}"), Elastic(elastic, 0, isCounted: true, "{}"));
        }

        foreach ((string metric, string ownMetric, string elasticMetric) in Metrics)
        {
            bool isHistogram = metric.StartsWith("hist", StringComparison.Ordinal);
            foreach ((string name, string own, string elastic) in Queries.Where(q => q.Name is "all" or "level" || isHistogram && q.Name is "rare" or "phrase"))
            {
                yield return ($"{metric} {name}", LogView(own, 0, "none", ownMetric), Elastic(elastic, 0, isCounted: false, elasticMetric));
            }
        }
    }

    private static string LogView(string query, int size, string count, string aggregations) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"query":"{{query}}","from":"{{From}}","to":"{{To}}","size":{{size}},"count":"{{count}}","aggregations":{{aggregations}}}""");

    private static string Elastic(string query, int size, bool isCounted, string aggregations)
    {
        string sort = size > 0 ? """ "sort":[{"@timestamp":"desc"}], """ : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"query":{"bool":{"filter":[{{query}},{{Range}}]} },"track_total_hits":{{(isCounted ? "true" : "false")}},"size":{{size}},{{sort}}"aggs":{{aggregations}} }""");
    }
}
