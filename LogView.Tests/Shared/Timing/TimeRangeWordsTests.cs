using LogView.Client.Contracts.Time;
using LogView.Client.Shared;
using LogView.Client.Shared.Timing;
using LogView.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace LogView.Tests.Shared.Timing;

public class TimeRangeWordsTests : UiTest
{
    [Theory]
    [InlineData("now-15m", "now", "Last 15 minutes")]
    [InlineData(null, null, "All time")]
    [InlineData("now-90s", "now", "Last 90 seconds")]
    [InlineData("now-1m", "now", "now-1m → now")]
    [InlineData("now-3h/h", "now", "now-3h/h → now")]
    [InlineData("2026-11-22T05:00:00.000000000Z", "2026-11-22T06:00:00.000000000Z", "2026-11-22 14:00 → 15:00")]
    [InlineData("2026-11-22T05:00:00Z", "2026-11-22T18:30:05Z", "2026-11-22 14:00 → 2026-11-23 03:30:05")]
    [InlineData("2026-11-22T05:00:00Z", null, "2026-11-22 14:00 → now and later")]
    [InlineData(null, "now-1d", "the beginning → now-1d")]
    public void Describe_Range_SaysItInTheZone(string? from, string? to, string words)
    {
        var strings = Services.GetRequiredService<IStringLocalizer<SharedText>>();

        Assert.Equal(words, TimeRangeWords.Describe(new TimeRangeExpression(from, to), ZoneTime.Zone("Asia/Seoul"), strings));
    }
}
