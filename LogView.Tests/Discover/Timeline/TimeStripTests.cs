using Bunit;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Time;
using LogView.Client.Discover.Run;
using LogView.Client.Discover.Timeline;
using LogView.Tests.Testing;

namespace LogView.Tests.Discover.Timeline;

public class TimeStripTests : UiTest
{
    private static readonly HistogramData Data = new(
        [.. Enumerable.Range(0, 4).Select(i => new TimeRange(SomeHit.Noon.Add(TimeSpan.FromMinutes(i)), SomeHit.Noon.Add(TimeSpan.FromMinutes(i + 1))))],
        [10, 0, 20, 30],
        [HistogramSeries.OfLevel(Severity.Info, [10, 0, 20, 30])],
        IntervalNanoseconds: 60_000_000_000);

    [Theory]
    [InlineData(true, 750)]
    [InlineData(false, 250)]
    public void Strip_RowOnTop_IsWhereItsTimeIs(bool isDescending, int share)
    {
        IRenderedComponent<TimeStrip> strip = Open(isDescending, SomeHit.Noon.Add(TimeSpan.FromMinutes(1)), []);

        Assert.Equal(share.ToString(System.Globalization.CultureInfo.InvariantCulture), strip.Find("input").GetAttribute("value"));
        Assert.Equal("2026-11-22 12:01", strip.Find("input").GetAttribute("aria-valuetext"));
        Assert.Equal("12:01:00", strip.Find(".lv-strip-now").TextContent);
        Assert.Equal(3, strip.Find("path").GetAttribute("d")!.Count(c => c == 'M'));
    }

    [Fact]
    public void Strip_Dragged_TellsTheTimeAndGoesThere()
    {
        List<Timestamp> gone = [];
        IRenderedComponent<TimeStrip> strip = Open(isDescending: true, SomeHit.Noon, gone);

        strip.Find("input").Input("500");
        Assert.Equal("12:02:00", strip.Find(".lv-strip-now").TextContent);
        Assert.Empty(gone);
        strip.Find("input").Change("250");
        strip.Find("input").Change("what");

        Assert.Equal([SomeHit.Noon.Add(TimeSpan.FromMinutes(3))], gone);
    }

    private IRenderedComponent<TimeStrip> Open(bool isDescending, Timestamp at, List<Timestamp> gone) => Render<TimeStrip>(p => p
        .Add(s => s.Data, Data).Add(s => s.Zone, TimeZoneInfo.Utc).Add(s => s.IsDescending, isDescending).Add(s => s.At, at).Add(s => s.OnGo, gone.Add));
}
