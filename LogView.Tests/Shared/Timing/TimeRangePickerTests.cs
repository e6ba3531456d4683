using AngleSharp.Dom;
using Bunit;
using LogView.Client.Contracts.Time;
using LogView.Client.Shared.Timing;
using LogView.Tests.Testing;

namespace LogView.Tests.Shared.Timing;

public class TimeRangePickerTests : UiTest
{
    private TimeChoice _value = new(TimeRangeExpression.Last15Minutes, null);

    [Fact]
    public void Button_Value_SaysRangeAndZone() => Assert.Equal("Time range: Last 15 minutes Seoul", RenderPicker().Find("button").GetAttribute("aria-label"));

    [Fact]
    public void Quick_Clicked_IsTaken()
    {
        IRenderedComponent<TimeRangePicker> picker = Open();

        Button(picker, "Last 24 hours").Click();

        Assert.Equal(new TimeRangeExpression("now-24h", "now"), _value.Range);
        Assert.Empty(picker.FindAll("[role=dialog]"));
    }

    [Fact]
    public void Exact_LocalTimes_BecomeInstants()
    {
        IRenderedComponent<TimeRangePicker> picker = Open();

        picker.FindAll("form input")[0].Input("2026-11-22 13:00");
        picker.FindAll("form input")[1].Input("2026-11-22 14:00");
        picker.Find("form").Submit();

        Assert.Equal(new TimeRangeExpression("2026-11-22T04:00:00.000000000Z", "2026-11-22T05:00:00.000000000Z"), _value.Range);
    }

    [Fact]
    public void Exact_DateMath_StaysRelative()
    {
        IRenderedComponent<TimeRangePicker> picker = Open();

        picker.FindAll("form input")[0].Input("now-90m");
        picker.FindAll("form input")[1].Input("");
        picker.Find("form").Submit();

        Assert.Equal(new TimeRangeExpression("now-90m", null), _value.Range);
    }

    [Theory]
    [InlineData("tomorrowish", "now")]
    [InlineData("now", "now-1h")]
    public void Exact_Wrong_CannotBeApplied(string from, string to)
    {
        IRenderedComponent<TimeRangePicker> picker = Open();

        picker.FindAll("form input")[0].Input(from);
        picker.FindAll("form input")[1].Input(to);

        Assert.NotEmpty(picker.FindAll(".lv-danger-text"));
        Assert.True(picker.Find("button[type=submit]").HasAttribute("disabled"));
    }

    [Fact]
    public void Zone_Utc_IsTaken()
    {
        IRenderedComponent<TimeRangePicker> picker = Open();

        Button(picker, "UTC").Click();

        Assert.Equal("UTC", _value.Zone);
    }

    [Fact]
    public void Zone_Unknown_IsRefused()
    {
        IRenderedComponent<TimeRangePicker> picker = Open();

        picker.FindAll("form input")[2].Change("Mars/Olympus");

        Assert.Contains("no such time zone", picker.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Zone_Chosen_IsTheOneOfWhatWasTyped()
    {
        IRenderedComponent<TimeRangePicker> picker = Open();

        picker.FindAll("form input")[0].Input("2026-11-22 13:00");
        picker.FindAll("form input")[1].Input("2026-11-22 14:00");
        Button(picker, "UTC").Click();
        picker.Find("form").Submit();

        Assert.Equal(new TimeChoice(new TimeRangeExpression("2026-11-22T13:00:00.000000000Z", "2026-11-22T14:00:00.000000000Z"), "UTC"), _value);
    }

    [Fact]
    public void Zone_ChangedAlone_KeepsTheInstants()
    {
        TimeRangeExpression range = new("2026-11-22T04:00:00.123456789Z", "2026-11-22T05:00:00.987654321Z");
        _value = new TimeChoice(range, null);
        IRenderedComponent<TimeRangePicker> picker = Open();

        picker.FindAll("form input")[2].Change("Europe/Berlin");

        Assert.Equal("2026-11-22 05:00:00.123", picker.FindAll("form input")[0].GetAttribute("value"));
        picker.Find("form").Submit();
        Assert.Equal(new TimeChoice(range, "Europe/Berlin"), _value);
    }

    private static IElement Button(IRenderedComponent<TimeRangePicker> picker, string text) => picker.FindAll("button").Single(b => b.TextContent.Trim() == text);

    private IRenderedComponent<TimeRangePicker> RenderPicker() =>
        Render<TimeRangePicker>(p => p.Bind(c => c.Value, _value, v => _value = v).Add(c => c.BrowserZone, "Asia/Seoul"));

    private IRenderedComponent<TimeRangePicker> Open()
    {
        IRenderedComponent<TimeRangePicker> picker = RenderPicker();
        picker.Find("button").Click();
        return picker;
    }
}
