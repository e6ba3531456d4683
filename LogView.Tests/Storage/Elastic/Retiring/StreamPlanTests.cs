using LogView.Client.Contracts.DataStreams;
using LogView.Client.Contracts.Events;
using LogView.Server.Storage.Elastic.Retiring;

namespace LogView.Tests.Storage.Elastic.Retiring;

/// <summary>When a data stream gets a new index, and which of its indices leave.</summary>
public sealed class StreamPlanTests
{
    private const long Gigabyte = 1L << 30;

    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1.0, 1 / 24.0)]
    [InlineData(14.0, 1)]
    [InlineData(90.0, 7)]
    [InlineData(91.0, 30)]
    [InlineData(null, 30)]
    public void Of_WrittenIndexOfAge_RollsOver(double? keptDays, double rolloverDays)
    {
        var retention = new Retention(keptDays is { } days ? TimeSpan.FromDays(days) : null, null);

        Assert.False(StreamPlan.Of([Index(1, rolloverDays - 0.001, newestDays: 0)], retention, Now).RollsOver);
        Assert.True(StreamPlan.Of([Index(1, rolloverDays, newestDays: 0)], retention, Now).RollsOver);
    }

    [Theory]
    [InlineData(null, 50 * Gigabyte)]
    [InlineData(1_000 * Gigabyte, 50 * Gigabyte)]
    [InlineData(10 * Gigabyte, Gigabyte)]
    [InlineData(1_000_000L, 64L << 20)]
    public void Of_WrittenIndexOfBytes_RollsOver(long? keptBytes, long rolloverBytes)
    {
        var retention = new Retention(null, keptBytes);

        Assert.False(StreamPlan.Of([Index(1, 0, 0, rolloverBytes - 1)], retention, Now).RollsOver);
        Assert.True(StreamPlan.Of([Index(1, 0, 0, rolloverBytes)], retention, Now).RollsOver);
    }

    [Fact]
    public void Of_EmptyWrittenIndex_NeverRollsOver() =>
        Assert.False(StreamPlan.Of([Index(1, 400, newestDays: null)], new Retention(TimeSpan.FromDays(1), 1), Now).RollsOver);

    [Fact]
    public void Of_EventsOlderThanAge_RetiresAllButTheWrittenIndex()
    {
        StreamPlan plan = StreamPlan.Of(
            [Index(3, 40, newestDays: 31), Index(10, 35, newestDays: 32), Index(2, 50, newestDays: 29.9), Index(1, 60, newestDays: 45), Index(4, 30.1, newestDays: null)],
            new Retention(TimeSpan.FromDays(30), null), Now);

        Assert.Equal(["i-000001", "i-000003", "i-000004"], plan.Retired);
    }

    [Fact]
    public void Of_MoreThanBytes_RetiresTheOldestUntilItFits()
    {
        StreamPlan plan = StreamPlan.Of(
            [Index(1, 4, 4, 30), Index(2, 3, 3, 30), Index(3, 2, 2, 30), Index(4, 1, 1, 30)], new Retention(null, 60), Now);

        Assert.Equal(["i-000001", "i-000002"], plan.Retired);
        Assert.Empty(StreamPlan.Of([Index(1, 1, 1, 1_000)], new Retention(TimeSpan.FromHours(1), 1), Now).Retired);
    }

    [Theory]
    [InlineData(".ds-logs-app-2026.11.23-000012", 12)]
    [InlineData("logs-app-logview-2026.11.23-000003", 3)]
    [InlineData("logs-app", 0)]
    public void GenerationOf_Name_IsTheNumberAtItsEnd(string name, long expected) => Assert.Equal(expected, IndexFacts.GenerationOf(name));

    private static BackingIndex Index(long generation, double ageDays, double? newestDays, long bytes = 1) => new(
        $"i-{generation:000000}", generation, Now.AddDays(-ageDays), newestDays is null ? 0 : 1, bytes,
        newestDays is { } days ? Timestamp.FromUnixMilliseconds(Now.AddDays(-days).ToUnixTimeMilliseconds()) : null);
}
