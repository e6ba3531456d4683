using System.Text;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Time;
using LogView.Client.Language;
using LogView.Server.Storage;

namespace LogView.Tests.Storage.Elastic;

/// <summary>Indices of others whose events have their time in a field of another name, alone and together with the rest.</summary>
public abstract class OtherTimes(ElasticServer server) : OthersData(server)
{
    private static readonly TimeRange FirstTwoSeconds = new(Instant("2026-11-01T10:00:00Z"), Instant("2026-11-01T10:00:02Z"));

    [Theory]
    [InlineData("""{"type":"date"}""", "\"2026-11-01T10:00:00.250Z\"", "\"2026-11-01T10:00:01Z\"")]
    [InlineData("""{"type":"date_nanos"}""", "\"2026-11-01T10:00:00.250000000Z\"", "\"2026-11-01T10:00:01Z\"")]
    [InlineData("""{"type":"date","format":"epoch_millis"}""", "1793527200250", "1793527201000")]
    [InlineData("""{"type":"date","format":"epoch_second"}""", "1793527200.25", "1793527201")]
    [InlineData("""{"type":"date","format":"dd.MM.yyyy HH:mm:ss.SSS"}""", "\"01.11.2026 10:00:00.250\"", "\"01.11.2026 10:00:01.000\"")]
    public async Task Search_ChosenField_IsTheTime(string mapping, string first, string second)
    {
        await Cluster.PutAsync(Prefix + "app-1", $"{{\"mappings\":{{\"properties\":{{\"job\":{{\"properties\":{{\"made\":{mapping}}}}}}}}}}}");
        await Cluster.BulkAsync(Prefix + "app-1",
        [
            ("a", $"{{\"job\":{{\"made\":{first}}},\"n\":1}}"), ("b", $"{{\"job.made\":{second},\"n\":2}}"), ("c", """{"job":{"made":null},"n":3}"""),
        ]);
        await ChooseAsync(("*", "nothing"), ("app-*", "job.made"));

        SearchResult result = await Store.SearchAsync(
            All with { Range = FirstTwoSeconds, Aggregations = Plan(new DateHistogramAggregation(new HistogramInterval.Fixed(1_000_000_000))) }, null, Cancel);

        Assert.Equal("b a", Ids(result));
        Assert.Equal("2026-11-01T10:00:00.250000000Z", result.Hits[1].Event.Timestamp.ToString());
        Assert.Equal([1L, 1L], Assert.IsType<BucketsResult>(result.Aggregations["it"]).Buckets.Select(b => b.Count));
        Assert.Empty(result.Notes);
        Assert.Equal("a b", Ids(await Store.SearchAsync(All with { Range = FirstTwoSeconds, Sort = [new SortField("@timestamp", SortOrder.Asc)] }, null, Cancel)));
        Assert.Equal("b a c", await FoundAsync("*"));
        DataStreamInfo stream = Assert.Single(await Store.ListDataStreamsAsync(Cancel));
        Assert.Equal("2026-11-01T10:00:01.000000000Z", stream.Newest.ToString());
    }

    [Fact]
    public async Task Search_WellKnownName_IsTakenAndSaid()
    {
        await Cluster.PutAsync(Prefix + "app-1", """{"mappings":{"properties":{"ts":{"type":"date"},"date":{"type":"date"},"time":{"type":"keyword"}}}}""");
        await Cluster.BulkAsync(Prefix + "app-1", [("a", """{"ts":"2026-11-01T10:00:00Z","date":"2020-01-01","time":"now"}""")]);

        SearchResult result = await Store.SearchAsync(All, null, Cancel);

        Assert.Equal("2026-11-01T10:00:00.000000000Z", Assert.Single(result.Hits).Event.Timestamp.ToString());
        Assert.Equal(
            "The time of events is that in 'ts', for want of a date field @timestamp: app-1; elasticTimeFields in the settings file names another field",
            Assert.Single(result.Notes, n => n.Code == "time_field").Message);
    }

    [Fact]
    public async Task Search_ChosenFieldThatIsNoDate_IsLeftOutAndNamed()
    {
        await Cluster.PutAsync(Prefix + "app-1", """{"mappings":{"properties":{"@timestamp":{"type":"date"},"made":{"type":"keyword"},"list":{"type":"nested","properties":{"at":{"type":"date"}}}}}}""");
        await Cluster.BulkAsync(Prefix + "app-1", [("a", """{"@timestamp":"2026-11-01T10:00:00Z"}""")]);

        foreach (string field in (string[])["made", "list.at"])
        {
            await ChooseAsync(("app-*", field));
            SearchResult result = await Store.SearchAsync(All, null, Cancel);
            Assert.Empty(result.Hits);
            Assert.EndsWith(": app-1", Assert.Single(result.Notes, n => n.Code == "no_timestamp").Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Search_SeveralTimeFields_AreOneOrderWithCountsAndBuckets()
    {
        await FillMixedAsync();

        SearchResult result = await Store.SearchAsync(
            All with
            {
                Query = QueryParser.Parse("n >= 1").Node!,
                Range = FirstTwoSeconds,
                Aggregations = new Dictionary<string, PlannedAggregation>(StringComparer.Ordinal)
                {
                    ["time"] = Plan(new DateHistogramAggregation(new HistogramInterval.Fixed(1_000_000_000)))["it"],
                    ["n"] = Plan(new MetricAggregation(MetricKind.Sum, "n"))["it"],
                },
            }, null, Cancel);

        Assert.Equal("t2 own p1 t1", Ids(result));
        Assert.Equal(new HitCount(4, IsExact: true), result.Total);
        Assert.Equal([2L, 2L], Assert.IsType<BucketsResult>(result.Aggregations["time"]).Buckets.Select(b => b.Count));
        Assert.Equal(4, Assert.IsType<MetricResult>(result.Aggregations["n"]).Value);
        Assert.Equal("t2 own", await FoundAsync("@timestamp >= \"2026-11-01T10:00:01Z\" and @timestamp < \"2026-11-01T10:00:02Z\""));
        Assert.Equal("t3 p2 t2 own p1 t1", await FoundAsync("m: /.*a.*/"));
        SearchResult open = await Store.SearchAsync(All with { Aggregations = Plan(new DateHistogramAggregation(new HistogramInterval.Fixed(1_000_000_000))) }, null, Cancel);
        Assert.Equal([2L, 2L, 1L, 1L], Assert.IsType<BucketsResult>(open.Aggregations["it"]).Buckets.Select(b => b.Count));
        SearchResult byField = await Store.SearchAsync(All with { Sort = [new SortField("m", SortOrder.Asc)] }, null, Cancel);
        Assert.Equal(6, byField.Hits.Count);
    }

    [Theory]
    [InlineData(SortOrder.Desc)]
    [InlineData(SortOrder.Asc)]
    public async Task Paging_SeveralTimeFields_GivesEachOnceInOrder(SortOrder order)
    {
        await FillMixedAsync();
        await Cluster.BulkAsync(Prefix + "plain", [.. Enumerable.Range(0, 20).Select(i => ($"x{i}", $"{{\"@timestamp\":\"2026-11-01T10:00:0{i % 5}Z\"}}"))]);
        await Cluster.BulkAsync(Prefix + "timed", [.. Enumerable.Range(0, 20).Select(i => ($"y{i}", $"{{\"when\":\"2026-11-01T10:00:0{i % 4}Z\"}}"))]);
        List<Hit> hits = [];
        string? after = null;
        do
        {
            SearchResult page = await Store.SearchAsync(All with { Size = 3, After = after, Sort = [new SortField("@timestamp", order)] }, null, Cancel);
            hits.AddRange(page.Hits);
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal(46, hits.Select(h => h.Event.Id).Distinct().Count());
        Assert.Equal(46, hits.Count);
        IEnumerable<Timestamp> times = hits.Select(h => h.Event.Timestamp);
        Assert.Equal(order == SortOrder.Asc ? times.Order() : times.OrderDescending(), times);
    }

    /// <summary>LogView's own event, two of an index with <c>@timestamp</c> and three of one with <c>when</c>.</summary>
    private async Task FillMixedAsync()
    {
        await Cluster.PutAsync(Prefix + "plain", """{"mappings":{"properties":{"@timestamp":{"type":"date"},"m":{"type":"keyword"},"n":{"type":"long"}}}}""");
        await Cluster.PutAsync(Prefix + "timed", """{"mappings":{"properties":{"when":{"type":"date"},"m":{"type":"keyword"},"n":{"type":"long"}}}}""");
        await ChooseAsync(("timed", "when"));
        await Store.WriteAsync([new LogEvent
        {
            Id = new EventId("own"), DataStream = DataStreamName.Parse("logs-own"), Timestamp = Instant("2026-11-01T10:00:01Z"), Sequence = 1,
            Source = Encoding.UTF8.GetBytes("""{"m":"a","n":1}"""),
        }], Cancel);
        await Cluster.BulkAsync(Prefix + "plain",
            [("p1", """{"@timestamp":"2026-11-01T10:00:00.500Z","m":"a","n":1}"""), ("p2", """{"@timestamp":"2026-11-01T10:00:02Z","m":"a","n":1}""")]);
        await Cluster.BulkAsync(Prefix + "timed",
        [
            ("t1", """{"when":"2026-11-01T10:00:00Z","m":"a","n":1}"""), ("t2", """{"when":"2026-11-01T10:00:01.500Z","m":"a","n":1}"""),
            ("t3", """{"when":"2026-11-01T10:00:03Z","m":"a","n":1}"""),
        ]);
    }
}

[Collection("elasticsearch8")]
[Trait("Kind", "slow")]
public sealed class Elasticsearch8OtherTimesTests(Elasticsearch8 server) : OtherTimes(server);

[Collection("opensearch2")]
[Trait("Kind", "slow")]
public sealed class OpenSearch2OtherTimesTests(OpenSearch2 server) : OtherTimes(server);

[Collection("elasticsearch7")]
[Trait("Kind", "slow")]
public sealed class Elasticsearch7OtherTimesTests(Elasticsearch7 server) : OtherTimes(server);
