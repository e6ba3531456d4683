using Microsoft.Playwright;

namespace LogView.Tests.Browser.Reading;

/// <summary>Columns are dragged, values have a menu, and the bar beside the rows goes to a time.</summary>
[Trait("Kind", "slow")]
public sealed class ColumnsJourneyTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    [Theory]
    [InlineData("dark", 1280)]
    [InlineData("light", 390)]
    public async Task Rows_ColumnsValuesAndTime_AreADragAway(string scheme, int width)
    {
        await using SignedInPage me = await SignedInPage.OpenAsync(chromium.Browser, scheme, width);
        await me.Page.GetByRole(AriaRole.Button, new() { Name = "Generate demo events" }).ClickAsync();
        await Assertions.Expect(me.Rows.First).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await me.Page.GotoAsync("/discover?from=now-24h&to=now&cols=host.name,service.name,message");
        await Assertions.Expect(me.Page.GetByRole(AriaRole.Slider, new() { Name = "Time of the rows" })).ToBeVisibleAsync();
        await me.ShowAsync($"columns-{scheme}-{width}");

        if (width > 600)
        {
            await ResizeAsync(me);
            await ReorderAsync(me);
            await FilterOutAsync(me);
        }

        await Assertions.Expect(me.Status).ToContainTextAsync("complete");
        ILocator time = me.Page.GetByRole(AriaRole.Slider, new() { Name = "Time of the rows" });
        LocatorBoundingBoxResult box = (await time.BoundingBoxAsync())!;
        await me.Page.Mouse.ClickAsync(box.X + box.Width / 2, box.Y + box.Height * 0.7f);
        await Assertions.Expect(me.Page.Locator("#event-0")).ToHaveCountAsync(0);
        Assert.InRange(int.Parse(await time.InputValueAsync(), System.Globalization.CultureInfo.InvariantCulture), 600, 800);
        await Assertions.Expect(me.Page.Locator(".lv-waiting")).ToHaveCountAsync(0);
        await me.Page.GetByLabel("Rows", new() { Exact = true }).SelectOptionAsync(["Three"]);
        await me.UrlHasAsync("rows=3");
        await me.ShowAsync($"strip-{scheme}-{width}");
    }

    [Theory]
    [InlineData("dark", 1280)]
    [InlineData("light", 390)]
    public async Task Value_Menu_WorksByKeysAlone(string scheme, int width)
    {
        await using SignedInPage me = await SignedInPage.OpenAsync(chromium.Browser, scheme, width);
        await me.SendAsync([.. Enumerable.Range(0, 5).Select(i =>
            ("logs-shop-prod", $$"""{"@timestamp":"{{TimeProvider.System.GetUtcNow().AddSeconds(-i):O}}","log.level":"info","service.name":"cart","message":"event {{i}}"}"""))]);
        await me.Page.GotoAsync("/discover?from=now-1h&to=now&cols=service.name,message");
        await Assertions.Expect(me.Rows).ToHaveCountAsync(5);
        ILocator grid = me.Page.GetByRole(AriaRole.Grid);
        ILocator menu = me.Page.GetByRole(AriaRole.Menu);
        int over = await me.Page.Locator(".lv-legend").EvaluateAsync<int>("legend => legend.scrollWidth - legend.clientWidth");
        Assert.Equal(0, over);
        await grid.FocusAsync();
        await me.Page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(grid).ToHaveAttributeAsync("aria-activedescendant", "event-0");

        await me.Page.Keyboard.PressAsync("Shift+F10");
        await Assertions.Expect(menu).ToHaveAccessibleNameAsync("What to do with message");
        await Assertions.Expect(menu.GetByRole(AriaRole.Menuitem).First).ToBeFocusedAsync();
        await me.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(menu).ToHaveCountAsync(0);
        await Assertions.Expect(grid).ToBeFocusedAsync();

        await me.Page.Keyboard.PressAsync("ArrowRight");
        await me.Page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(grid).ToHaveAttributeAsync("aria-activedescendant", "event-0-0");
        await me.Page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(grid).ToHaveAttributeAsync("aria-activedescendant", "event-1-0");
        await me.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(menu).ToHaveAccessibleNameAsync("What to do with service.name");
        await Assertions.Expect(menu.GetByRole(AriaRole.Menuitem).First).ToBeFocusedAsync();
        await me.Page.Keyboard.PressAsync("ArrowUp");
        await Assertions.Expect(menu.GetByRole(AriaRole.Menuitem).Last).ToBeFocusedAsync();
        await me.Page.Keyboard.PressAsync("Home");
        await me.Page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(menu.GetByRole(AriaRole.Menuitem, new() { Name = "Filter out this value" })).ToBeFocusedAsync();
        await me.ShowAsync($"cell-menu-keys-{scheme}-{width}");
        await me.Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(grid).ToBeFocusedAsync();
        await me.Page.Keyboard.PressAsync("ContextMenu");
        await Assertions.Expect(menu.GetByRole(AriaRole.Menuitem).First).ToBeFocusedAsync();
        await me.Page.Keyboard.PressAsync("Enter");
        await me.UrlHasAsync("f=is:service.name:cart");
        await Assertions.Expect(menu).ToHaveCountAsync(0);
        await Assertions.Expect(grid).ToBeFocusedAsync();
        await me.Page.Keyboard.PressAsync("ArrowLeft");
        await me.Page.Keyboard.PressAsync("ArrowLeft");
        await Assertions.Expect(grid).ToHaveAttributeAsync("aria-activedescendant", "event-1");
        await me.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(me.Page.GetByRole(AriaRole.Region, new() { Name = "Event", Exact = true })).ToBeVisibleAsync();
    }

    private static async Task ResizeAsync(SignedInPage me)
    {
        LocatorBoundingBoxResult grip = (await me.Page.Locator("[data-c='0'] .lv-grip").BoundingBoxAsync())!;
        await me.Page.Mouse.MoveAsync(grip.X + grip.Width / 2, grip.Y + 5);
        await me.Page.Mouse.DownAsync();
        await me.Page.Mouse.MoveAsync(grip.X + grip.Width / 2 - 50, grip.Y + 5, new() { Steps = 5 });
        await me.Page.Mouse.UpAsync();
        await me.UrlHasAsync("w=100,0,0");
    }

    private static async Task ReorderAsync(SignedInPage me)
    {
        await me.Page.Locator("[data-c='1'] .lv-headname").DragToAsync(me.Page.Locator("[data-c='0'] .lv-headname"));
        await me.UrlHasAsync("w=0,100");
        await Assertions.Expect(me.Page.Locator(".lv-columnhead").First).ToHaveAttributeAsync("title", "service.name");
    }

    private static async Task FilterOutAsync(SignedInPage me)
    {
        await Assertions.Expect(me.Status).ToContainTextAsync("complete");
        string before = await me.Status.Locator("strong").InnerTextAsync();
        ILocator value = me.Rows.Nth(3).Locator("[data-c='0']");
        await value.HoverAsync();
        await me.Page.Locator(".lv-cellmore").ClickAsync();
        ILocator menu = me.Page.GetByRole(AriaRole.Menu, new() { Name = "What to do with service.name" });
        await Assertions.Expect(menu).ToBeVisibleAsync();
        await me.ShowAsync("cell-menu");
        await menu.GetByRole(AriaRole.Menuitem, new() { Name = "Filter out this value" }).ClickAsync();
        await me.UrlHasAsync("f=!is:service.name:");
        await Assertions.Expect(menu).ToBeHiddenAsync();
        await Assertions.Expect(me.Status.Locator("strong")).Not.ToHaveTextAsync(before);
    }
}
