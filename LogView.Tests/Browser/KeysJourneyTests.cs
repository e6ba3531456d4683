using System.Net;
using LogView.Tests.Ingest;
using LogView.Tests.Testing;
using Microsoft.Playwright;

namespace LogView.Tests.Browser;

/// <summary>The life of a key, in a real browser against the real program.</summary>
[Trait("Kind", "slow")]
public sealed class KeysJourneyTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    [Theory]
    [InlineData("dark", 1280)]
    [InlineData("light", 390)]
    public async Task AKey_IsMadeShownOnceUsedAndRevoked(string scheme, int width)
    {
        await using SignedInPage me = await SignedInPage.OpenAsync(chromium.Browser, scheme, width, at: "/admin/keys");
        await me.Page.GetByLabel("What is it for?").FillAsync("nginx on web-03");
        await me.Page.GetByRole(AriaRole.Button, new() { Name = "Make a key" }).ClickAsync();
        ILocator made = me.Page.GetByRole(AriaRole.Status, new() { Name = "New key" });
        string secret = await made.Locator("code").InnerTextAsync();
        await me.ShowAsync($"keys-{scheme}-{width}");
        await made.GetByRole(AriaRole.Button, new() { Name = "Copy the key" }).ClickAsync();
        await Assertions.Expect(made.GetByRole(AriaRole.Status)).ToContainTextAsync("Copied");
        Assert.Equal(secret, await me.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()"));
        await made.GetByRole(AriaRole.Button, new() { Name = "Done, I stored it" }).ClickAsync();
        await Assertions.Expect(made).ToBeHiddenAsync();
        Assert.DoesNotContain(secret, await me.Page.ContentAsync(), StringComparison.Ordinal);
        await me.Page.ReloadAsync();
        Assert.DoesNotContain(secret, await me.Page.ContentAsync(), StringComparison.Ordinal);
        await Assertions.Expect(me.Page.GetByRole(AriaRole.Row, new() { Name = "nginx on web-03" })).ToBeVisibleAsync();

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (await SendAsync(me.Server, secret), await SendAsync(me.Server, key: null)));
        await me.Page.GetByRole(AriaRole.Button, new() { Name = "Revoke nginx on web-03" }).ClickAsync();
        await me.Page.GetByRole(AriaRole.Button, new() { Name = "Revoke for good" }).ClickAsync();
        await Assertions.Expect(me.Page.GetByText("No keys yet.")).ToBeVisibleAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(me.Server, secret));
        long widest = await me.Page.EvaluateAsync<long>("() => document.documentElement.scrollWidth");
        Assert.True(widest <= width, $"The page is {widest} px wide in a window of {width} px.");
    }

    private static async Task<HttpStatusCode> SendAsync(LogViewServer server, string? key) =>
        (await server.NewClient(server.Url, key).SendAsync("POST", "/ingest/logs-nginx-prod", HttpText.Body("{\"message\":\"GET /\"}\n"))).Response.StatusCode;
}
