using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Time;
using LogView.Client.Discover.Run;
using LogView.Tests.Testing;

namespace LogView.Tests.Discover.Run;

public class HistogramDataTests
{
    [Fact]
    public void Of_Levels_AreOrderedAndTheRestIsUnknown()
    {
        HistogramData data = HistogramData.Of(new BucketsResult([Bucket(0, 10, ("info", 6), ("error", 2)), Bucket(1, 3, ("error", 3))]));

        Assert.Equal([Severity.Error, Severity.Info, Severity.Unknown], data.Series.Select(s => s.Severity));
        Assert.Equal([2L, 3L], data.Series[0].Counts);
        Assert.Equal([2L, 0L], data.Series[2].Counts);
        Assert.Equal([10L, 3L], new[] { data.Count(0), data.Count(1) });
    }

    [Fact]
    public void Of_OtherLevelNames_CountAsUnknown()
    {
        HistogramData data = HistogramData.Of(new BucketsResult([Bucket(0, 5, ("notice", 5))]));

        Assert.Equal((Severity.Unknown, 5L), (data.Series[0].Severity, data.Series[0].Total));
    }

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
