using Bunit;
using LogView.Client.Contracts.Saved;
using LogView.Client.Contracts.Time;
using LogView.Client.Discover.Marking;
using LogView.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace LogView.Tests.Discover.Marking;

public sealed class MarksMenuTests : UiTest
{
    private readonly SomeSaved _saved;
    private readonly List<TimeRangeExpression> _gone = [];
    private IReadOnlyList<TimeMark> _marks = [];

    public MarksMenuTests()
    {
        _saved = new SomeSaved(Clock);
        Services.AddSingleton(_saved.Objects);
    }

    [Fact]
    public void Menu_NoMarks_ShowsHowAScriptSetsOne()
    {
        IRenderedComponent<MarksMenu> menu = Open();

        menu.Find("button[aria-haspopup]").Click();

        Assert.Contains("/api/v1/marks", menu.WaitForElement("pre").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Marks_SetHereAndByOthers_AreOfferedAsRanges()
    {
        await _saved.Objects.CreateAsync(new SavedDraft(SavedKinds.Mark, "shop 1.4.1", SavedAccess.View, MarkContent.Write(SomeHit.Noon)), SomeSaved.Kim, TestContext.Current.CancellationToken);
        IRenderedComponent<MarksMenu> menu = Open();
        menu.WaitForAssertion(() => Assert.Equal([new TimeMark("shop 1.4.1", SomeHit.Noon)], _marks));
        menu.Find("button[aria-haspopup]").Click();

        menu.Find("input").Input("shop <1.4.2>");
        await menu.Find("form").SubmitAsync();
        menu.WaitForAssertion(() => Assert.Equal(2, _marks.Count));
        menu.Render(p => p.Add(m => m.Marks, _marks));
        menu.FindAll(".lv-item").Single(i => i.TextContent.Contains("Since shop 1.4.1", StringComparison.Ordinal)).Click();

        Assert.Equal(["shop 1.4.1", "shop <1.4.2>"], _marks.Select(m => m.Label).Order(StringComparer.Ordinal));
        Assert.Equal([new TimeRangeExpression(SomeHit.Noon.ToString(), "now")], _gone);
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            _saved.Dispose();
        }
    }

    private IRenderedComponent<MarksMenu> Open() => Render<MarksMenu>(p => p
        .Add(m => m.Marks, _marks).Add(m => m.MarksChanged, (IReadOnlyList<TimeMark> m) => _marks = m).Add(m => m.Viewer, SomeSaved.Ann).Add(m => m.Zone, TimeZoneInfo.Utc)
        .Add(m => m.Version, "first").Add(m => m.OnGo, _gone.Add));
}
