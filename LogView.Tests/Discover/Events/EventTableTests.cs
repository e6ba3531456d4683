using AngleSharp.Dom;
using Bunit;
using LogView.Client.Contracts.Search;
using LogView.Client.Discover.Events;
using LogView.Client.Discover.Lines;
using LogView.Client.Discover.Rows;
using LogView.Client.Language;
using LogView.Client.Shared.Timing;
using LogView.Tests.Testing;

namespace LogView.Tests.Discover.Events;

public class EventTableTests : UiTest
{
    private static readonly RowLook Look = new(["service.name", "message"], TimeZoneInfo.Utc, DatePart.None, Marker: null);

    [Fact]
    public async Task Table_TwentyThousandHits_DrawsTheSameFewRowsAnywhere()
    {
        IRenderedComponent<EventTable> table = Render<EventTable>(p => p.Add(t => t.Rows, Many(20_000)).Add(t => t.Look, Look));

        await table.InvokeAsync(() => table.Instance.Show(10_000, 30));

        Assert.Equal(30 + 2 * RowWindow.Margin, table.FindAll("[role=row][id]").Count);
        Assert.Equal("event-9960", table.FindAll("[role=row][id]")[0].Id);
        Assert.Equal("20001", table.Find("[role=grid]").GetAttribute("aria-rowcount"));
    }

    [Fact]
    public void Table_OtherRows_ThoseOnScreenStandBeforeTheirMargin()
    {
        IRenderedComponent<EventTable> table = Render<EventTable>(p => p.Add(t => t.Rows, Many(100)).Add(t => t.Look, Look));
        List<int> drawn = [];
        table.OnMarkupUpdated += (_, _) => drawn.Add(table.FindAll("[role=row][id]").Count);

        table.Render(p => p.Add(t => t.Rows, Many(100)));
        table.Render(p => p.Add(t => t.IsStale, true));

        Assert.Equal([40, 80, 80], drawn);
    }

    [Fact]
    public async Task Table_RowsThatAreNotHereYet_AreAskedForAndDrawnAsComing()
    {
        List<(int Top, RowWindow Drawn)> asked = [];
        LoadedRows rows = new(1_000_000, [new RowBlock(0, SomeHit.Many(100))]);
        IRenderedComponent<EventTable> table = Render<EventTable>(p => p.Add(t => t.Rows, rows).Add(t => t.Look, Look).Add(t => t.OnScrolled, asked.Add));

        await table.InvokeAsync(() => table.Instance.Show(700_000, 30));

        Assert.Equal((700_000, new RowWindow(700_000 - RowWindow.Margin, 30 + 2 * RowWindow.Margin)), Assert.Single(asked));
        Assert.Equal(30 + 2 * RowWindow.Margin, table.FindAll(".lv-waiting").Count);
        table.Render(p => p.Add(t => t.Rows, rows with { Blocks = [new RowBlock(699_900, SomeHit.Many(300))] }));
        Assert.Empty(table.FindAll(".lv-waiting"));
        Assert.Equal("event-699960", table.FindAll("[role=row][id]")[0].Id);
    }

    [Fact]
    public async Task Open_RowThatIsNotThere_DoesNothing()
    {
        List<int> opened = [];
        IRenderedComponent<EventTable> table = Render<EventTable>(p => p.Add(t => t.Rows, Many(3)).Add(t => t.Look, Look).Add(t => t.OnOpen, opened.Add));

        await table.InvokeAsync(() => table.Instance.Open(7));
        await table.InvokeAsync(() => table.Instance.Open(-1));
        await table.InvokeAsync(() => table.Instance.Open(2));

        Assert.Equal([2], opened);
    }

    [Fact]
    public void Row_Event_ShowsLevelAsTextTimeAndBothZones()
    {
        IRenderedComponent<EventTable> table = Render<EventTable>(p => p
            .Add(t => t.Rows, LoadedRows.Of([SomeHit.Of(0, "boom\nat line 1", "error")]))
            .Add(t => t.Look, Look with { Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Seoul") }));

        Assert.Equal(["21:00:00.000", "error", "cart", "boom+1"], table.FindAll("[role=gridcell]").Select(c => string.Join(' ', c.TextContent.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries))));
        string title = table.FindAll("[role=gridcell]")[0].GetAttribute("title")!;
        Assert.Contains("21:00:00.000000000 +09:00 (Asia/Seoul)", title, StringComparison.Ordinal);
        Assert.Contains("12:00:00.000000000 +00:00 (UTC)", title, StringComparison.Ordinal);
    }

    [Fact]
    public void Row_HostileText_StaysText()
    {
        IRenderedComponent<EventTable> table = Render<EventTable>(p => p
            .Add(t => t.Rows, LoadedRows.Of([SomeHit.Of(0, "<img src=x onerror=alert(1)>", "<b>", ("service.name", "<script>"))])).Add(t => t.Look, Look));

        Assert.Empty(table.FindAll("img, script, b"));
        Assert.Contains("<img src=x onerror=alert(1)>", table.Markup.Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Row_Matches_AreMarked()
    {
        RowLook look = Look with { Marker = (field, text) => field == "message" && text.Length > 4 ? [new TextRange(0, 4)] : [] };

        IRenderedComponent<EventTable> table = Render<EventTable>(p => p.Add(t => t.Rows, LoadedRows.Of([SomeHit.Of(0, "slow query")])).Add(t => t.Look, look));

        Assert.Equal("slow", table.Find("mark").TextContent);
    }

    [Fact]
    public async Task Value_Menu_FiltersOutAndAddsColumns()
    {
        List<SearchFilter> filters = [];
        List<string> columns = [];
        IRenderedComponent<EventTable> table = Render<EventTable>(p => p
            .Add(t => t.Rows, Many(3)).Add(t => t.Look, Look).Add(t => t.OnFilter, filters.Add).Add(t => t.OnToggleColumn, columns.Add));

        await table.InvokeAsync(() => table.Instance.Menu(1, 0, 10, 10));
        Assert.Contains("cart", table.Find(".lv-cellmenu").TextContent, StringComparison.Ordinal);
        Item("Filter out this value").Click();
        await table.InvokeAsync(() => table.Instance.Menu(1, -1, 10, 10));
        Item("Add as a column").Click();
        await table.InvokeAsync(() => table.Instance.Menu(77, 0, 10, 10));

        SearchFilter filter = Assert.Single(filters);
        Assert.Equal(("service.name", "cart", true), (filter.Field, filter.Is, filter.Negate));
        Assert.Equal(["log.level"], columns);
        Assert.Empty(table.FindAll(".lv-cellmenu"));

        AngleSharp.Dom.IElement Item(string text) => table.FindAll(".lv-cellmenu button").First(b => b.TextContent.Trim() == text);
    }

    [Fact]
    public async Task Table_RowsFoldedAboveWhatIsRead_ShiftsByThem()
    {
        LoadedRows rows = Many(1_000);
        IRenderedComponent<EventTable> table = Render<EventTable>(p => p.Add(t => t.Rows, rows).Add(t => t.Look, Look));
        await table.InvokeAsync(() => table.Instance.Show(500, 30));

        table.Render(p => p.Add(t => t.Lines, TableLines.Of(1_000, [new RowRun(100, 101, MayGoOn: true, IsUnfolded: false)], inserted: null)));

        Assert.Equal("-100", table.Find(".lv-all").GetAttribute("data-shift"));
        Assert.Equal("event-460", table.FindAll("[role=row][id]")[0].Id);
        (int Top, RowWindow Drawn) asked = default;
        table.Render(p => p.Add(t => t.OnScrolled, s => asked = s));
        await table.InvokeAsync(() => table.Instance.Show(500, 30, shift: 0));
        Assert.Equal((500, new RowWindow(460, 110)), asked);
        await table.InvokeAsync(() => table.Instance.Show(100, 1, shift: -100));
        Assert.Equal(100, asked.Top);
        IElement run = table.Find("#event-100 .lv-times");
        Assert.Equal(("× 101+", "false"), (run.TextContent, run.GetAttribute("aria-expanded")));
        Assert.Contains("there may be more", run.GetAttribute("title"), StringComparison.Ordinal);
    }

    private static LoadedRows Many(int count) => LoadedRows.Of(SomeHit.Many(count));
}
