using System.Net.Http.Json;
using Microsoft.Playwright;

namespace LogView.Tests.Browser.Reading;

/// <summary>A deploy script tells a version; it stands in the histogram, and everything since then is a click away.</summary>
[Trait("Kind", "slow")]
public sealed class MarksJourneyTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    [Theory]
    [InlineData("dark", 1280)]
    [InlineData("light", 390)]
    public async Task Deployment_ToldByAScript_IsDrawnAndARange(string scheme, int width)
    {
        await using SignedInPage me = await SignedInPage.OpenAsync(chromium.Browser, scheme, width);
        await me.Page.GetByRole(AriaRole.Button, new() { Name = "Generate demo events" }).ClickAsync();
        await Assertions.Expect(me.Rows.First).ToBeVisibleAsync(new() { Timeout = 60_000 });
        foreach (object mark in new object[] { new { label = "shop 1.4.1", time = TimeProvider.System.GetUtcNow().AddHours(-9).ToString("O") }, new { label = "shop <1.4.2>" } })
        {
            using HttpResponseMessage answer = await me.Server.Client.PostAsJsonAsync("/api/v1/marks", mark, TestContext.Current.CancellationToken);
            answer.EnsureSuccessStatusCode();
        }

        await me.Page.GotoAsync("/discover?from=now-24h&to=now");
        await Assertions.Expect(me.Status).ToContainTextAsync("complete");
        LocatorBoundingBoxResult box = (await me.Page.Locator(".lv-plot canvas").BoundingBoxAsync())!;
        await me.Page.Mouse.MoveAsync(box.X + box.Width - 11, box.Y + box.Height / 2);
        await Assertions.Expect(me.Page.Locator(".lv-tip")).ToContainTextAsync("shop <1.4.2>");
        await Assertions.Expect(me.Page.Locator(".lv-tip")).ToContainTextAsync(" Seoul");
        await Assertions.Expect(me.Page.Locator(".lv-tip")).ToContainTextAsync(" UTC");
        await Assertions.Expect(me.Page.Locator(".lv-tip")).ToContainTextAsync(" in all");
        await me.ShowAsync($"marks-{scheme}-{width}");
        await me.Page.GetByRole(AriaRole.Button, new() { Name = "Marks: deployments and other moments" }).ClickAsync();
        await Assertions.Expect(me.Page.GetByText("Since shop <1.4.2>")).ToBeVisibleAsync();
        await me.ShowAsync($"marks-menu-{scheme}-{width}");
        await me.Page.GetByText("Since shop 1.4.1").ClickAsync();

        await me.UrlHasAsync("Z&to=now");
        await Assertions.Expect(me.Page).Not.ToHaveURLAsync(new System.Text.RegularExpressions.Regex("from=now-24h"));
    }
}
