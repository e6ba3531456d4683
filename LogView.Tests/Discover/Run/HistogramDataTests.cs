using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Time;
using LogView.Client.Discover.Run;
using LogView.Tests.Testing;

namespace LogView.Tests.Discover.Run;

public class HistogramDataTests
{
    [Fact]
    public void ByLevel_Levels_AreOrderedAndTheRestIsUnknown()
    {
        HistogramData data = HistogramData.ByLevel(new BucketsResult([Bucket(0, 10, ("info", 6), ("error", 2)), Bucket(1, 3, ("error", 3))]));

        Assert.Equal(["error", "info", "unknown"], data.Series.Select(s => s.Name));
        Assert.Equal([2L, 3L], data.Series[0].Counts);
        Assert.Equal([2L, 0L], data.Series[2].Counts);
        Assert.Equal([10L, 3L], data.Totals);
    }

    [Fact]
    public void ByLevel_OtherLevelNames_CountAsUnknown()
    {
        HistogramData data = HistogramData.ByLevel(new BucketsResult([Bucket(0, 5, ("notice", 5))]));

        Assert.Equal(("unknown", 5L, true), (data.Series[0].Name, data.Series[0].Total, data.Series[0].Filter!.Negate));
    }

    [Fact]
    public void SplitBy_Values_HaveTheirBucketsAndTheRestIsOthers()
    {
        HistogramData data = HistogramData.ByLevel(new BucketsResult([Bucket(0, 10), Bucket(1, 3), Bucket(2, 0)]))
            .SplitBy("host.name", new BucketsResult([Value("web-1", Bucket(0, 6), Bucket(1, 1)), Value("", Bucket(1, 2))]));

        Assert.Equal(["web-1", "", null], data.Series.Select(s => s.Name));
        Assert.Equal([6L, 1L, 0L], data.Series[0].Counts);
        Assert.Equal([0L, 2L, 0L], data.Series[1].Counts);
        Assert.Equal([4L, 0L, 0L], data.Series[2].Counts);
        Assert.Equal(("host.name", "web-1"), (data.Series[0].Filter!.Field, data.Series[0].Filter!.Is));
        Assert.Null(data.Series[2].Filter);
    }

    private static Bucket Value(string value, params Bucket[] times) => new(times.Sum(t => t.Count))
    {
        Key = FieldValue.Of(value),
        Aggregations = new Dictionary<string, AggregationResult>(StringComparer.Ordinal) { [RunPlan.OverTime] = new BucketsResult(times) },
    };

    private static Bucket Bucket(int minute, long count, params (string Level, long Count)[] levels)
    {
        Timestamp from = SomeHit.Noon.Add(TimeSpan.FromMinutes(minute));
        return new Bucket(count)
        {
            Range = new TimeRange(from, from.Add(TimeSpan.FromMinutes(1))),
            Aggregations = new Dictionary<string, AggregationResult>(StringComparer.Ordinal)
            {
                [RunPlan.ByLevel] = new BucketsResult([.. levels.Select(l => new Bucket(l.Count) { Key = FieldValue.Of(l.Level) })]),
            },
        };
    }
}
