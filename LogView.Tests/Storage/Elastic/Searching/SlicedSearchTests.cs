using System.Globalization;
using System.Text;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Query;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Time;
using LogView.Client.Language;
using LogView.Server.Storage;
using LogView.Server.Storage.Elastic;
using LogView.Server.Storage.Memory;
using LogView.Tests.Testing;

namespace LogView.Tests.Storage.Elastic.Searching;

/// <summary>Who looks on sees the rows first, then the count and the histogram grow from the newest on; the end is the same as in one piece.</summary>
public abstract class SlicedSearches(ElasticServer server) : IAsyncLifetime
{
    private const int Events = 480;
    private const long Start = 1_793_491_200_000_000_000;
    private const long Minute = 60_000_000_000;

    private readonly TempFolder _folder = new();
    private ElasticEventStore _store = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        server.Require();
        _store = server.Open(_folder.Path, server.NextPrefix());
        await _store.WriteAsync([.. Enumerable.Range(0, Events).Select(Event)], Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData("*", false)]
    [InlineData("level: error", false)]
    [InlineData("*", true)]
    public async Task Search_Watched_GrowsFromTheNewestAndEndsTheSame(string query, bool isOpen)
    {
        StoreSearch search = Search(query, isOpen);
        SearchResult whole = await _store.SearchAsync(search, progress: null, Cancel);
        var seen = new Seen();

        SearchResult watched = await _store.SearchAsync(search, seen, Cancel);

        Assert.Equal(Histogram(whole), Histogram(watched));
        Assert.Equal(whole.Total, watched.Total);
        Assert.Equal(whole.Hits.Select(h => h.Event.Id), watched.Hits.Select(h => h.Event.Id));
        Assert.True(seen.Results.Count >= 2, "Nothing was shown before the end but the rows");
        Assert.All(seen.Results, r => Assert.Equal((SearchStatus.Partial, false), (r.Status, r.Total!.Value.IsExact)));
        Assert.Equal(whole.Hits.Select(h => h.Event.Id), seen.Results[0].Hits.Select(h => h.Event.Id));
        (long From, long Count)[] first = Histogram(seen.Results[1]), all = Histogram(whole);
        Assert.Equal(all.Length, first.Length);
        Assert.Equal(all[^1], first[^1]);
        Assert.Equal(0, first[0].Count);
        Assert.InRange(seen.Results[1].Total!.Value.Value, 1, whole.Total!.Value.Value - 1);
    }

    [Theory]
    [InlineData(SortOrder.Asc, CountMode.None)]
    [InlineData(SortOrder.Desc, CountMode.None)]
    [InlineData(SortOrder.Asc, CountMode.Exact)]
    [InlineData(SortOrder.Desc, CountMode.Exact)]
    public async Task Search_SortedByAFieldOfMixedKinds_ShowsNoRowThatIsNotNext(SortOrder order, CountMode count)
    {
        await _store.WriteAsync([.. Enumerable.Range(0, 6).Select(Mixed)], Cancel);
        StoreSearch search = Search("mixed: *", isOpen: false) with
        {
            Range = new TimeRange(new Timestamp(Start), new Timestamp(Start + 2 * Events * Minute)),
            Sort = [new SortField("mixed", order)],
            Size = 2,
            Count = count,
        };
        search = count == CountMode.None ? search with { Aggregations = new Dictionary<string, PlannedAggregation>(StringComparer.Ordinal) } : search;
        await using var memory = new MemoryEventStore(new MemoryEngineOptions(), TimeProvider.System);
        await memory.WriteAsync([.. Enumerable.Range(0, 6).Select(Mixed)], Cancel);
        SearchResult expected = await memory.SearchAsync(search, progress: null, Cancel);
        var seen = new Seen();

        SearchResult found = await _store.SearchAsync(search, seen, Cancel);

        Assert.Equal(expected.Hits.Select(h => h.Event.Id), found.Hits.Select(h => h.Event.Id));
        Assert.All(seen.Results.Where(r => r.Hits.Count == 2), r => Assert.Equal(expected.Hits.Select(h => h.Event.Id), r.Hits.Select(h => h.Event.Id)));
    }

    /// <summary>The index maps the field by the first value, a number; every other is a text.</summary>
    private static LogEvent Mixed(int i) => Event(Events + i, i % 2 == 0 ? $$"""{"mixed":{{i}}}""" : $$"""{"mixed":"text {{i}}"}""");

    private static (long From, long Count)[] Histogram(SearchResult result) =>
        [.. ((BucketsResult)result.Aggregations["h"]).Buckets.Select(b => (b.Range!.Value.From.UnixNanoseconds, b.Count))];

    private static StoreSearch Search(string query, bool isOpen) => new()
    {
        DataStreams = _ => true,
        Now = default,
        Query = QueryParser.Parse(query).Node!,
        Range = isOpen ? TimeRange.All : new TimeRange(new Timestamp(Start + 5 * Minute / 2), new Timestamp(Start + Events * Minute)),
        Size = 5,
        Count = CountMode.Exact,
        Aggregations = new Dictionary<string, PlannedAggregation>(StringComparer.Ordinal)
        {
            ["h"] = new(new DateHistogramAggregation(new HistogramInterval.Fixed(20 * Minute)), new Dictionary<string, QueryNode>(), new Dictionary<string, PlannedAggregation>()),
        },
    };

    private static LogEvent Event(int i) => Event(i, i % 3 == 0 ? """{"level":"error"}""" : """{"level":"info"}""");

    private static LogEvent Event(int i, string source) => new()
    {
        Id = new EventId(string.Create(CultureInfo.InvariantCulture, $"e{i}")),
        DataStream = DataStreamName.Parse("logs-app"),
        Timestamp = new Timestamp(Start + i * Minute),
        Sequence = i + 1,
        Source = Encoding.UTF8.GetBytes(source),
    };

    /// <summary>Takes what is reported at once; <see cref="Progress{T}"/> would do it later.</summary>
    private sealed class Seen : IProgress<SearchResult>
    {
        public List<SearchResult> Results { get; } = [];

        public void Report(SearchResult value) => Results.Add(value);
    }
}

[Collection("elasticsearch8")]
public sealed class Elasticsearch8SlicedSearchTests(Elasticsearch8 server) : SlicedSearches(server);

[Collection("opensearch2")]
public sealed class OpenSearch2SlicedSearchTests(OpenSearch2 server) : SlicedSearches(server);

[Collection("elasticsearch7")]
public sealed class Elasticsearch7SlicedSearchTests(Elasticsearch7 server) : SlicedSearches(server);
