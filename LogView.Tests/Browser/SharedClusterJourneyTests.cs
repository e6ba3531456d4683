using LogView.Tests.Storage.Elastic;
using Microsoft.Playwright;

namespace LogView.Tests.Browser;

/// <summary>Two people at two LogViews on one cluster: what one saves the other opens, and neither overwrites the other unasked.</summary>
[Collection("elasticsearch8")]
[Trait("Kind", "slow")]
public sealed class SharedClusterJourneyTests(Elasticsearch8 server, ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    [Theory]
    [InlineData("dark", 1280)]
    [InlineData("light", 390)]
    public async Task View_SavedChangedAndDeletedInTwoLogViews_IsOneView(string scheme, int width)
    {
        string prefix = server.NextPrefix();
        await using SignedInPage seoul = await OpenAsync(prefix, scheme, width), busan = await OpenAsync(prefix, scheme, width);
        await SendAsync(seoul);
        await seoul.Page.GotoAsync("/discover?q=log.level:+error&from=now-24h&to=now&cols=host.name,message");
        await Assertions.Expect(seoul.Rows.First).ToBeVisibleAsync();
        await ViewsAsync(seoul);
        await ClickAsync(seoul, "Save this as a new view");
        await seoul.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Errors of the shop");
        await seoul.Page.Keyboard.PressAsync("Enter");
        await seoul.UrlHasAsync("view=");

        await busan.Page.GotoAsync("/discover");
        await Assertions.Expect(busan.Rows.First).ToBeVisibleAsync();
        await ViewsAsync(busan);
        await ViewNamed(busan, "Errors of the shop").ClickAsync();
        await Assertions.Expect(busan.QueryBox).ToHaveValueAsync("log.level: error");
        await ViewsAsync(busan);
        await ClickAsync(busan, "Rename or share");
        await busan.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Errors of Busan");
        await busan.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(busan.Page.GetByRole(AriaRole.Button, new() { Name = "Saved views", Exact = true })).ToContainTextAsync("Errors of Busan");

        await seoul.AskAsync("log.level: warn");
        await Assertions.Expect(seoul.Page.Locator(".lv-views-modified")).ToBeVisibleAsync();
        await ViewsAsync(seoul);
        await ClickAsync(seoul, "Save changes");
        await Assertions.Expect(seoul.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("changed 'Errors of Busan' meanwhile: nothing was overwritten");
        await seoul.ShowAsync($"shared-conflict-{scheme}-{width}");
        await ClickAsync(seoul, "Open what is saved now");
        await Assertions.Expect(seoul.QueryBox).ToHaveValueAsync("log.level: error");

        await ViewsAsync(seoul);
        await ClickAsync(seoul, "Delete");
        await ClickAsync(seoul, "Really delete?");
        await Assertions.Expect(seoul.Page.GetByRole(AriaRole.Button, new() { Name = "Saved views", Exact = true })).ToContainTextAsync("Views");
        await ViewsAsync(busan);
        await Assertions.Expect(busan.Page.GetByText("No views yet")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Link_SharedInOne_OpensInTheOther()
    {
        string prefix = server.NextPrefix();
        await using SignedInPage seoul = await OpenAsync(prefix), busan = await OpenAsync(prefix);
        await SendAsync(seoul);
        await seoul.Page.GotoAsync("/discover?q=log.level:+error&from=now-24h&to=now");
        await seoul.Rows.First.ClickAsync();

        await Assertions.Expect(Detail(seoul)).ToContainTextAsync("payment failed");
        await ClickAsync(seoul, "Share");
        await seoul.Page.GetByRole(AriaRole.Button, new() { Name = "Link to this line" }).ClickAsync();
        await Assertions.Expect(seoul.Page.GetByText("Copied", new() { Exact = true })).ToBeVisibleAsync();
        string link = await seoul.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()");

        await busan.Page.GotoAsync(new Uri(link).PathAndQuery);
        await Assertions.Expect(Detail(busan)).ToContainTextAsync("payment failed");
        await Assertions.Expect(busan.QueryBox).ToHaveValueAsync("log.level: error");
    }

    private Task<SignedInPage> OpenAsync(string prefix, string scheme = "dark", int width = 1280) =>
        SignedInPage.OpenAsync(chromium.Browser, scheme, width, configure: o => o with { Engine = "elastic", Cluster = server.Options("", prefix) });

    private static Task SendAsync(SignedInPage me) => me.SendAsync(
        ("logs-shop-test", """{"message":"payment failed","log.level":"error","host.name":"web-1"}"""),
        ("logs-shop-test", """{"message":"payment slow","log.level":"warn","host.name":"web-1"}"""));

    private static Task ViewsAsync(SignedInPage me) => ClickAsync(me, "Saved views");

    private static Task ClickAsync(SignedInPage me, string button) => me.Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    private static ILocator Detail(SignedInPage me) => me.Page.GetByRole(AriaRole.Region, new() { Name = "Event", Exact = true });

    private static ILocator ViewNamed(SignedInPage me, string name) =>
        me.Page.GetByRole(AriaRole.Group, new() { Name = "Saved views" }).GetByRole(AriaRole.Button).Filter(new() { HasText = name });
}
