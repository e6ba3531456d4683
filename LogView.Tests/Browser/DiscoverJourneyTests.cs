using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Playwright;

namespace LogView.Tests.Browser;

/// <summary>The path of somebody who opens LogView for the first time, in a real browser against the real program.</summary>
[Trait("Kind", "slow")]
public sealed class DiscoverJourneyTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    [Fact]
    public async Task FirstRun_FromSignInLinkToASharedSearch_Works()
    {
        await using SignedInPage me = await SignedInPage.OpenAsync(chromium.Browser);

        await Assertions.Expect(me.Page.GetByText("No events yet")).ToBeVisibleAsync();
        await me.ShowAsync("empty");
        await me.Page.GetByRole(AriaRole.Button, new() { Name = "Generate demo events" }).ClickAsync();
        await Assertions.Expect(me.Rows.First).ToBeVisibleAsync(new() { Timeout = 60_000 });

        await me.Page.GotoAsync("/discover?from=now-24h&to=now");
        await Assertions.Expect(me.Rows.First).ToBeVisibleAsync();
        await SearchAsync(me);
        await me.ShowAsync("discover-dark");
        await SeeErrorAsync(me);
        string service = await FilterFromValueAsync(me);
        await ZoomAsync(me, service);
        await ShareAsync(me);
    }

    [Fact]
    public async Task Discover_TwoChangesBeforeTheBrowserFollowed_KeepsBoth()
    {
        await using SignedInPage me = await SignedInPage.OpenAsync(chromium.Browser);
        await me.Page.GetByRole(AriaRole.Button, new() { Name = "Generate demo events" }).ClickAsync();
        await Assertions.Expect(me.Rows.First).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Assertions.Expect(me.Page.Locator(".lv-field-add").Nth(3)).ToBeVisibleAsync();

        string[] names = await me.Page.EvaluateAsync<string[]>("""
            () => {
              const rows = [...document.querySelectorAll('.lv-field-row')].filter(r => r.textContent.includes('host.name') || r.textContent.includes('http.request.method'));
              rows.forEach(r => r.querySelector('.lv-field-add').click());
              return rows.map(r => r.querySelector('.lv-field-name').title);
            }
            """);

        Assert.Equal(2, names.Length);
        await me.UrlHasAsync(names[1]);
        Assert.Contains(names[0], me.Page.Url, StringComparison.Ordinal);
        await Assertions.Expect(me.Rows.First).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("light", 1280)]
    [InlineData("dark", 390)]
    public async Task Discover_OtherLooks_ShowRowsAndDetail(string scheme, int width)
    {
        await using SignedInPage me = await SignedInPage.OpenAsync(chromium.Browser, scheme, width);
        await me.Page.GetByRole(AriaRole.Button, new() { Name = "Generate demo events" }).ClickAsync();
        await Assertions.Expect(me.Rows.First).ToBeVisibleAsync(new() { Timeout = 60_000 });

        await me.Page.GotoAsync("/discover?q=log.level%3A%20error&from=now-24h&to=now");
        await Assertions.Expect(me.Rows.First).ToBeVisibleAsync();
        await me.ShowAsync($"discover-{scheme}-{width}");
        await me.Rows.First.ClickAsync();

        await Assertions.Expect(me.Page.GetByRole(AriaRole.Region, new() { Name = "Event", Exact = true })).ToBeVisibleAsync();
        await me.ShowAsync($"detail-{scheme}-{width}");
        long widest = await me.Page.EvaluateAsync<long>("() => document.documentElement.scrollWidth");
        Assert.True(widest <= width, $"The page is {widest} px wide in a window of {width} px.");
    }

    private static async Task SearchAsync(SignedInPage me)
    {
        await me.AskAsync("log.level: error and 결제");
        await me.UrlHasAsync("q=");
        await Assertions.Expect(me.Rows.First).ToContainTextAsync("결제");
        long expected = await me.CountByApiAsync("log.level: error and 결제");

        Assert.True(expected > 0, "The demo shop has failed payments.");
        await Assertions.Expect(me.Status.Locator("strong")).ToContainTextAsync(expected.ToString("N0", CultureInfo.InvariantCulture));
        await Assertions.Expect(me.Page.Locator("mark").First).ToContainTextAsync("결제");
    }

    private static async Task SeeErrorAsync(SignedInPage me)
    {
        await me.AskAsync("log.level: (error or");

        await Assertions.Expect(me.Page.Locator(".lv-query-error")).ToContainTextAsync("expected");
        await Assertions.Expect(me.QueryBox).ToHaveAttributeAsync("aria-invalid", "true");
        await me.ShowAsync("query-error");
        await me.AskAsync("*");
        await Assertions.Expect(me.QueryBox).ToHaveAttributeAsync("aria-invalid", "false");
        await Assertions.Expect(me.Rows.First).ToBeVisibleAsync();
    }

    private static async Task<string> FilterFromValueAsync(SignedInPage me)
    {
        await me.Rows.First.ClickAsync();
        ILocator detail = me.Page.GetByRole(AriaRole.Region, new() { Name = "Event", Exact = true });
        await Assertions.Expect(detail).ToContainTextAsync("service.name");
        await me.ShowAsync("detail-dark");
        string service = await detail.Locator("tr", new() { Has = me.Page.Locator("th[title='service.name']") }).Locator("td").First.InnerTextAsync();
        await detail.GetByRole(AriaRole.Button, new() { Name = "Filter for service.name", Exact = true }).ClickAsync();

        await Assertions.Expect(me.Page.GetByRole(AriaRole.Group, new() { Name = "Filters" })).ToContainTextAsync(service.Trim());
        await me.UrlHasAsync("f=");
        await me.Page.GoBackAsync();
        await Assertions.Expect(me.Page.GetByRole(AriaRole.Group, new() { Name = "Filters" })).Not.ToContainTextAsync("service.name");
        await me.Page.GoForwardAsync();
        await Assertions.Expect(me.Page.GetByRole(AriaRole.Group, new() { Name = "Filters" })).ToContainTextAsync("service.name");
        await me.Page.Keyboard.PressAsync("Escape");
        // Without the panel the page is wider: what is dragged over next would move.
        await Assertions.Expect(detail).ToBeHiddenAsync();
        return service.Trim();
    }

    private static async Task ZoomAsync(SignedInPage me, string service)
    {
        string before = me.Page.Url;
        ILocator plot = me.Page.Locator(".lv-plot canvas");
        // There are bars to drag over once pointing at them says what they are.
        await me.Page.WaitForFunctionAsync(
            """
            () => {
              const canvas = document.querySelector('.lv-plot canvas'), box = canvas.getBoundingClientRect();
              canvas.dispatchEvent(new PointerEvent('pointermove', { clientX: box.x + box.width / 2, clientY: box.y + box.height / 2 }));
              return !document.querySelector('.lv-plot .lv-tip').hidden;
            }
            """);
        LocatorBoundingBoxResult box = (await plot.BoundingBoxAsync())!;
        await me.Page.Mouse.MoveAsync(box.X + box.Width * 0.5f, box.Y + box.Height / 2);
        await me.Page.Mouse.DownAsync();
        await me.Page.Mouse.MoveAsync(box.X + box.Width * 0.8f, box.Y + box.Height / 2, new() { Steps = 8 });
        await me.Page.Mouse.UpAsync();

        await Assertions.Expect(me.Page).Not.ToHaveURLAsync(before);
        Dictionary<string, Microsoft.Extensions.Primitives.StringValues> query = QueryHelpers.ParseQuery(new Uri(me.Page.Url).Query);
        TimeSpan zoomed = Instant(query["to"]!) - Instant(query["from"]!);
        Assert.InRange(zoomed, TimeSpan.FromHours(4), TimeSpan.FromHours(11));
        long expected = await me.CountByApiAsync($"service.name: \"{service}\"", query["from"]!, query["to"]!);
        await Assertions.Expect(me.Status.Locator("strong")).ToContainTextAsync(expected.ToString("N0", CultureInfo.InvariantCulture));
        await Assertions.Expect(me.Rows.First).ToBeVisibleAsync();
    }

    private static async Task ShareAsync(SignedInPage me)
    {
        await me.Page.GetByRole(AriaRole.Button, new() { Name = "Share", Exact = true }).ClickAsync();
        await me.Page.GetByRole(AriaRole.Button, new() { Name = "Link to exactly this" }).ClickAsync();
        await Assertions.Expect(me.Page.GetByText("Copied", new() { Exact = true })).ToBeVisibleAsync();
        await me.ShowAsync("share");
        string link = await me.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()");
        long hits = await me.HitsAsync();

        IPage other = await me.Context.NewPageAsync();
        await other.GotoAsync(link);

        await Assertions.Expect(other.Locator(".lv-status strong")).ToContainTextAsync(hits.ToString("N0", CultureInfo.InvariantCulture));
        await Assertions.Expect(other.GetByRole(AriaRole.Group, new() { Name = "Filters" })).ToContainTextAsync("service.name");
    }

    private static DateTimeOffset Instant(string? text) => DateTimeOffset.Parse(text!, CultureInfo.InvariantCulture);
}
