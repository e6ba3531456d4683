using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace LogView.Tests.Browser;

/// <summary>Two people share a view and a line.</summary>
[Trait("Kind", "slow")]
public sealed class SavedViewsJourneyTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    [Theory]
    [InlineData("dark", 1280)]
    [InlineData("light", 390)]
    public async Task View_SavedAndOpened_ShowsTheSame(string scheme, int width)
    {
        await using SignedInPage me = await SignedInPage.OpenAsync(chromium.Browser, scheme, width);
        await me.Page.GetByRole(AriaRole.Button, new() { Name = "Generate demo events" }).ClickAsync();
        await Assertions.Expect(me.Rows.First).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await me.Page.GotoAsync("/discover?q=log.level:+error&from=now-24h&to=now&cols=host.name,message");
        await Assertions.Expect(me.Rows.First).ToBeVisibleAsync();

        await ViewsAsync(me);
        await me.Page.GetByRole(AriaRole.Button, new() { Name = "Save this as a new view" }).ClickAsync();
        await me.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Errors of the shop");
        await me.ShowAsync($"view-save-{scheme}-{width}");
        await me.Page.Keyboard.PressAsync("Enter");
        await me.UrlHasAsync("view=");
        await me.AskAsync("log.level: warn");
        await Assertions.Expect(me.Page.Locator(".lv-views-modified")).ToBeVisibleAsync();
        await ViewsAsync(me);
        await me.ShowAsync($"view-list-{scheme}-{width}");
        await me.Page.GetByRole(AriaRole.Button, new() { Name = "Discard changes" }).ClickAsync();

        await Assertions.Expect(me.QueryBox).ToHaveValueAsync("log.level: error");
        await me.Page.GotoAsync("/discover");
        await Assertions.Expect(me.Rows.First).ToBeVisibleAsync();
        await ViewsAsync(me);
        await me.Page.GetByRole(AriaRole.Group, new() { Name = "Saved views" }).GetByRole(AriaRole.Button).First.ClickAsync();
        await me.UrlHasAsync("from=now-24h");
        await me.UrlHasAsync("cols=host.name,message");
        await Assertions.Expect(me.QueryBox).ToHaveValueAsync("log.level: error");
    }

    [Fact]
    public async Task Line_Shared_OpensOnThatLine()
    {
        await using SignedInPage me = await SignedInPage.OpenAsync(chromium.Browser);
        await me.Page.GetByRole(AriaRole.Button, new() { Name = "Generate demo events" }).ClickAsync();
        await Assertions.Expect(me.Rows.First).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await me.Rows.Nth(3).ClickAsync();
        ILocator detail = me.Page.GetByRole(AriaRole.Region, new() { Name = "Event", Exact = true });
        string shown = await detail.Locator("td").First.InnerTextAsync();

        await me.Page.GetByRole(AriaRole.Button, new() { Name = "Share", Exact = true }).ClickAsync();
        await me.Page.GetByRole(AriaRole.Button, new() { Name = "Link to this line" }).ClickAsync();
        await Assertions.Expect(me.Page.GetByText("Copied", new() { Exact = true })).ToBeVisibleAsync();
        await me.ShowAsync("share-line");
        string link = await me.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()");
        Assert.True(link.Length <= 60, link);

        IPage other = await me.Context.NewPageAsync();
        await other.GotoAsync(link);
        await Assertions.Expect(other.GetByRole(AriaRole.Region, new() { Name = "Event", Exact = true }).Locator("td").First).ToHaveTextAsync(shown);
        await Assertions.Expect(other.Locator("[role=row][aria-selected=true]")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Line_FarDown_IsOnScreenWhereItsLinkLeads()
    {
        await using SignedInPage me = await SignedInPage.OpenAsync(chromium.Browser);
        await me.Page.GetByRole(AriaRole.Button, new() { Name = "Generate demo events" }).ClickAsync();
        await Assertions.Expect(me.Rows.First).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await me.Page.GotoAsync("/discover?from=now-24h&to=now&sort=%2B@timestamp");
        await me.Rows.First.ClickAsync();
        await me.Page.GetByRole(AriaRole.Button, new() { Name = "Share", Exact = true }).ClickAsync();
        await me.Page.GetByRole(AriaRole.Button, new() { Name = "Link to this line" }).ClickAsync();
        await Assertions.Expect(me.Page.GetByText("Copied", new() { Exact = true })).ToBeVisibleAsync();
        string link = await me.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()");

        IPage other = await me.Context.NewPageAsync();
        await other.GotoAsync(link);
        string address = other.Url;
        Assert.Contains("sort=%2B@timestamp&", address, StringComparison.Ordinal);
        // Newest first the oldest event stands last, behind all of the day.
        await other.GotoAsync(Regex.Replace(address, "sort=[^&]*&", "", RegexOptions.None, TimeSpan.FromSeconds(1)));

        await Assertions.Expect(other.Locator("[role=row][aria-selected=true]")).ToBeInViewportAsync();
    }

    private static Task ViewsAsync(SignedInPage me) => me.Page.GetByRole(AriaRole.Button, new() { Name = "Saved views", Exact = true }).ClickAsync();
}
