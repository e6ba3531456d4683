using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace LogView.Tests.Browser;

/// <summary>Every page in its states, dark and light, wide and narrow: axe finds nothing against WCAG 2.2 AA, and nothing is wider than the window.</summary>
[Trait("Kind", "slow")]
public sealed class AccessibilityTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    private static readonly RunOnlyOptions Rules = new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] };

    private readonly List<string> _found = [];

    [Theory]
    [InlineData("dark", 1280)]
    [InlineData("light", 390)]
    public async Task Discover_EachState_IsAccessible(string scheme, int width)
    {
        await using SignedInPage me = await SignedInPage.OpenAsync(chromium.Browser, scheme, width);
        await Assertions.Expect(Button(me, "Generate demo events")).ToBeVisibleAsync();
        await LookAsync(me, "empty store");
        await Button(me, "Generate demo events").ClickAsync();
        await Assertions.Expect(me.Rows.First).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await LookAsync(me, "hits");
        foreach (string panel in width > 600 ? (string[])["Saved views", "Share", "Account"] : ["Account"])
        {
            await Button(me, panel).ClickAsync();
            await LookAsync(me, panel, isCovered: true);
            await me.Page.Keyboard.PressAsync("Escape");
        }

        await me.Page.GetByRole(AriaRole.Button, new() { Name = "Fold repeats" }).ClickAsync();
        await me.Page.GetByRole(AriaRole.Grid).FocusAsync();
        await me.Page.Keyboard.PressAsync("j");
        await Assertions.Expect(me.Rows.First).ToHaveAttributeAsync("aria-selected", "true");
        await me.Page.Keyboard.PressAsync("c");
        await Assertions.Expect(me.Page.Locator("[data-beside]").First).ToBeVisibleAsync();
        await LookAsync(me, "repeats folded, lines around a row");
        await me.Rows.Nth(3).ClickAsync();
        ILocator detail = me.Page.GetByRole(AriaRole.Region, new() { Name = "Event", Exact = true });
        foreach (string tab in width > 600 ? (string[])["Fields", "JSON", "Context"] : ["Context"])
        {
            await detail.GetByRole(AriaRole.Tab, new() { Name = tab, Exact = true }).ClickAsync();
            await Assertions.Expect(detail.GetByRole(AriaRole.Tabpanel)).ToBeVisibleAsync();
            await LookAsync(me, $"detail, {tab}");
        }

        await me.Page.Keyboard.PressAsync("Escape");
        await GoAsync(me, "/discover?q=log.level:+(");
        await Assertions.Expect(me.Page.GetByText("The query does not read")).ToBeVisibleAsync();
        await LookAsync(me, "query error");
        await GoAsync(me, "/discover?q=nowheretobefound&from=now-15m&to=now");
        await Assertions.Expect(me.Page.GetByText("Nothing matches here")).ToBeVisibleAsync();
        await LookAsync(me, "no hits");
        Assert.True(_found.Count == 0, string.Join('\n', _found));
    }

    [Theory]
    [InlineData("dark", 1280)]
    [InlineData("light", 390)]
    public async Task OtherPages_EachState_AreAccessible(string scheme, int width)
    {
        await using SignedInPage me = await SignedInPage.OpenAsync(chromium.Browser, scheme, width);
        await me.SendAsync(("logs-shop-prod", $$"""{"@timestamp":"{{TimeProvider.System.GetUtcNow():O}}","log.level":"error","message":"one"}"""));
        foreach ((string path, string heading) in ((string, string)[])
        [
            ("/tail", "Live tail"), ("/admin/data-streams", "Data streams"), ("/admin/keys", "API keys"), ("/admin/health", "Health"), ("/nowhere", "There is no such page"), ("/sign-in", "Sign in"),
        ])
        {
            await GoAsync(me, path);
            await Assertions.Expect(me.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync(heading);
            await LookAsync(me, path);
        }

        await GoAsync(me, "/admin/data-streams");
        await Button(me, "Go to or do").ClickAsync();
        await Assertions.Expect(me.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await LookAsync(me, "palette", isCovered: true);
        Assert.True(_found.Count == 0, string.Join('\n', _found));
    }

    private static ILocator Button(SignedInPage me, string name) => me.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).First;

    /// <summary>A page that is left closes its connections, which Chromium writes on the console, as it does of a page that is not there.</summary>
    private static async Task GoAsync(SignedInPage me, string address)
    {
        me.AllowErrors = true;
        await me.Page.GotoAsync(address);
        me.AllowErrors = false;
    }

    /// <param name="me">The page.</param>
    /// <param name="state">What it shows.</param>
    /// <param name="isCovered">An open panel covers parts of what is below, whose buttons are then smaller to axe than they are.</param>
    private async Task LookAsync(SignedInPage me, string state, bool isCovered = false)
    {
        AxeResult axe = await me.Page.RunAxe(new AxeRunOptions
        {
            RunOnly = Rules, Rules = new Dictionary<string, RuleOptions>(StringComparer.Ordinal) { ["target-size"] = new() { Enabled = !isCovered } },
        });
        _found.AddRange(axe.Violations.Select(v => $"{state}: {v.Id} ({v.Impact}): {string.Join(" | ", v.Nodes.Select(n => n.Html).Take(3))}"));
        int over = await me.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth");
        if (over > 0)
        {
            _found.Add($"{state}: {over} px wider than the window");
        }
    }
}
