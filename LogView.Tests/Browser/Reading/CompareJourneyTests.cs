using Microsoft.Playwright;

namespace LogView.Tests.Browser.Reading;

/// <summary>Two events side by side, one of them copied, and the colours of a terminal.</summary>
[Trait("Kind", "slow")]
public sealed class CompareJourneyTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    [Theory]
    [InlineData("dark", 1280)]
    [InlineData("light", 390)]
    public async Task Events_ComparedAndCopied_ShowWhatDiffers(string scheme, int width)
    {
        await using SignedInPage me = await SignedInPage.OpenAsync(chromium.Browser, scheme, width);
        await me.SendAsync(
            ("logs-shop-test", """{"message":"\u001b[32mPASS\u001b[0m checkout in \u001b[1;33m310 ms\u001b[0m","log.level":"info","service.name":"ci","host.name":"web-1"}"""),
            ("logs-shop-test", """{"message":"\u001b[31mFAIL\u001b[0m payment: <b>declined</b>","log.level":"error","service.name":"ci","host.name":"web-2"}"""));
        await me.Page.GotoAsync("/discover?from=now-24h&to=now");
        ILocator failed = me.Rows.Filter(new() { HasText = "FAIL" });
        await Assertions.Expect(failed.Locator(".lv-text")).ToHaveTextAsync("FAIL payment: <b>declined</b>");
        await Assertions.Expect(failed.Locator(".lv-ansi-1")).ToHaveTextAsync("FAIL");
        await failed.ClickAsync();
        ILocator detail = me.Page.GetByRole(AriaRole.Region, new() { Name = "Event", Exact = true });

        await detail.GetByRole(AriaRole.Button, new() { Name = "Copy the event" }).ClickAsync();
        await me.Page.GetByRole(AriaRole.Button, new() { Name = "Copy a link to it" }).ClickAsync();
        await Assertions.Expect(me.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Copied" })).ToHaveCountAsync(1);
        Assert.Contains("/discover?", await me.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()"), StringComparison.Ordinal);
        await me.ShowAsync($"copy-{scheme}-{width}");
        await me.Page.Keyboard.PressAsync("Escape");
        await detail.GetByRole(AriaRole.Button, new() { Name = "Compare with another event" }).ClickAsync();
        await detail.GetByRole(AriaRole.Button, new() { Name = await OtherAsync(me) }).ClickAsync();

        await Assertions.Expect(detail.GetByRole(AriaRole.Row).Filter(new() { HasText = "host.name" })).ToContainTextAsync("web-1");
        await me.ShowAsync($"compare-{scheme}-{width}");
        long widest = await me.Page.EvaluateAsync<long>("() => document.documentElement.scrollWidth");
        Assert.True(widest <= width, $"The page is {widest} px wide in a window of {width} px.");
    }

    /// <summary>Which button leads from the failed event to the other one: both may have come in the same moment.</summary>
    private static async Task<string> OtherAsync(SignedInPage me) =>
        (await me.Rows.First.InnerTextAsync()).Contains("FAIL", StringComparison.Ordinal) ? "Next event" : "Previous event";
}
