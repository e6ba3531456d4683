using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Time;
using LogView.Server.Storage.Aggregations;

namespace LogView.Tests.Conformance;

/// <summary>Terms, ranges, filters, number histograms, and aggregations within them.</summary>
public abstract class BucketConformance : HistogramConformance
{
    [Fact]
    public async Task Terms_Values_AreByCountThenKey()
    {
        await WriteAsync("""{"k":"b"}""", """{"k":"a"}""", """{"k":"c"}""", """{"k":"c"}""", "{}", """{"k":["a","d","a"]}""");

        BucketsResult result = await BucketsAsync(new TermsAggregation("k"));

        Assert.Equal("a=2 c=2 b=1 d=1", Text(result));
        Assert.Equal(0, result.OtherCount);
    }

    [Fact]
    public async Task Terms_MoreValuesThanSize_CountsTheOthers()
    {
        await WriteAsync("""{"k":"a"}""", """{"k":"a"}""", """{"k":"b"}""", """{"k":"c"}""", """{"k":"c"}""", """{"k":"d"}""");

        BucketsResult result = await BucketsAsync(new TermsAggregation("k", Size: 2));

        Assert.Equal("a=2 c=2", Text(result));
        Assert.Equal(2, result.OtherCount);
        Assert.True(result.ErrorBound >= 0);
    }

    [Fact]
    public async Task Terms_MixedKinds_KeepNumbersBooleansAndTextsApart()
    {
        await WriteAsync("""{"k":1}""", """{"k":"1"}""", """{"k":1.0}""", """{"k":true}""", """{"k":"true"}""", """{"k":1.5}""", """{"k":""}""");

        BucketsResult result = await BucketsAsync(new TermsAggregation("k"));

        Assert.Equal(
            [
                (FieldValueKind.Long, "1", 2L), (FieldValueKind.Double, "1.5", 1L), (FieldValueKind.Boolean, "true", 1L),
                (FieldValueKind.String, "", 1L), (FieldValueKind.String, "1", 1L), (FieldValueKind.String, "true", 1L),
            ],
            result.Buckets.Select(b => (b.Key!.Value.Kind, b.Key.Value.ToString(), b.Count)));
    }

    [Fact]
    public async Task Terms_Contains_CountsOnlyThoseValues()
    {
        await WriteAsync("""{"k":["web-1","db-1"]}""", """{"k":"WEB-2"}""", """{"k":"WEB-2"}""", """{"k":17}""");

        Assert.Equal("WEB-2=2 web-1=1", Text(await BucketsAsync(new TermsAggregation("k", Contains: "eb"))));
        Assert.Equal("17=1", Text(await BucketsAsync(new TermsAggregation("k", Contains: "7"))));
    }

    [Fact]
    public async Task Terms_ManyValues_AreAllCounted()
    {
        await WriteAsync([.. Enumerable.Range(0, 3_000).Select(i => Event(new Timestamp(i), $$"""{"k":"v{{i % 1_500}}"}"""))]);

        BucketsResult result = await BucketsAsync(new TermsAggregation("k", Size: 10_000));

        Assert.Equal(1_500, result.Buckets.Count);
        Assert.All(result.Buckets, b => Assert.Equal(2, b.Count));
    }

    [Fact]
    public async Task Terms_UnknownField_IsEmpty()
    {
        await WriteAsync("{}");

        Assert.Empty((await BucketsAsync(new TermsAggregation("nothing"))).Buckets);
    }

    [Fact]
    public async Task Nested_TermsInTimeAndTermsInTerms_AddUp()
    {
        await WriteAsync(
            """{"l":"error","h":"a","n":1}""", """{"l":"error","h":"b","n":2}""", """{"l":"info","h":"a","n":4}""", """{"h":"a","n":8}""");
        var hosts = new TermsAggregation("h") { Aggregations = Children(("sum", new MetricAggregation(MetricKind.Sum, "n"))) };
        var levels = new TermsAggregation("l") { Aggregations = Children(("hosts", hosts)) };
        var overTime = new DateHistogramAggregation(new HistogramInterval.Fixed(2_000_000_000)) { Aggregations = Children(("levels", levels)) };

        BucketsResult time = await BucketsAsync(overTime);

        Assert.Equal([2, 2], time.Buckets.Select(b => b.Count));
        var first = Assert.IsType<BucketsResult>(time.Buckets[0].Aggregations["levels"]);
        var second = Assert.IsType<BucketsResult>(time.Buckets[1].Aggregations["levels"]);
        Assert.Equal("error=2", Text(first));
        Assert.Equal("info=1", Text(second));
        var inner = Assert.IsType<BucketsResult>(first.Buckets[0].Aggregations["hosts"]);
        Assert.Equal("a=1 b=1", Text(inner));
        Assert.Equal([1d, 2d], inner.Buckets.Select(b => Assert.IsType<MetricResult>(b.Aggregations["sum"]).Value!.Value));
    }

    [Fact]
    public async Task Nested_EmptyBuckets_HaveTheirAggregationsToo()
    {
        await WriteAsync(Event("2026-11-01T10:00:00Z", """{"l":"a"}"""), Event("2026-11-01T10:00:02Z", """{"l":"b"}"""));
        var overTime = new DateHistogramAggregation(new HistogramInterval.Fixed(1_000_000_000)) { Aggregations = Children(("l", new TermsAggregation("l"))) };

        BucketsResult result = await BucketsAsync(overTime);

        Assert.Equal(["a=1", "", "b=1"], result.Buckets.Select(b => Text(Assert.IsType<BucketsResult>(b.Aggregations["l"]))));
    }

    [Fact]
    public async Task Nested_DateHistogramInTerms_HasTheSameBucketsInEach()
    {
        await WriteAsync("""{"l":"a"}""", """{"l":"b"}""", """{"l":"a"}""");
        var overTime = new DateHistogramAggregation(new HistogramInterval.Fixed(1_000_000_000));

        BucketsResult result = await BucketsAsync(new TermsAggregation("l") { Aggregations = Children(("t", overTime)) });

        Assert.Equal([[1, 0, 1], [0, 1, 0]], result.Buckets.Select(b => Assert.IsType<BucketsResult>(b.Aggregations["t"]).Buckets.Select(i => (int)i.Count).ToArray()));
    }

    [Fact]
    public async Task Nested_TooManyInAll_IsRefused()
    {
        await WriteAsync([.. Enumerable.Range(0, 1_000).Select(i => Event(Instant("2026-11-01T10:00:00Z"), $$"""{"k":{{i}}}"""))]);
        var time = new DateHistogramAggregation(new HistogramInterval.Fixed(1_000_000_000));

        var error = await Assert.ThrowsAsync<TooManyBucketsException>(() => BucketsAsync(
            All with { Range = Range("2026-11-01T10:00:00Z", "2026-11-01T12:00:00Z") },
            new TermsAggregation("k", Size: 1_000) { Aggregations = Children(("t", time)) }));

        Assert.Contains("more than 100,000 buckets", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Range_Numbers_AreHalfOpenAndMayOverlap()
    {
        await WriteAsync("""{"n":1}""", """{"n":2}""", """{"n":2.5}""", """{"n":[1,3]}""", """{"n":"2"}""", "{}");

        BucketsResult result = await BucketsAsync(new RangeAggregation(
            "n", [new AggregationRange(null, "2"), new AggregationRange("2", "3"), new AggregationRange("3", null), new AggregationRange("1", "2.5", "named")]));

        Assert.Equal("[,2)=2 [2,3)=2 [3,)=1 named=3", Text(result));
    }

    [Fact]
    public async Task Range_Instants_AreHalfOpen()
    {
        await WriteAsync("{}", "{}", "{}");

        BucketsResult result = await BucketsAsync(new RangeAggregation(
            "@timestamp",
            [new AggregationRange(null, "2026-11-01T10:00:01.000000000Z", "before"), new AggregationRange("2026-11-01T10:00:01.000000000Z", null, "after")]));

        Assert.Equal("before=1 after=2", Text(result));
    }

    [Fact]
    public async Task Filters_Named_AreInTheOrderAsked()
    {
        await WriteAsync("""{"l":"error","s":500}""", """{"l":"info","s":200}""", """{"l":"error","s":404}""");

        BucketsResult result = await BucketsAsync(new FiltersAggregation(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["z"] = "l: error", ["a"] = "s >= 400 and s < 500", ["none"] = "s: 1", ["all"] = "*" }));

        Assert.Equal("z=2 a=1 none=0 all=3", Text(result));
    }

    [Fact]
    public async Task Histogram_Numbers_HasEveryBucketBetween()
    {
        await WriteAsync("""{"n":-1}""", """{"n":0}""", """{"n":9.99}""", """{"n":10}""", """{"n":[31,32,11]}""", """{"n":"5"}""", "{}");

        Assert.Equal(
            "[-10,0)=1 [0,10)=2 [10,20)=2 [20,30)=0 [30,40)=1", Text(await BucketsAsync(new HistogramAggregation("n", 10))));
        Assert.Empty((await BucketsAsync(new HistogramAggregation("nothing", 10))).Buckets);
    }

    [Fact]
    public async Task Histogram_Fractions_HaveCleanBounds()
    {
        await WriteAsync("""{"n":0.1}""", """{"n":0.3}""", """{"n":0.29999}""", """{"n":0.7}""");

        Assert.Equal(
            "[0.1,0.2)=1 [0.2,0.3)=1 [0.3,0.4)=1 [0.4,0.5)=0 [0.5,0.6)=0 [0.6,0.7)=0 [0.7,0.8)=1",
            Text(await BucketsAsync(new HistogramAggregation("n", 0.1))));
    }

    [Fact]
    public async Task Histogram_TooManyBuckets_NamesAnIntervalThatFits()
    {
        await WriteAsync("""{"n":0}""", """{"n":1000000}""");

        var error = await Assert.ThrowsAsync<TooManyBucketsException>(() => BucketsAsync(new HistogramAggregation("n", 1)));

        Assert.EndsWith("An interval that fits is 200", error.Message, StringComparison.Ordinal);
        Assert.Equal(5_001, (await BucketsAsync(new HistogramAggregation("n", 200))).Buckets.Count);
    }
}
