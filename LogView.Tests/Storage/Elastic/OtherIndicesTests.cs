using System.Text;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Time;

namespace LogView.Tests.Storage.Elastic;

/// <summary>Indices that others fill, as Filebeat, Logstash and programs of one's own do.</summary>
public abstract class OtherIndices(ElasticServer server) : OthersData(server)
{
    [Fact]
    public async Task Search_TextWithKeyword_FindsSortsAndGroups()
    {
        await FillAsync();

        Assert.Equal("2 1", await FoundAsync("message: connection"));
        Assert.Equal("1", await FoundAsync("message: \"connection refused\""));
        Assert.Equal("2 1", await FoundAsync("host.name: web*"));
        Assert.Equal("1", await FoundAsync("host.name: web-01 and status >= 500"));
        Assert.Equal("3", await FoundAsync("client: 10.0.0.0/8"));
        Assert.Equal("2", await FoundAsync("message: /re+set/"));
        SearchResult sorted = await Store.SearchAsync(All with { Sort = [new SortField("host.name", SortOrder.Asc)] }, null, Cancel);
        Assert.Equal("3 1 2", Ids(sorted));
        var hosts = Assert.IsType<BucketsResult>((await Store.SearchAsync(
            All with { Aggregations = Plan(new TermsAggregation("host.name")) }, null, Cancel)).Aggregations["it"]);
        Assert.Equal("db-01=1 web-01=1 web-02=1", string.Join(' ', hosts.Buckets.Select(b => $"{b.Key}={b.Count}")));
    }

    [Fact]
    public async Task Find_InAnIndexMadeAMomentAgo_IsFound()
    {
        await FillAsync();
        await Store.ListDataStreamsAsync(Cancel);
        await Cluster.BulkAsync(Prefix + "late", [("late-1", """{"@timestamp":"2026-11-01T10:00:00Z","message":"connection"}""")]);

        IReadOnlyDictionary<EventId, LogEvent> found = await Store.FindAsync(DataStreamName.Parse("late"), [new EventId("late-1")], Cancel);

        Assert.Equal("late-1", Assert.Single(found).Key.Value);
    }

    [Fact]
    public async Task Search_TimeRangeAndHistogram_AreOfTheirTimestamps()
    {
        await FillAsync();
        var range = new TimeRange(Instant("2026-11-01T10:00:01Z"), Instant("2026-11-01T10:00:03Z"));

        SearchResult result = await Store.SearchAsync(
            All with { Range = range, Aggregations = Plan(new DateHistogramAggregation(new HistogramInterval.Fixed(1_000_000_000))) }, null, Cancel);

        Assert.Equal("3 2", Ids(result));
        Assert.Equal([1L, 1L], Assert.IsType<BucketsResult>(result.Aggregations["it"]).Buckets.Select(b => b.Count));
        Assert.Contains(result.Notes, n => n.Code == "words_as_indexed");
        Assert.Equal("2026-11-01T10:00:02.000000000Z", result.Hits[0].Event.Timestamp.ToString());
    }

    [Fact]
    public async Task Search_IndicesWithoutTimestamps_AreLeftOutAndNamed()
    {
        await FillAsync();
        await Cluster.PutAsync(Prefix + "texts", """{"mappings":{"properties":{"@timestamp":{"type":"keyword"},"message":{"type":"text"}}}}""");
        await Cluster.BulkAsync(Prefix + "texts", [("t", """{"@timestamp":"2026-11-01T10:00:00Z","message":"connection"}""")]);
        await Cluster.PutAsync(Prefix + "none", """{"mappings":{"properties":{"when":{"type":"date"}}}}""");
        await Cluster.BulkAsync(Prefix + "none", [("n", """{"when":"2026-11-01T10:00:00Z"}""")]);

        SearchResult result = await Store.SearchAsync(All, null, Cancel);

        Assert.Equal("3 2 1", Ids(result));
        Assert.Equal(SearchStatus.Complete, result.Status);
        Assert.Equal("Not searched, because they have no date field @timestamp and elasticTimeFields in the settings file names none that they have: none, texts", Assert.Single(result.Notes, n => n.Code == "no_timestamp").Message);
    }

    [Fact]
    public async Task Search_TogetherWithOwn_FindsBothInOneOrder()
    {
        await FillAsync();
        await Store.WriteAsync([new LogEvent
        {
            Id = new EventId("own"), DataStream = DataStreamName.Parse("logs-own"), Timestamp = Instant("2026-11-01T10:00:01Z"), Sequence = 1,
            Source = Encoding.UTF8.GetBytes("""{"message":"Connection closed","status":500}"""),
        }], Cancel);

        Assert.Equal("2 own 1", await FoundAsync("message: connection"));
        Assert.Equal("own 1", await FoundAsync("status: 500"));
        IReadOnlyList<DataStreamInfo> streams = await Store.ListDataStreamsAsync(Cancel);
        Assert.Equal(["app-2026.11.01", "logs-own"], streams.Select(s => s.Name.Value));
        Assert.Equal(3, streams[0].Events);
    }

    [Fact]
    public async Task Paging_ManyOfOneInstant_GivesEachOnce()
    {
        string index = Prefix + "ties";
        await Cluster.PutAsync(index, """{"settings":{"number_of_shards":3},"mappings":{"properties":{"@timestamp":{"type":"date"}}}}""");
        await Cluster.BulkAsync(index, [.. Enumerable.Range(0, 100).Select(i => ($"e{i}", """{"@timestamp":"2026-11-01T10:00:00Z"}"""))]);
        List<string> ids = [];
        string? after = null;
        do
        {
            SearchResult page = await Store.SearchAsync(All with { Size = 7, After = after }, null, Cancel);
            ids.AddRange(page.Hits.Select(h => h.Event.Id.Value));
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal(100, ids.Count);
        Assert.Equal(100, ids.Distinct(StringComparer.Ordinal).Count());
    }

    private async Task FillAsync()
    {
        string index = Prefix + "app-2026.11.01";
        await Cluster.PutAsync(index, """
            {"mappings":{"properties":{"@timestamp":{"type":"date"},"message":{"type":"text"},
            "host":{"properties":{"name":{"type":"text","fields":{"keyword":{"type":"keyword"}}}}},"status":{"type":"integer"},"client":{"type":"ip"}}}}
            """);
        await Cluster.BulkAsync(index,
        [
            ("1", """{"@timestamp":"2026-11-01T10:00:00Z","message":"Connection refused","host":{"name":"web-01"},"status":500}"""),
            ("2", """{"@timestamp":"2026-11-01T10:00:01.500Z","message":"connection reset","host.name":"web-02","status":"200"}"""),
            ("3", """{"@timestamp":"2026-11-01T10:00:02Z","message":"done","host":{"name":"db-01"},"client":"10.1.2.3"}"""),
        ]);
    }
}

[Collection("elasticsearch8")]
[Trait("Kind", "slow")]
public sealed class Elasticsearch8OtherIndicesTests(Elasticsearch8 server) : OtherIndices(server);

[Collection("opensearch2")]
[Trait("Kind", "slow")]
public sealed class OpenSearch2OtherIndicesTests(OpenSearch2 server) : OtherIndices(server);

[Collection("elasticsearch7")]
[Trait("Kind", "slow")]
public sealed class Elasticsearch7OtherIndicesTests(Elasticsearch7 server) : OtherIndices(server);
