using Bunit;
using LogView.Client.Contracts.Search;
using LogView.Client.Discover.Heading;
using LogView.Client.Discover.State;
using LogView.Tests.Testing;

namespace LogView.Tests.Discover.Heading;

public class TableHeadTests : UiTest
{
    private DiscoverState _state = DiscoverState.Default with { Columns = ["a", "b", "message"] };

    [Fact]
    public void Name_Clicked_SortsByIt()
    {
        IRenderedComponent<TableHead> head = Open();

        head.Find("[data-c='1'] .lv-sort").Click();

        Assert.Equal(new SortField("b", SortOrder.Desc), _state.Sort);
        head.Render(p => p.Add(h => h.Sort, _state.Sort));
        Assert.Equal("descending", head.Find("[data-c='1']").GetAttribute("aria-sort"));
        Assert.Equal("none", head.FindAll("[role=columnheader]")[0].GetAttribute("aria-sort"));
    }

    [Fact]
    public void Menu_Items_MoveResizeAndRemove()
    {
        IRenderedComponent<TableHead> head = Open();
        head.Find("[data-c='1'] button[aria-haspopup]").Click();

        Item(head, "Move left").Click();
        Assert.Equal(["b", "a", "message"], _state.Columns);
        Item(head, "Wider").Click();
        Assert.Equal(ColumnWidths.Usual + ColumnWidths.Step, _state.Widths["b"]);
        Item(head, "Usual width").Click();
        Assert.Empty(_state.Widths);
        Item(head, "Remove the column").Click();
        Assert.Equal(["a", "message"], _state.Columns);
    }

    [Fact]
    public async Task Edge_Dragged_ResizesWithinBounds()
    {
        IRenderedComponent<TableHead> head = Open();

        await head.InvokeAsync(() => head.Instance.Resized(0, 321.5));
        await head.InvokeAsync(() => head.Instance.Resized(9, 100));
        await head.InvokeAsync(() => head.Instance.Resized(1, double.NaN));

        Assert.Equal(("a", 321), (Assert.Single(_state.Widths).Key, _state.Widths["a"]));
        await head.InvokeAsync(() => head.Instance.Resized(0, 0));
        Assert.Empty(_state.Widths);
    }

    private static AngleSharp.Dom.IElement Item(IRenderedComponent<TableHead> head, string text) => head.FindAll(".lv-headmenu button").First(b => b.TextContent.Trim() == text);

    private IRenderedComponent<TableHead> Open() => Render<TableHead>(p => p
        .Add(h => h.Columns, _state.Columns).Add(h => h.Sort, _state.Sort).Add(h => h.OnChange, (Func<DiscoverState, DiscoverState> change) => _state = change(_state)));
}
