using Bunit;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Discover.Fields;
using LogView.Tests.Testing;

namespace LogView.Tests.Discover.Fields;

public class FieldItemTests : UiTest
{
    private static readonly FieldInfo Duration = new("event.duration", FieldType.Long, 98);
    private readonly List<SearchFilter> _filters = [];
    private readonly List<string> _pinned = [];
    private FieldDetail _detail = new(new FieldValues([new FieldValueCount(FieldValue.Of("error"), 75), new FieldValueCount(FieldValue.Of("<b>"), 25)], 100, 200, IsSample: false), null, null);

    [Fact]
    public void Open_Field_ShowsValuesWithShares()
    {
        IRenderedComponent<FieldItem> item = Open();

        Assert.Equal(["error", "<b>"], item.FindAll(".lv-value-words").Select(v => v.TextContent));
        Assert.Equal(["75 %", "25 %"], item.FindAll(".lv-value-part").Select(v => v.TextContent));
        Assert.Contains("in 100 of 200 events", item.Markup, StringComparison.Ordinal);
        Assert.Equal("49 %", item.Find(".lv-field-coverage").TextContent);
    }

    [Fact]
    public void Value_Buttons_FilterForAndOut()
    {
        IRenderedComponent<FieldItem> item = Open();

        item.Find("button[aria-label='Filter for error']").Click();
        item.Find("button[aria-label='Filter out error']").Click();

        Assert.Equal([("error", false), ("error", true)], _filters.Select(f => (f.Is!, f.Negate)));
    }

    [Fact]
    public void Open_Number_ShowsStatistics()
    {
        _detail = _detail with { Statistics = new FieldStatistics(1, 99, 12.5, new Dictionary<double, double?> { [50] = 10, [95] = null }) };

        IRenderedComponent<FieldItem> item = Open();

        Assert.Equal(["min", "avg", "max", "p50", "p95"], item.FindAll("dt").Select(d => d.TextContent));
        Assert.Equal(["1", "12.5", "99", "10", "–"], item.FindAll("dd").Select(d => d.TextContent));
    }

    [Theory]
    [InlineData(0, "1,234 different values")]
    [InlineData(0.02, "≈ 1,234 different values")]
    public void Open_Field_SaysHowManyValuesThereAre(double error, string words)
    {
        _detail = _detail with { Distinct = new MetricResult(1_234, error) };

        Assert.Contains(words, Open().Find(".lv-field-foot").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Pin_Pressed_IsTold()
    {
        IRenderedComponent<FieldItem> item = Open();

        item.FindAll("button").Single(b => b.TextContent == "Pin").Click();

        Assert.Equal(["event.duration"], _pinned);
    }

    [Fact]
    public void Open_Fails_SaysWhy()
    {
        _detail = new FieldDetail(null, null, new SearchProblem(SearchProblemKind.Unavailable, "away"));

        Assert.Equal("away", Open().Find("[role=alert]").TextContent);
    }

    private IRenderedComponent<FieldItem> Open()
    {
        IRenderedComponent<FieldItem> item = Render<FieldItem>(p => p
            .Add(f => f.Field, Duration).Add(f => f.Sampled, 200).Add(f => f.Load, (_, _) => Task.FromResult(_detail)).Add(f => f.OnFilter, _filters.Add).Add(f => f.OnTogglePin, _pinned.Add));
        item.Find("button[aria-expanded]").Click();
        return item;
    }
}
