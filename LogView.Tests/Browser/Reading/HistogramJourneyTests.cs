using Microsoft.Playwright;

namespace LogView.Tests.Browser.Reading;

/// <summary>The histogram split by a field, on a logarithmic scale, clicked; and the time range moved.</summary>
[Trait("Kind", "slow")]
public sealed class HistogramJourneyTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    [Theory]
    [InlineData("dark", 1280)]
    [InlineData("light", 390)]
    public async Task Histogram_SplitScaledAndClicked_ShowsWhatWasAskedFor(string scheme, int width)
    {
        await using SignedInPage me = await SignedInPage.OpenAsync(chromium.Browser, scheme, width);
        await me.Page.GetByRole(AriaRole.Button, new() { Name = "Generate demo events" }).ClickAsync();
        await Assertions.Expect(me.Rows.First).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await me.Page.GotoAsync("/discover?from=now-24h&to=now");
        ILocator split = me.Page.GetByLabel("Split by");
        await split.FillAsync("service.name");
        await split.PressAsync("Enter");
        await me.UrlHasAsync("split=service.name");
        await Assertions.Expect(me.Page.Locator(".lv-legend-name").First).ToHaveTextAsync("gateway");
        await me.Page.GetByRole(AriaRole.Button, new() { Name = "Log", Exact = true }).ClickAsync();
        await me.UrlHasAsync("scale=log");
        await Assertions.Expect(me.Status).ToContainTextAsync("complete");
        await me.ShowAsync($"split-{scheme}-{width}");
        long widest = await me.Page.EvaluateAsync<long>("() => document.documentElement.scrollWidth");
        Assert.True(widest <= width, $"The page is {widest} px wide in a window of {width} px.");

        LocatorBoundingBoxResult box = (await me.Page.Locator(".lv-plot canvas").BoundingBoxAsync())!;
        await me.Page.Mouse.ClickAsync(box.X + box.Width * 0.6f, box.Y + box.Height * 0.7f);
        await Assertions.Expect(me.Page).Not.ToHaveURLAsync(new System.Text.RegularExpressions.Regex("from=now-24h"));
        string zoomed = me.Page.Url;
        await Assertions.Expect(me.Status).ToContainTextAsync("complete");
        await me.Page.GetByRole(AriaRole.Button, new() { Name = "Next time range" }).ClickAsync();
        await Assertions.Expect(me.Page).Not.ToHaveURLAsync(zoomed);
        string next = me.Page.Url;
        await Assertions.Expect(me.Page.Locator(".lv-run")).ToHaveTextAsync("Search");
        await me.Page.GetByRole(AriaRole.Button, new() { Name = "Previous time range" }).ClickAsync();
        await Assertions.Expect(me.Page).Not.ToHaveURLAsync(next);
    }
}
