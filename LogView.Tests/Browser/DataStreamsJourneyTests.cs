using System.Globalization;
using Microsoft.Playwright;

namespace LogView.Tests.Browser;

/// <summary>An administrator looks at what is stored, changes how long it is kept and deletes a data stream, in a real browser.</summary>
[Trait("Kind", "slow")]
public sealed class DataStreamsJourneyTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    [Theory]
    [InlineData("dark", 1280)]
    [InlineData("light", 1280)]
    [InlineData("dark", 390)]
    public async Task Administrator_ChangesRetentionAndDeletes(string scheme, int width)
    {
        await using SignedInPage me = await SignedInPage.OpenAsync(chromium.Browser, scheme, width, at: "/admin/data-streams");
        await Assertions.Expect(me.Page.GetByText("No events yet")).ToBeVisibleAsync();
        await SendAsync(me, "logs-nginx-prod", 1_200);
        await SendAsync(me, "logs-shop-checkout-with-a-rather-long-name-default", 70);
        await SendAsync(me, "logs-old", 3);

        ILocator keep = me.Page.GetByRole(AriaRole.Button, new() { Name = "Change how long logs-nginx-prod is kept" });
        await keep.ClickAsync();
        await me.ShowAsync($"streams-keep-{scheme}-{width}");
        await me.Page.GetByLabel("Days (empty: any)").FillAsync("30");
        await me.Page.GetByLabel("Gigabytes on disk (empty: any)").FillAsync("50");
        await me.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(me.Page.GetByText("30d, 50 GB")).ToBeVisibleAsync();

        await me.Page.GetByRole(AriaRole.Button, new() { Name = "Delete logs-old" }).ClickAsync();
        ILocator forGood = me.Page.GetByRole(AriaRole.Button, new() { Name = "Delete for good" });
        await Assertions.Expect(forGood).ToBeDisabledAsync();
        await me.Page.Locator("#delete-name").PressSequentiallyAsync("logs-old");
        await Assertions.Expect(forGood).ToBeEnabledAsync();
        await me.ShowAsync($"streams-delete-{scheme}-{width}");
        await forGood.ClickAsync();
        await Assertions.Expect(me.Page.GetByRole(AriaRole.Link, new() { Name = "logs-old" })).Not.ToBeVisibleAsync();
        await me.ShowAsync($"streams-{scheme}-{width}");

        long widest = await me.Page.EvaluateAsync<long>("() => document.documentElement.scrollWidth");
        Assert.True(widest <= width, $"The page is {widest} px wide in a window of {width} px.");
        await Assertions.Expect(me.Page.GetByText("1,270 events", new() { Exact = false })).ToBeVisibleAsync();
    }

    private static async Task SendAsync(SignedInPage me, string stream, int count)
    {
        string body = string.Concat(Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"{{\"message\":\"request {i} served\",\"log.level\":\"info\",\"n\":{i}}}\n")));
        using HttpResponseMessage answer = await me.Server.Client.PostAsync($"/ingest/{stream}", new StringContent(body), TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }
}
