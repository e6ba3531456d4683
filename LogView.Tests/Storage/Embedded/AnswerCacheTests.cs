using System.Globalization;
using System.Text;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Query;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Time;
using LogView.Server.Storage;
using LogView.Server.Storage.Aggregations;
using LogView.Server.Storage.Embedded;
using LogView.Server.Storage.Embedded.Aggregating;
using LogView.Tests.Storage.Embedded.Random;
using LogView.Tests.Testing;

namespace LogView.Tests.Storage.Embedded;

public sealed class AnswerCacheTests
{
    private const long Start = 1_793_491_200_000_000_000;
    private const long Minute = 60 * Timestamp.NanosecondsPerSecond;

    private static readonly SegmentAnswer Small = new(3, AggregatorSet.Empty);

    [Fact]
    public void Answers_BeyondTheBound_LeaveInOrderOfUse()
    {
        var cache = new AnswerCache(maxBytes: 4_000);
        object segment = new();
        for (int i = 0; i < 10; i++)
        {
            cache.Add(segment, Named($"plan {i}"), Small);
        }

        Assert.NotNull(cache.Find(segment, Named("plan 0")));
        for (int i = 10; i < 19; i++)
        {
            cache.Add(segment, Named($"plan {i}"), Small);
        }

        Assert.InRange(cache.Bytes, 1, 4_000);
        Assert.NotNull(cache.Find(segment, Named("plan 0")));
        Assert.Null(cache.Find(segment, Named("plan 1")));
        Assert.Null(cache.Find(new object(), Named("plan 0")));
    }

    [Fact]
    public void Answer_LargerThanAPartOfTheBound_IsNotKept()
    {
        var cache = new AnswerCache(maxBytes: 1_000);

        cache.Add(this, Named("plan"), Small);

        Assert.Null(cache.Find(this, Named("plan")));
        Assert.Equal(0, cache.Bytes);
    }

    [Fact]
    public async Task Search_AskedAgain_TakesSealedSegmentsFromTheCache()
    {
        using var folder = new TempFolder();
        await using EmbeddedEventStore store = await FilledAsync(folder.Path);
        StoreSearch search = Histogram(0, 100);

        SearchResult first = await store.SearchAsync(search, progress: null, TestContext.Current.CancellationToken);
        SearchResult second = await store.SearchAsync(search, progress: null, TestContext.Current.CancellationToken);

        Assert.Equal(2, store.Answers.Hits);
        Assert.Equal(2, store.Answers.Misses);
        Assert.Equal(AnswerText.Of(first), AnswerText.Of(second));
    }

    [Theory]
    [InlineData(0, 90)]
    [InlineData(10, 100)]
    [InlineData(3, 60)]
    [InlineData(25, 70)]
    public async Task Search_OfAMovedWindow_AnswersAsWithoutCache(int from, int to)
    {
        using var folder = new TempFolder();
        using var other = new TempFolder();
        await using EmbeddedEventStore store = await FilledAsync(folder.Path), plain = await FilledAsync(other.Path, cacheBytes: 0);
        await store.SearchAsync(Histogram(0, 100), progress: null, TestContext.Current.CancellationToken);

        SearchResult moved = await store.SearchAsync(Histogram(from, to), progress: null, TestContext.Current.CancellationToken);

        Assert.Equal(AnswerText.Of(await plain.SearchAsync(Histogram(from, to), progress: null, TestContext.Current.CancellationToken)), AnswerText.Of(moved));
        Assert.Equal(0, plain.Answers.Hits);
    }

    [Fact]
    public void Plan_OfOtherSearches_IsAnother()
    {
        StoreSearch search = Histogram(0, 100);
        AnswerPlan[] plans =
        [
            AnswerPlan.Of(search),
            AnswerPlan.Of(search with { Query = new TermNode(FieldTarget.Of("level"), "info") }),
            AnswerPlan.Of(search with { Zone = TimeZoneInfo.CreateCustomTimeZone("x", TimeSpan.FromHours(1), "x", "x") }),
            AnswerPlan.Of(search with { Query = new RangeNode(FieldTarget.Of("at"), new RangeBound("now-1h", true), null) }),
            AnswerPlan.Of(search with { Query = new RangeNode(FieldTarget.Of("at"), new RangeBound("now-1h", true), null), Now = new Timestamp(1) }),
            AnswerPlan.Of(Histogram(0, 101)),
            AnswerPlan.Of(search with { Query = new WildcardNode(FieldTarget.Default, "*") }),
        ];

        Assert.Equal(plans.Length, plans.Distinct().Count());
        Assert.Equal(plans[0], AnswerPlan.Of(search with { Size = 7, Now = new Timestamp(5) }));
    }

    private static AnswerPlan Named(string name) => new(name, []);

    private static StoreSearch Histogram(int fromMinute, int toMinute) => new()
    {
        DataStreams = _ => true, Now = default, Size = 0, Range = new TimeRange(new Timestamp(Start + fromMinute * Minute), new Timestamp(Start + toMinute * Minute)),
        Aggregations = new Dictionary<string, PlannedAggregation>(StringComparer.Ordinal)
        {
            ["h"] = Plan(new DateHistogramAggregation(new HistogramInterval.Fixed(10 * Minute)), ("p", new PercentilesAggregation("n", [50])), ("l", new TermsAggregation("level"))),
        },
    };

    private static PlannedAggregation Plan(Aggregation aggregation, params (string Name, Aggregation Aggregation)[] inner) =>
        new(aggregation, new Dictionary<string, QueryNode>(StringComparer.Ordinal), inner.ToDictionary(i => i.Name, i => Plan(i.Aggregation), StringComparer.Ordinal));

    /// <summary>Two segments of an hour's events each half.</summary>
    private static async Task<EmbeddedEventStore> FilledAsync(string folder, long cacheBytes = 1 << 20)
    {
        EmbeddedEventStore store = EmbeddedStores.Open(folder, o => o with { AggregationCacheBytes = cacheBytes });
        for (int part = 0; part < 2; part++)
        {
            LogEvent[] events = [.. Enumerable.Range(1 + part * 40, 40).Select(i => new LogEvent
            {
                Id = new EventId(string.Create(CultureInfo.InvariantCulture, $"e{i}")),
                DataStream = DataStreamName.Parse("logs-app"),
                Timestamp = new Timestamp(Start + i * Minute),
                Sequence = i,
                Source = Encoding.UTF8.GetBytes($$"""{"level":"{{(i % 3 == 0 ? "error" : "info")}}","n":{{i}}}"""),
            })];
            await store.WriteAsync(events, CancellationToken.None);
            await store.SealAllAsync(CancellationToken.None);
        }

        return store;
    }
}
