using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Time;
using LogView.Server.Storage.Aggregations;

namespace LogView.Tests.Conformance;

/// <summary>Time cut into buckets: fixed, calendar and automatic, in zones with half hours and clock changes.</summary>
public abstract class HistogramConformance : QueryConformance
{
    private static DateHistogramAggregation Fixed(TimeSpan width) => new(new HistogramInterval.Fixed(width.Ticks * 100));

    private static DateHistogramAggregation Calendar(CalendarUnit unit) => new(new HistogramInterval.Calendar(unit));

    private static DateHistogramAggregation Auto(int buckets) => new(new HistogramInterval.Auto(buckets));

    private static string Starts(BucketsResult result) => string.Join(' ', result.Buckets.Select(b => $"{Short(b.From!)}={b.Count}"));

    private static string Short(string instant) => instant.Replace(":00.000000000Z", "", StringComparison.Ordinal)[5..];

    /// <summary>Hours a bucket lasts.</summary>
    private static double Hours(Bucket bucket) =>
        (bucket.Range!.Value.To.UnixNanoseconds - bucket.Range.Value.From.UnixNanoseconds) / 3_600e9;

    [Fact]
    public async Task DateHistogram_Fixed_HasEveryBucketOfTheRange()
    {
        await WriteAsync(Event("2026-11-01T10:00:00Z"), Event("2026-11-01T10:14:59.999999999Z"), Event("2026-11-01T10:30:00Z"), Event("2026-11-01T11:00:00Z"));

        BucketsResult result = await BucketsAsync(
            All with { Range = Range("2026-11-01T09:50:00Z", "2026-11-01T11:00:00Z") }, Fixed(TimeSpan.FromMinutes(15)));

        Assert.Equal("11-01T09:45=0 11-01T10:00=2 11-01T10:15=0 11-01T10:30=1 11-01T10:45=0", Starts(result));
        Assert.Equal(TimeSpan.FromMinutes(15).Ticks * 100, result.IntervalNanoseconds);
        Assert.Equal(Range("2026-11-01T09:45:00Z", "2026-11-01T10:00:00Z"), result.Buckets[0].Range);
        Assert.Equal("2026-11-01T10:00:00.000000000Z", result.Buckets[0].To);
    }

    [Fact]
    public async Task DateHistogram_RangeEndingOnABound_HasNoBucketBehindIt()
    {
        BucketsResult result = await BucketsAsync(
            All with { Range = Range("2026-11-01T10:00:00Z", "2026-11-01T10:02:00Z") }, Fixed(TimeSpan.FromMinutes(1)));

        Assert.Equal("11-01T10:00=0 11-01T10:01=0", Starts(result));
    }

    [Fact]
    public async Task DateHistogram_OpenRange_CoversTheHits()
    {
        await WriteAsync(Event("2026-11-01T10:02:30Z", """{"a":1}"""), Event("2026-11-01T10:00:30Z", """{"a":1}"""), Event("2026-11-01T20:00:00Z"));

        Assert.Equal(
            "11-01T10:00=1 11-01T10:01=0 11-01T10:02=1",
            Starts(await BucketsAsync(All with { Query = Query("a: 1") }, Fixed(TimeSpan.FromMinutes(1)))));
        Assert.Equal(
            "11-01T10:02=1 11-01T10:03=0",
            Starts(await BucketsAsync(All with { Query = Query("a: 1"), Range = new(Instant("2026-11-01T10:02:00Z"), Instant("2026-11-01T10:04:00Z")) }, Fixed(TimeSpan.FromMinutes(1)))));
        Assert.Empty((await BucketsAsync(All with { Query = Query("a: 2") }, Fixed(TimeSpan.FromMinutes(1)))).Buckets);
    }

    [Fact]
    public async Task DateHistogram_BeforeTheEpoch_RoundsDown()
    {
        await WriteAsync(Event("1969-12-31T23:59:59.5Z"), Event("1970-01-01T00:00:00Z"));

        BucketsResult result = await BucketsAsync(Fixed(TimeSpan.FromSeconds(1)));

        Assert.Equal([1, 1], result.Buckets.Select(b => b.Count));
        Assert.Equal("1969-12-31T23:59:59.000000000Z", result.Buckets[0].From);
    }

    [Theory]
    [InlineData("Asia/Kolkata", "11-01T10:00=1 11-01T11:00=0", 30)]
    [InlineData("Asia/Seoul", "11-01T10:00=1 11-01T11:00=0", 0)]
    [InlineData("Asia/Kathmandu", "11-01T10:00=1 11-01T11:00=0", 15)]
    public async Task DateHistogram_FixedInHalfHourZones_StartsAtTheLocalHour(string zone, string expected, int minutes)
    {
        Timestamp start = Instant("2026-11-01T10:00:00Z").Add(TimeSpan.FromMinutes(minutes));
        await WriteAsync(Event(start));

        BucketsResult result = await BucketsAsync(
            All with { Zone = Zone(zone), Range = new TimeRange(start, start.Add(TimeSpan.FromHours(2))) }, Fixed(TimeSpan.FromHours(1)));

        Assert.Equal(expected.Replace(":00=", $":{minutes:00}=", StringComparison.Ordinal), Starts(result));
    }

    [Fact]
    public async Task DateHistogram_KoreanDays_StartAtThreeInTheAfternoonUtc()
    {
        await WriteAsync(Event("2026-11-01T14:59:59.999999999Z"), Event("2026-11-01T15:00:00Z"), Event("2026-11-02T14:00:00Z"));

        BucketsResult result = await BucketsAsync(All with { Zone = Zone("Asia/Seoul") }, Calendar(CalendarUnit.Day));

        Assert.Equal("10-31T15:00=1 11-01T15:00=2", Starts(result));
        Assert.Null(result.IntervalNanoseconds);
    }

    [Theory]
    [InlineData("Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-30T12:00:00Z", new double[] { 24, 23, 24 })]
    [InlineData("Europe/Berlin", "2026-10-24T12:00:00Z", "2026-10-26T12:00:00Z", new double[] { 24, 25, 24 })]
    [InlineData("Australia/Lord_Howe", "2026-04-03T18:00:00Z", "2026-04-05T18:00:00Z", new[] { 24, 24.5, 24 })]
    [InlineData("Asia/Beirut", "2026-03-28T12:00:00Z", "2026-03-30T12:00:00Z", new double[] { 24, 23, 24 })]
    [InlineData("UTC", "2026-03-28T12:00:00Z", "2026-03-30T12:00:00Z", new double[] { 24, 24, 24 })]
    public async Task DateHistogram_DaysOfClockChanges_AreAsLongAsTheyAre(string zone, string from, string to, double[] hours)
    {
        BucketsResult result = await BucketsAsync(All with { Zone = Zone(zone), Range = Range(from, to) }, Calendar(CalendarUnit.Day));

        Assert.Equal(hours, result.Buckets.Select(Hours));
    }

    [Fact]
    public async Task DateHistogram_HourThatComesTwice_GivesTwoBuckets()
    {
        await WriteAsync(Event("2026-10-25T00:30:00Z"), Event("2026-10-25T01:30:00Z"));

        BucketsResult result = await BucketsAsync(
            All with { Zone = Zone("Europe/Berlin"), Range = Range("2026-10-25T00:00:00Z", "2026-10-25T03:00:00Z") }, Calendar(CalendarUnit.Hour));

        Assert.Equal("10-25T00:00=1 10-25T01:00=1 10-25T02:00=0", Starts(result));
    }

    [Fact]
    public async Task DateHistogram_HalfHourClockChange_GivesOneLongHour()
    {
        BucketsResult result = await BucketsAsync(
            All with { Zone = Zone("Australia/Lord_Howe"), Range = Range("2026-04-04T13:00:00Z", "2026-04-04T16:30:00Z") }, Calendar(CalendarUnit.Hour));

        Assert.Equal([1, 1.5, 1], result.Buckets.Select(Hours));
    }

    [Theory]
    [InlineData(CalendarUnit.Week, "10-26T00:00=1 11-02T00:00=2 11-09T00:00=1")]
    [InlineData(CalendarUnit.Month, "11-01T00:00=4")]
    [InlineData(CalendarUnit.Quarter, "10-01T00:00=4")]
    [InlineData(CalendarUnit.Year, "01-01T00:00=4")]
    public async Task DateHistogram_WeeksAndLonger_StartOnTheirFirstDay(CalendarUnit unit, string expected)
    {
        await WriteAsync(Event("2026-11-01T23:59:59Z"), Event("2026-11-02T00:00:00Z"), Event("2026-11-08T12:00:00Z"), Event("2026-11-09T00:00:00Z"));

        Assert.Equal(expected, Starts(await BucketsAsync(Calendar(unit))));
    }

    [Fact]
    public async Task DateHistogram_Months_AreAsLongAsTheyAre()
    {
        BucketsResult result = await BucketsAsync(
            All with { Zone = Zone("America/New_York"), Range = Range("2028-01-05T00:00:00Z", "2028-04-05T00:00:00Z") }, Calendar(CalendarUnit.Month));

        Assert.Equal([31 * 24, 29 * 24, 31 * 24 - 1, 30 * 24], result.Buckets.Select(Hours));
        Assert.Equal("01-01T05:00=0 02-01T05:00=0 03-01T05:00=0 04-01T04:00=0", Starts(result));
    }

    [Theory]
    [InlineData("2026-11-01T10:00:00Z", "2026-11-01T10:15:00Z", 60, 15_000)]
    [InlineData("2026-11-01T10:00:00Z", "2026-11-01T11:00:00Z", 60, 60_000)]
    [InlineData("2026-11-01T10:00:00Z", "2026-11-02T10:00:00Z", 60, 1_800_000)]
    [InlineData("2026-11-01T10:00:00Z", "2026-11-01T10:00:01Z", 60, 20)]
    [InlineData("2026-11-01T10:00:07Z", "2026-11-01T10:15:07Z", 60, 30_000)]
    public async Task DateHistogram_Auto_PicksARoundWidthWithinTheLimit(string from, string to, int most, long milliseconds)
    {
        BucketsResult result = await BucketsAsync(All with { Range = Range(from, to) }, Auto(most));

        Assert.Equal(milliseconds * 1_000_000, result.IntervalNanoseconds);
        Assert.InRange(result.Buckets.Count, 1, most);
    }

    [Fact]
    public async Task DateHistogram_AutoOverMonths_UsesDaysOfTheZone()
    {
        BucketsResult result = await BucketsAsync(
            All with { Zone = Zone("Asia/Seoul"), Range = Range("2026-10-31T15:00:00Z", "2026-11-30T15:00:00Z") }, Auto(40));

        Assert.Equal(30, result.Buckets.Count);
        Assert.Equal("2026-10-31T15:00:00.000000000Z", result.Buckets[0].From);
    }

    [Fact]
    public async Task DateHistogram_AutoOverAllTime_StillFits()
    {
        await WriteAsync(Event(Timestamp.MinValue), Event(Timestamp.MaxValue), Event("2026-11-01T10:00:00Z"));

        BucketsResult result = await BucketsAsync(Auto(60));

        Assert.InRange(result.Buckets.Count, 10, 60);
        Assert.Equal(3, result.Buckets.Sum(b => b.Count));
    }

    [Theory]
    [InlineData("2026-11-01T10:00:00Z", "2026-11-02T10:00:00Z", "10s")]
    [InlineData("2000-01-01T00:00:00Z", "2026-01-01T00:00:00Z", "1d")]
    public async Task DateHistogram_TooManyBuckets_NamesTheSmallestIntervalThatFits(string from, string to, string fits)
    {
        var error = await Assert.ThrowsAsync<TooManyBucketsException>(
            () => BucketsAsync(All with { Range = Range(from, to) }, Fixed(TimeSpan.FromSeconds(1))));

        Assert.Contains("1s makes more than 10,000 buckets", error.Message, StringComparison.Ordinal);
        Assert.EndsWith($"the smallest that fits is {fits}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DateHistogram_OtherDateField_CoversItsValues()
    {
        await WriteAsync(
            """{"started":"2026-10-01T10:00:10+09:00"}""", """{"started":["2026-10-01T01:02:00.5Z","2026-10-01T01:02:01Z"]}""", """{"started":"soon"}""", "{}");

        BucketsResult result = await BucketsAsync(new DateHistogramAggregation(new HistogramInterval.Fixed(60_000_000_000), "started"));

        Assert.Equal("10-01T01:00=1 10-01T01:01=0 10-01T01:02=1", Starts(result));
    }

    [Fact]
    public async Task DateHistogram_RandomEvents_BucketsAddUpToTheHits()
    {
        var random = new Random(7);
        await WriteAsync([.. Enumerable.Range(0, 500).Select(_ => Event(Instant("2026-11-01T00:00:00Z").Add(TimeSpan.FromSeconds(random.Next(1_000_000)))))]);

        foreach (string zone in new[] { "UTC", "Asia/Seoul", "America/St_Johns", "Australia/Lord_Howe", "Pacific/Apia" })
        {
            foreach (DateHistogramAggregation histogram in new[] { Auto(1), Auto(60), Auto(1_000), Calendar(CalendarUnit.Hour), Calendar(CalendarUnit.Week), Fixed(TimeSpan.FromHours(7)) })
            {
                BucketsResult result = await BucketsAsync(All with { Zone = Zone(zone) }, histogram);

                Assert.Equal(500, result.Buckets.Sum(b => b.Count));
                Assert.All(result.Buckets.Zip(result.Buckets.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
            }
        }
    }
}
