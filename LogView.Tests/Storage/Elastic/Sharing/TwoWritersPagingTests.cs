using System.Globalization;
using System.Text;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Language;
using LogView.Server.Storage;
using LogView.Server.Storage.Elastic;
using LogView.Tests.Testing;

namespace LogView.Tests.Storage.Elastic.Sharing;

/// <summary>Events of two LogViews that share time and sequence: each log counts for itself. Pages of one row show each of them once.</summary>
public abstract class TwoWritersPaging(ElasticServer server) : IAsyncLifetime
{
    private const int Each = 6;

    private readonly TempFolder _folder = new();
    private readonly string _prefix = server.NextPrefix();
    private ElasticEventStore _seoul = null!;
    private ElasticEventStore _busan = null!;
    private RawCluster _cluster = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _cluster = new RawCluster(server.Require());
        (_seoul, _busan) = (Open("seoul"), Open("busan"));
        for (int i = 1; i <= Each; i++)
        {
            await _seoul.WriteAsync([Event("s", i)], Cancel);
            await _busan.WriteAsync([Event("b", i)], Cancel);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _seoul.DisposeAsync();
        await _busan.DisposeAsync();
        _cluster.Dispose();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData("@timestamp", "", false)]
    [InlineData("@timestamp", "", true)]
    [InlineData("group", "", false)]
    [InlineData("rare", "", false)]
    [InlineData("@timestamp", "message: /e.ent/", false)]
    [InlineData("group", "", true)]
    public async Task Paging_OneRowAPage_ShowsEachOnce(string field, string query, bool hasOthers)
    {
        if (hasOthers)
        {
            await _cluster.PutAsync(_prefix + "filebeat-1", """{"mappings":{"properties":{"@timestamp":{"type":"date_nanos"},"group":{"type":"long"},"message":{"type":"text"}}}}""");
            await _cluster.BulkAsync(_prefix + "filebeat-1", Enumerable.Range(0, 3).Select(i => ($"o{i}", $$"""{"@timestamp":"{{At}}","group":1,"message":"event"}""")));
        }

        List<string> all = [.. Enumerable.Range(1, Each).SelectMany(i => (string[])[Id("s", i), Id("b", i)]), .. hasOthers ? (string[])["o0", "o1", "o2"] : []];
        foreach (ElasticEventStore store in (ElasticEventStore[])[_seoul, _busan])
        {
            // A new index is noticed within seconds.
            while ((await PagesAsync(store, new StoreSearch { DataStreams = _ => true, Now = default, Size = 100 })).Count < all.Count)
            {
            }
        }

        foreach (SortOrder order in (SortOrder[])[SortOrder.Desc, SortOrder.Asc])
        {
            StoreSearch search = new() { DataStreams = _ => true, Now = default, Size = 1, Sort = [new SortField(field, order)], Query = QueryParser.Parse(query).Node! };
            List<string> inSeoul = await PagesAsync(_seoul, search), inBusan = await PagesAsync(_busan, search);

            Assert.Equal(all.Order(StringComparer.Ordinal), inSeoul.Order(StringComparer.Ordinal));
            Assert.Equal(inSeoul, inBusan);
            Assert.Equal(inSeoul, await PagesAsync(_seoul, search with { Size = 5 }));
        }
    }

    [Fact]
    public async Task Paging_CursorOfAnEarlierBuild_GoesOnBehindTheSequence()
    {
        foreach (SortOrder order in (SortOrder[])[SortOrder.Desc, SortOrder.Asc])
        {
            SortField[] sort = [new SortField("@timestamp", order)];
            string earlier = SortCursor.Write(new LogView.Server.Storage.SortKey([FieldValue.Of(Time.UnixNanoseconds)], 3), sort);
            SearchResult found = await _seoul.SearchAsync(new StoreSearch { DataStreams = _ => true, Now = default, Sort = sort, After = earlier }, null, Cancel);

            string[] expected = order == SortOrder.Desc ? ["b1", "b2", "s1", "s2"] : ["b4", "b5", "b6", "s4", "s5", "s6"];
            Assert.Equal(expected, found.Hits.Select(h => h.Event.Id.Value).Order(StringComparer.Ordinal));
        }
    }

    private const string At = "2026-11-22T05:00:00.000Z";

    private static Timestamp Time => DateMathOf(At);

    private static Timestamp DateMathOf(string text) => DateMath.Resolve(text, default, TimeZoneInfo.Utc).Value!.Value;

    private ElasticEventStore Open(string folder) => server.Open(Path.Combine(_folder.Path, folder), _prefix);

    private static string Id(string writer, int number) => string.Create(CultureInfo.InvariantCulture, $"{writer}{number}");

    /// <summary>The sort field of every second sequence is missing; both of one sequence have the same.</summary>
    private static LogEvent Event(string writer, int sequence) => new()
    {
        Id = new EventId(Id(writer, sequence)),
        DataStream = DataStreamName.Parse("logs-shop-test"),
        Timestamp = Time,
        Sequence = sequence,
        Source = Encoding.UTF8.GetBytes($$"""{"message":"event","group":1{{(sequence % 2 == 0 ? ",\"rare\":\"x\"" : "")}}}"""),
    };

    private static async Task<List<string>> PagesAsync(ElasticEventStore store, StoreSearch search)
    {
        List<string> ids = [];
        string? after = null;
        do
        {
            SearchResult page = await store.SearchAsync(search with { After = after }, null, Cancel);
            ids.AddRange(page.Hits.Select(h => h.Event.Id.Value));
            after = page.Next;
        }
        while (after is not null && ids.Count < 100);

        return ids;
    }
}

[Collection("elasticsearch8")]
[Trait("Kind", "slow")]
public sealed class Elasticsearch8TwoWritersPagingTests(Elasticsearch8 server) : TwoWritersPaging(server);

[Collection("opensearch2")]
[Trait("Kind", "slow")]
public sealed class OpenSearch2TwoWritersPagingTests(OpenSearch2 server) : TwoWritersPaging(server);

[Collection("elasticsearch7")]
[Trait("Kind", "slow")]
public sealed class Elasticsearch7TwoWritersPagingTests(Elasticsearch7 server) : TwoWritersPaging(server);
