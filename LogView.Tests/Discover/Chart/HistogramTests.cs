using Bunit;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Time;
using LogView.Client.Discover.Chart;
using LogView.Client.Discover.Run;
using LogView.Tests.Testing;

namespace LogView.Tests.Discover.Chart;

public class HistogramTests : UiTest
{
    private static readonly HistogramData Data = new(
        [.. Enumerable.Range(0, 3).Select(i => new TimeRange(SomeHit.Noon.Add(TimeSpan.FromMinutes(i)), SomeHit.Noon.Add(TimeSpan.FromMinutes(i + 1))))],
        [11, 20, 32],
        [HistogramSeries.OfLevel(Severity.Error, [1, 0, 2]), HistogramSeries.OfLevel(Severity.Info, [10, 20, 30])],
        IntervalNanoseconds: 60_000_000_000);

    [Fact]
    public void Chart_Data_IsDescribedForThoseWhoDoNotSeeIt()
    {
        IRenderedComponent<Histogram> chart = RenderChart();

        Assert.Equal("63 events from 2026-11-22 12:00 to 2026-11-22 12:03; the table has the numbers", chart.Find("canvas").GetAttribute("aria-label"));
    }

    [Fact]
    public void Table_Clicked_HasTheSameNumbers()
    {
        IRenderedComponent<Histogram> chart = RenderChart();

        chart.Find("button[aria-pressed]").Click();

        Assert.Equal(["11", "1", "10", "20", "0", "20", "32", "2", "30"], chart.FindAll("tbody td").Select(c => c.TextContent));
        Assert.Equal("2026-11-22 12:01", chart.FindAll("tbody th")[1].TextContent);
    }

    [Fact]
    public void Table_NamesOfOtherFields_AreAsTheyAre()
    {
        HistogramSeries[] series = [new("Checkout", HistogramSeries.Color(0), null, [1_234, 0, 0]), new("", HistogramSeries.Color(1), null, [1, 1, 1]), HistogramSeries.Others([0, 0, 1])];
        IRenderedComponent<HistogramTable> table = Render<HistogramTable>(p => p.Add(t => t.Data, Data with { Series = series }).Add(t => t.Zone, TimeZoneInfo.Utc));

        Assert.Equal(["Checkout", "(empty)", "others"], table.FindAll("thead .lv-series").Select(c => c.TextContent));
        Assert.Equal("1,234", table.FindAll("tbody td")[1].TextContent);
        Assert.Empty(table.FindAll(".lv-badge"));
    }

    [Fact]
    public async Task Zoom_Buckets_GivesTheirTime()
    {
        List<TimeRange> zoomed = [];
        IRenderedComponent<Histogram> chart = Render<Histogram>(p => p.Add(c => c.Data, Data).Add(c => c.Zone, TimeZoneInfo.Utc).Add(c => c.OnZoom, zoomed.Add));

        await chart.InvokeAsync(() => chart.Instance.Zoom(Data.Buckets[1].From.UnixMilliseconds, Data.Buckets[2].To.UnixMilliseconds));
        await chart.InvokeAsync(() => chart.Instance.Zoom(1_000, 2_000));
        await chart.InvokeAsync(() => chart.Instance.Zoom(2_000, 1_000));
        await chart.InvokeAsync(() => chart.Instance.Zoom(long.MinValue + 1, long.MaxValue));

        Assert.Equal([new TimeRange(Data.Buckets[1].From, Data.Buckets[2].To), new TimeRange(Timestamp.FromUnixMilliseconds(1_000), Timestamp.FromUnixMilliseconds(2_000))], zoomed);
    }

    [Fact]
    public void Level_Clicked_Filters()
    {
        List<SearchFilter> filters = [];
        IRenderedComponent<Histogram> chart = Render<Histogram>(p => p.Add(c => c.Data, Data).Add(c => c.Zone, TimeZoneInfo.Utc).Add(c => c.OnFilter, filters.Add));

        chart.FindAll(".lv-legend-item")[0].Click();

        Assert.Equal(("log.level", "error"), (Assert.Single(filters).Field, filters[0].Is));
    }

    [Fact]
    public void Others_Legend_IsNoFilter()
    {
        HistogramData data = Data with { Series = [new HistogramSeries("<b>", "--lv-series-1", new SearchFilter { Field = "f", Is = "<b>" }, [1, 2, 3]), HistogramSeries.Others([10, 18, 29])] };
        IRenderedComponent<Histogram> chart = Render<Histogram>(p => p.Add(c => c.Data, data).Add(c => c.Zone, TimeZoneInfo.Utc));

        Assert.Equal(["<b>", "others"], chart.FindAll(".lv-legend-name").Select(n => n.TextContent));
        Assert.False(chart.FindAll(".lv-legend-item")[0].HasAttribute("disabled"));
        Assert.True(chart.FindAll(".lv-legend-item")[1].HasAttribute("disabled"));
    }

    private IRenderedComponent<Histogram> RenderChart() => Render<Histogram>(p => p.Add(c => c.Data, Data).Add(c => c.Zone, TimeZoneInfo.Utc));
}
