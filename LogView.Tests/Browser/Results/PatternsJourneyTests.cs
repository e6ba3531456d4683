using System.Globalization;
using Microsoft.Playwright;

namespace LogView.Tests.Browser.Results;

/// <summary>From a result to its patterns, to one of them as a filter, and to what changed.</summary>
[Trait("Kind", "slow")]
public sealed class PatternsJourneyTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    [Theory]
    [InlineData("dark", 1280)]
    [InlineData("light", 390)]
    public async Task Patterns_OfTheDemoShop_CanBeKeptAndDropped(string scheme, int width)
    {
        await using SignedInPage me = await SignedInPage.OpenAsync(chromium.Browser, scheme, width);
        await me.Page.GetByRole(AriaRole.Button, new() { Name = "Generate demo events" }).ClickAsync();
        await Assertions.Expect(me.Rows.First).ToBeVisibleAsync(new() { Timeout = 60_000 });
        string from = TimeProvider.System.GetUtcNow().AddHours(-6).ToString("O", CultureInfo.InvariantCulture), to = TimeProvider.System.GetUtcNow().AddHours(-1).ToString("O", CultureInfo.InvariantCulture);
        await me.Page.GotoAsync($"/discover?from={Uri.EscapeDataString(from)}&to={Uri.EscapeDataString(to)}&tab=patterns");
        ILocator panel = me.Page.GetByRole(AriaRole.Region, new() { Name = "Patterns", Exact = true }).First;
        ILocator first = panel.Locator("tbody tr").First;
        await Assertions.Expect(first).ToBeVisibleAsync();
        await Assertions.Expect(panel.GetByText("Reading events…")).ToBeHiddenAsync();
        await first.Locator(".lv-pattern-open").ClickAsync();
        await me.ShowAsync($"patterns-{scheme}-{width}");
        string count = (await first.Locator(".lv-count b").InnerTextAsync()).Trim();
        long all = await me.HitsAsync();

        await first.GetByRole(AriaRole.Button, new() { Name = "Keep only the pattern" }).ClickAsync();

        await me.UrlHasAsync("f=pattern:message:");
        await Assertions.Expect(me.Status.Locator("strong")).ToContainTextAsync($"{count} hits");
        await me.Page.GetByRole(AriaRole.Button, new() { Name = "Events", Exact = true }).ClickAsync();
        await Assertions.Expect(me.Rows.First).ToBeVisibleAsync();
        await me.ShowAsync($"patterns-kept-{scheme}-{width}");
        await me.Page.GoBackAsync();
        await me.Page.GoBackAsync();
        await Assertions.Expect(me.Status.Locator("strong")).ToContainTextAsync($"{all.ToString("N0", CultureInfo.InvariantCulture)} hits");
        await first.GetByRole(AriaRole.Button, new() { Name = "Drop the pattern" }).ClickAsync();
        long rest = all - long.Parse(count, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
        await Assertions.Expect(me.Status.Locator("strong")).ToContainTextAsync($"{rest.ToString("N0", CultureInfo.InvariantCulture)} hits");
        await me.Page.GetByRole(AriaRole.Button, new() { Name = "What changed", Exact = true }).ClickAsync();
        await Assertions.Expect(me.Page.GetByText("Against the window of the same length before")).ToBeVisibleAsync();
        await me.ShowAsync($"changes-{scheme}-{width}");
        long widest = await me.Page.EvaluateAsync<long>("() => document.documentElement.scrollWidth");
        Assert.True(widest <= width, $"The page is {widest} px wide in a window of {width} px.");
    }
}
