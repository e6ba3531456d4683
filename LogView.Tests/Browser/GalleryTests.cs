using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Playwright;

namespace LogView.Tests.Browser;

/// <summary>Components in the states that are hard to get into: they hold hostile text, are accessible, and can be looked at.</summary>
[Trait("Kind", "slow")]
public sealed class GalleryTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    private static readonly RunOnlyOptions Rules = new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] };

    [Theory]
    [InlineData("dark", 1280)]
    [InlineData("light", 390)]
    public async Task Gallery_EachState_IsAccessibleAndHoldsHostileText(string scheme, int width)
    {
        await using SignedInPage me = await SignedInPage.OpenAsync(chromium.Browser, scheme, width, at: "/gallery", replace: s => s.AddSingleton<IHostEnvironment>(new Development()));
        await Assertions.Expect(me.Page.Locator("[data-beside]").First).ToBeVisibleAsync();
        await Assertions.Expect(me.Page.Locator(".lv-plot canvas").Last).ToBeVisibleAsync();

        // Rows of the run before are dimmed on purpose, until those of this one come.
        AxeResult axe = await me.Page.RunAxe(new AxeRunContext { Exclude = [new AxeSelector(".lv-stale")] }, new AxeRunOptions
        {
            // Names hold the control characters of hostile values, which are not drawn.
            RunOnly = Rules, Rules = new Dictionary<string, RuleOptions>(StringComparer.Ordinal) { ["label-content-name-mismatch"] = new() { Enabled = false } },
        });
        int height = await me.Page.Locator(".lv-gallery").EvaluateAsync<int>("gallery => gallery.scrollHeight");
        await me.Page.SetViewportSizeAsync(width, height + 60);
        await me.ShowAsync($"gallery-{scheme}-{width}");

        string[] found = [.. axe.Violations.SelectMany(v => v.Nodes.Take(4).Select(n => $"{v.Id} ({v.Impact}): {n.Html}"))];
        Assert.True(found.Length == 0, string.Join('\n', found));
        Assert.False(await me.Page.EvaluateAsync<bool>("() => 'lvBroken' in window"));
        await Assertions.Expect(me.Page.Locator(".lv-gallery img, .lv-gallery script")).ToHaveCountAsync(0);
        string[] wide = await me.Page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('.lv-specimen, .lv-specimen-body')].filter(s => s.scrollWidth > s.clientWidth + 1 || s.scrollHeight > s.clientHeight + 1)
              .map(s => `${s.closest('.lv-specimen').dataset.state}: ${s.scrollWidth - s.clientWidth} px, ${s.scrollHeight - s.clientHeight} px below, ${[...s.querySelectorAll('*')].findLast(e => e.getBoundingClientRect().right > s.getBoundingClientRect().right + 1)?.outerHTML.slice(0, 200)}`)
            """);
        Assert.True(wide.Length == 0, string.Join('\n', wide));

        // Text that turns the direction of what follows turns only itself.
        string[] turning = await me.Page.EvaluateAsync<string[]>("""
            () => {
              const found = [], texts = document.createTreeWalker(document.querySelector('.lv-gallery'), NodeFilter.SHOW_TEXT);
              while (texts.nextNode()) {
                const text = texts.currentNode;
                if (!text.data.includes('\u202e')) { continue; }
                let at = text.parentElement;
                while (getComputedStyle(at).display === 'inline' && !getComputedStyle(at).unicodeBidi.startsWith('isolate')) { at = at.parentElement; }
                const isApart = getComputedStyle(at).display === 'inline' || at.textContent.trim() === text.data.trim() || at.matches('.lv-break, .lv-kv-value, .lv-text, .lv-compare td, .lv-tail-detail td');
                if (!isApart) { found.push(`${at.closest('.lv-specimen').dataset.state}: ${at.outerHTML.slice(0, 200)}`); }
              }
              return found;
            }
            """);
        Assert.True(turning.Length == 0, string.Join('\n', turning));
    }

    [Fact]
    public async Task Gallery_OutsideOfDevelopment_IsNotThere()
    {
        await using SignedInPage me = await SignedInPage.OpenAsync(chromium.Browser, at: "/discover");
        me.AllowErrors = true;

        IResponse? answer = await me.Page.GotoAsync("/gallery");

        Assert.Equal(404, answer!.Status);
        await Assertions.Expect(me.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("There is no such page");
    }

    private sealed class Development : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = "Development";

        public string ApplicationName { get; set; } = "logview";

        public string ContentRootPath { get; set; } = AppContext.BaseDirectory;

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
