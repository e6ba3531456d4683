using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Query;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Time;
using LogView.Client.Language;
using LogView.Server.Storage;

namespace LogView.Benchmarks.Storage;

/// <summary>The questions every engine is measured by, over the corpus' first day.</summary>
internal static class StoreQuestions
{
    private static readonly Timestamp From = Timestamp.FromUnixMilliseconds(1_793_491_200_000);
    private static readonly TimeRange Day = new(From, From.Add(TimeSpan.FromDays(1)));

    private static readonly (string Name, string Text)[] Queries =
    [
        ("all", ""), ("level", "level: error"), ("rare", "message: xyzzyfault"), ("phrase", "message: \"timed out after\""), ("prefix", "message: conn*"),
        ("substring", "message: *timeout*"), ("and3", "level: error and service: checkout-api and message: timeout"), ("not", "not level: info"),
    ];

    public static IEnumerable<(string Name, StoreSearch Search)> All()
    {
        foreach ((string name, string text) in Queries)
        {
            yield return ($"newest100 {name}", Search(text) with { Size = 100, Count = CountMode.None });
        }

        foreach ((string name, string text) in Queries)
        {
            yield return ($"count {name}", Search(text));
        }

        foreach ((string name, string text) in Queries.Where(q => q.Name is "all" or "level" or "rare" or "phrase"))
        {
            yield return ($"hist60xlevel {name}", Search(text) with { Aggregations = Histogram(("l", new TermsAggregation("level"))) });
        }

        foreach ((string name, string text) in Queries.Where(q => q.Name is "all" or "level"))
        {
            yield return ($"terms10 service {name}", Search(text) with { Aggregations = One("t", new TermsAggregation("service")) });
            yield return ($"terms10 host {name}", Search(text) with { Aggregations = One("t", new TermsAggregation("host")) });
            yield return ($"avg+p95 {name}", Search(text) with
            {
                Aggregations = Histogram(
                    ("a", new MetricAggregation(MetricKind.Avg, "duration_ms")), ("p", new PercentilesAggregation("duration_ms", [95]))),
            });
        }
    }

    private static StoreSearch Search(string text) => new()
    {
        Query = QueryParser.Parse(text).Node ?? throw new ArgumentException($"'{text}' is no query", nameof(text)), DataStreams = _ => true, Range = Day, Now = From, Size = 0,
    };

    private static Dictionary<string, PlannedAggregation> Histogram(params (string Name, Aggregation Aggregation)[] inner) => new(StringComparer.Ordinal)
    {
        ["h"] = new PlannedAggregation(
            new DateHistogramAggregation(new HistogramInterval.Fixed(24 * 60 * Timestamp.NanosecondsPerSecond)),
            new Dictionary<string, QueryNode>(StringComparer.Ordinal),
            inner.ToDictionary(i => i.Name, i => Leaf(i.Aggregation), StringComparer.Ordinal)),
    };

    private static Dictionary<string, PlannedAggregation> One(string name, Aggregation aggregation) => new(StringComparer.Ordinal) { [name] = Leaf(aggregation) };

    private static PlannedAggregation Leaf(Aggregation aggregation) =>
        new(aggregation, new Dictionary<string, QueryNode>(StringComparer.Ordinal), new Dictionary<string, PlannedAggregation>(StringComparer.Ordinal));
}
