using Bunit;
using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Saved;
using LogView.Client.Discover.Saving;
using LogView.Client.Discover.State;
using LogView.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace LogView.Tests.Discover.Saving;

public sealed class ViewsMenuTests : UiTest
{
    private readonly SomeSaved _saved;
    private readonly List<DiscoverState> _opened = [];

    public ViewsMenuTests()
    {
        _saved = new SomeSaved(Clock);
        Services.AddSingleton(_saved.Objects);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Save_New_KeepsTheStateUnderItsName()
    {
        DiscoverState state = DiscoverUrl.Read("/discover?q=log.level:+error&from=now-1h&to=now&cols=host.name");
        IRenderedComponent<ViewsMenu> menu = Show(state);

        await ClickAsync(menu, "Save this as a new view");
        await menu.InvokeAsync(() => menu.Find("form input").Input("결제 오류"));
        await menu.InvokeAsync(() => menu.Find("form").Submit());

        menu.WaitForAssertion(() => Assert.Single(_opened));
        SavedObject view = Assert.Single((await _saved.Objects.ListAsync(SavedKinds.View, SomeSaved.Kim, Stop)).Objects!);
        Assert.Equal(("결제 오류", "ann", state), (view.Name, view.Owner, ViewContent.Read(view.Content)));
        Assert.Equal(state with { View = view.Id }, _opened[0]);
    }

    [Fact]
    public async Task Save_WithoutName_SaysWhatIsExpected()
    {
        IRenderedComponent<ViewsMenu> menu = Show(DiscoverState.Default);

        await ClickAsync(menu, "Save this as a new view");
        await menu.InvokeAsync(() => menu.Find("form").Submit());

        menu.WaitForAssertion(() => Assert.Contains("expected 1 to 100 characters", menu.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Empty(_opened);
    }

    [Fact]
    public async Task Open_View_ShowsWhatWasSaved()
    {
        SavedObject view = await _saved.ViewAsync("Errors", "/discover?q=error&from=now-1h&to=now");
        IRenderedComponent<ViewsMenu> menu = Show(DiscoverState.Default, SomeSaved.Kim);

        menu.WaitForElement(".lv-views-list button");
        await menu.InvokeAsync(() => menu.Find(".lv-views-list button").Click());

        menu.WaitForAssertion(() => Assert.Equal(DiscoverUrl.Read("/discover?q=error&from=now-1h&to=now") with { View = view.Id }, Assert.Single(_opened)));
    }

    [Fact]
    public async Task Changed_View_IsMarkedAndSavedAgain()
    {
        SavedObject view = await _saved.ViewAsync("Errors", "/discover?q=error");
        IRenderedComponent<ViewsMenu> menu = Show(DiscoverUrl.Read("/discover?q=fatal") with { View = view.Id });
        menu.WaitForElement(".lv-views-modified");

        await ClickAsync(menu, "Save changes");

        menu.WaitForAssertion(() => Assert.Single(_opened));
        SavedObject now = (await _saved.Objects.FindAsync(SavedKinds.View, view.Id, SomeSaved.Ann, Stop)).Object!;
        Assert.Equal("fatal", ViewContent.Read(now.Content)!.Query);
        Assert.Empty(menu.FindAll(".lv-views-modified"));
    }

    [Fact]
    public async Task Save_WhatSomebodyChangedMeanwhile_AsksFirst()
    {
        SavedObject view = await _saved.ViewAsync("Errors", "/discover?q=error", SavedAccess.Edit);
        IRenderedComponent<ViewsMenu> menu = Show(DiscoverUrl.Read("/discover?q=mine") with { View = view.Id });
        menu.WaitForElement(".lv-views-modified");
        await _saved.Objects.ReplaceAsync(view.Id, view.Version, new SavedDraft(SavedKinds.View, "Errors", SavedAccess.Edit, LinkContent.Write("/discover?q=theirs")), SomeSaved.Kim, Stop);

        await ClickAsync(menu, "Save changes");
        menu.WaitForAssertion(() => Assert.Contains("kim changed 'Errors' meanwhile", menu.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Equal("theirs", await QueryOfAsync(view));
        await ClickAsync(menu, "Overwrite it");

        menu.WaitForAssertion(() => Assert.Single(_opened));
        Assert.Equal("mine", await QueryOfAsync(view));
    }

    [Fact]
    public async Task Delete_View_AsksOnce()
    {
        SavedObject view = await _saved.ViewAsync("Errors", "/discover?q=error");
        IRenderedComponent<ViewsMenu> menu = Show(DiscoverUrl.Read("/discover?q=error") with { View = view.Id });

        await ClickAsync(menu, "Delete");
        Assert.NotNull((await _saved.Objects.FindAsync(SavedKinds.View, view.Id, SomeSaved.Ann, Stop)).Object);
        await ClickAsync(menu, "Really delete?");

        menu.WaitForAssertion(() => Assert.Null(Assert.Single(_opened).View));
        Assert.Equal(SavedProblemKind.NotFound, (await _saved.Objects.FindAsync(SavedKinds.View, view.Id, SomeSaved.Ann, Stop)).Problem?.Kind);
    }

    [Fact]
    public async Task Others_View_CanNeitherBeRenamedNorDeleted()
    {
        SavedObject view = await _saved.ViewAsync("Errors", "/discover?q=error");

        IRenderedComponent<ViewsMenu> menu = Show(DiscoverUrl.Read("/discover?q=other") with { View = view.Id }, SomeSaved.Kim);

        menu.WaitForElement(".lv-views-modified");
        Assert.DoesNotContain(menu.FindAll("button"), b => b.TextContent.Trim() is "Delete" or "Rename or share" or "Save changes");
        Assert.Contains(menu.FindAll("button"), b => b.TextContent.Trim() is "Discard changes");
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            _saved.Dispose();
        }
    }

    /// <summary>Found and clicked in one step of the renderer: a render in between would give the button another handler.</summary>
    private static Task ClickAsync(IRenderedComponent<ViewsMenu> menu, string text)
    {
        menu.WaitForAssertion(() => Assert.Contains(menu.FindAll("button"), b => b.TextContent.Trim() == text));
        return menu.InvokeAsync(() => menu.FindAll("button").First(b => b.TextContent.Trim() == text).Click());
    }

    private async Task<string> QueryOfAsync(SavedObject view) =>
        ViewContent.Read((await _saved.Objects.FindAsync(SavedKinds.View, view.Id, SomeSaved.Ann, Stop)).Object!.Content)!.Query;

    /// <summary>The menu, open. As on the page, what it opens becomes its state.</summary>
    private IRenderedComponent<ViewsMenu> Show(DiscoverState state, Viewer? viewer = null)
    {
        IRenderedComponent<ViewsMenu> menu = Render<ViewsMenu>(p => p.Add(m => m.State, state).Add(m => m.Viewer, viewer ?? SomeSaved.Ann).Add(m => m.OnOpen, _opened.Add));
        _ = menu.InvokeAsync(() => menu.Find("button").Click());
        return menu;
    }
}
