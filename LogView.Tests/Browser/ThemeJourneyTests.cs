using Microsoft.Playwright;

namespace LogView.Tests.Browser;

/// <summary>A page is painted in its viewer's theme from the first frame on.</summary>
[Trait("Kind", "slow")]
public sealed class ThemeJourneyTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    /// <summary>Every background that the app bar had since the document began, and that its script, which is loaded when the page is interactive, has run.</summary>
    private const string Watch = """
        window.seen = [];
        document.addEventListener('lv-theme', () => window.isLive = true);
        new MutationObserver(() => {
          const bar = document.querySelector('.mud-appbar'), color = bar && getComputedStyle(bar).backgroundColor;
          if (color && window.seen.at(-1) !== color) { window.seen.push(color); }
        }).observe(document, { subtree: true, childList: true, characterData: true });
        """;

    [Theory]
    [InlineData("/tail")]
    [InlineData("/admin/health")]
    [InlineData("/nowhere")]
    public async Task Page_BecomingInteractive_KeepsItsTheme(string path)
    {
        await using SignedInPage me = await SignedInPage.OpenAsync(chromium.Browser, "light");
        await me.Page.AddInitScriptAsync(Watch);
        me.AllowErrors = true;

        await me.Page.GotoAsync(path);
        await me.Page.WaitForFunctionAsync("() => window.isLive");
        await me.Page.GetByRole(AriaRole.Button, new() { Name = "Go to or do", Exact = true }).ClickAsync();
        await Assertions.Expect(me.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        Assert.Equal(["rgb(255, 255, 255)"], await me.Page.EvaluateAsync<string[]>("() => window.seen"));
    }
}
