using Microsoft.Playwright;

namespace LogView.Tests.Browser.Results;

/// <summary>From a row to what stands around it, and to the page of that.</summary>
[Trait("Kind", "slow")]
public sealed class ContextJourneyTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    [Theory]
    [InlineData("dark", 1280)]
    [InlineData("light", 390)]
    public async Task Context_OfARow_OpensAsAPage(string scheme, int width)
    {
        await using SignedInPage me = await SignedInPage.OpenAsync(chromium.Browser, scheme, width);
        await me.Page.GetByRole(AriaRole.Button, new() { Name = "Generate demo events" }).ClickAsync();
        await Assertions.Expect(me.Rows.First).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Assertions.Expect(me.Status).ToContainTextAsync("complete");
        await me.Rows.Nth(4).ClickAsync();
        await me.Page.GetByRole(AriaRole.Tab, new() { Name = "Context" }).ClickAsync();
        await me.Page.GetByLabel("Neighbours of").SelectOptionAsync("host");
        await me.Page.GetByLabel("How far around").SelectOptionAsync("5m");
        ILocator lines = me.Page.Locator(".lv-context li");
        await Assertions.Expect(me.Page.Locator(".lv-context .lv-centre")).ToBeVisibleAsync();
        await me.ShowAsync($"context-{scheme}-{width}");
        string centre = await me.Page.Locator(".lv-context .lv-centre").InnerTextAsync();

        await me.Page.GetByRole(AriaRole.Link, new() { Name = "Open as a page" }).ClickAsync();

        await me.UrlHasAsync("scope=host");
        await me.UrlHasAsync("within=5m");
        await Assertions.Expect(lines.First).ToBeVisibleAsync();
        Assert.Equal(centre, await me.Page.Locator(".lv-context .lv-centre").InnerTextAsync());
        await me.ShowAsync($"context-page-{scheme}-{width}");
        await me.Page.GetByLabel("How far around").SelectOptionAsync("lines");
        await Assertions.Expect(me.Page).Not.ToHaveURLAsync(new System.Text.RegularExpressions.Regex("within="));
        await me.Page.GetByRole(AriaRole.Link, new() { Name = "Show in Discover" }).ClickAsync();
        await Assertions.Expect(me.Page.GetByRole(AriaRole.Region, new() { Name = "Event", Exact = true })).ToBeVisibleAsync();
    }

    /// <summary>The row stays where it is, but near the top, where the lines above it would be out of sight.</summary>
    [Theory]
    [InlineData("dark", 1280, 12)]
    [InlineData("dark", 1280, 0)]
    [InlineData("light", 390, 4)]
    public async Task Context_InTheTable_IsSeenAndLeavesTheRowInItsPlace(string scheme, int width, int at)
    {
        await using SignedInPage me = await SignedInPage.OpenAsync(chromium.Browser, scheme, width);
        await me.Page.GetByRole(AriaRole.Button, new() { Name = "Generate demo events" }).ClickAsync();
        await Assertions.Expect(me.Rows.First).ToBeVisibleAsync(new() { Timeout = 60_000 });

        // Not up to now: the newest error may be younger than the lines that it is to stand among.
        await me.Page.GotoAsync("/discover?q=log.level:+error&from=now-24h&to=now-1h&cols=service.name,message");
        await Assertions.Expect(me.Status).ToContainTextAsync("complete");
        await me.Page.GetByRole(AriaRole.Grid).FocusAsync();
        for (int i = 0; i <= at; i++)
        {
            await me.Page.Keyboard.PressAsync("j");
        }

        ILocator row = me.Page.Locator($"#event-{at}");
        await Assertions.Expect(row).ToHaveAttributeAsync("aria-selected", "true");
        await Assertions.Expect(row).ToBeInViewportAsync();
        double before = (await row.BoundingBoxAsync())!.Y;

        await me.Page.Keyboard.PressAsync("c");

        ILocator lines = me.Page.Locator("[data-beside]");
        await Assertions.Expect(lines).ToHaveCountAsync(20);
        await Assertions.Expect(row.Locator("xpath=preceding-sibling::*[@data-beside][1]")).ToBeInViewportAsync();
        await Assertions.Expect(row).ToBeInViewportAsync();
        if (width > 600)
        {
            await Assertions.Expect(me.Page.Locator(".lv-aside-line.lv-first")).ToBeInViewportAsync();
            int above = await lines.Locator("xpath=self::*[following-sibling::*[@aria-selected='true']]").CountAsync();
            LocatorBoundingBoxResult place = (await row.BoundingBoxAsync())!;
            Assert.Equal(before + place.Height * Math.Max(0, above + 1 - at), place.Y, tolerance: 1);
        }

        await me.ShowAsync($"context-inline-{scheme}-{width}-{at}");
        await me.Page.Locator(".lv-table").HoverAsync();
        await me.Page.Mouse.WheelAsync(0, -200);
        ILocator more = me.Page.GetByRole(AriaRole.Button, new() { Name = "20 more" });
        await more.First.ClickAsync();
        await Assertions.Expect(lines).ToHaveCountAsync(40);
        await more.Last.ClickAsync();
        await Assertions.Expect(lines).ToHaveCountAsync(60);
        await me.ShowAsync($"context-inline-more-{scheme}-{width}");
        await me.Page.GetByLabel("Neighbours of").SelectOptionAsync("host");
        await Assertions.Expect(lines).ToHaveCountAsync(20);
        await me.Page.GetByRole(AriaRole.Grid).FocusAsync();
        await me.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(lines).ToHaveCountAsync(0);
        await Assertions.Expect(row).ToHaveAttributeAsync("aria-selected", "true");
    }
}
