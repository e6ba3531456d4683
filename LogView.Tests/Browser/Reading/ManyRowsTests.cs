using System.Globalization;
using System.Text;
using LogView.Tests.Testing;
using Microsoft.Playwright;

namespace LogView.Tests.Browser.Reading;

/// <summary>More rows than a browser can stack: any of them is a jump away, and the page stays small.</summary>
[Trait("Kind", "slow")]
public sealed class ManyRowsTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    private const int Events = 500_000;
    private const int EventsAPost = 50_000;

    [Fact]
    public async Task Rows_HalfAMillion_AreEachAJumpAway()
    {
        await using SignedInPage me = await SignedInPage.OpenAsync(chromium.Browser);
        await SendAsync(me.Server);
        await me.Page.GotoAsync("/discover?from=*&to=*&cols=message&tz=UTC");
        await Assertions.Expect(me.Status.Locator("strong")).ToContainTextAsync("500,000 hits");
        await Assertions.Expect(me.Page.GetByRole(AriaRole.Grid)).ToHaveAttributeAsync("aria-rowcount", "500001");
        await SeesAsync(me, 0);

        await ScrollToShareAsync(me, .5);
        int middle = await TopAsync(me);
        Assert.InRange(middle, Events / 2 - 5_000, Events / 2 + 5_000);
        await SeesAsync(me, middle);
        await me.ShowAsync("half-a-million");

        for (int i = 0; i < 5; i++)
        {
            await me.Page.Locator(".lv-table").HoverAsync();
            await me.Page.Mouse.WheelAsync(0, 240);
            await Assertions.Expect(me.Page.Locator($"#event-{middle + 10 * (i + 1) + 5}")).ToBeInViewportAsync();
        }

        await SeesAsync(me, middle + 55);
        await me.Page.GetByRole(AriaRole.Grid).FocusAsync();
        await me.Page.Keyboard.PressAsync("End");
        await SeesAsync(me, Events - 1);
        await Assertions.Expect(me.Page.Locator("[role=row][aria-selected=true]")).ToHaveAttributeAsync("data-i", "499999");
        await me.Page.Keyboard.PressAsync("PageUp");
        await Assertions.Expect(me.Page.Locator("[role=row][aria-selected=true]")).Not.ToHaveAttributeAsync("data-i", "499999");
        Assert.InRange(await me.Page.Locator(".lv-table [role=row]").CountAsync(), 20, 300);
        await me.Page.Keyboard.PressAsync("Home");
        await SeesAsync(me, 0);
    }

    /// <summary>The row is on screen, and is the event that belongs there: newest first, event 0 is the last one.</summary>
    private static async Task SeesAsync(SignedInPage me, int row)
    {
        ILocator found = me.Page.Locator($"#event-{row}");
        await Assertions.Expect(found).ToBeInViewportAsync();
        await Assertions.Expect(found.Locator(".lv-text")).ToHaveTextAsync(string.Create(CultureInfo.InvariantCulture, $"event {Events - 1 - row}"));
    }

    private static async Task ScrollToShareAsync(SignedInPage me, double share) =>
        await me.Page.Locator(".lv-table").EvaluateAsync("(table, share) => table.scrollTop = (table.scrollHeight - table.clientHeight) * share", share);

    /// <summary>A row that is on screen.</summary>
    private static async Task<int> TopAsync(SignedInPage me)
    {
        await Assertions.Expect(me.Page.Locator("#event-0")).ToHaveCountAsync(0);
        ILocator row = me.Rows.Nth(45);
        await Assertions.Expect(row).ToBeInViewportAsync();
        return int.Parse((await row.GetAttributeAsync("data-i"))!, CultureInfo.InvariantCulture);
    }

    /// <summary>Ten a second, but the last hundred thousand within one second.</summary>
    private static async Task SendAsync(LogViewServer server)
    {
        DateTimeOffset start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
        var body = new StringBuilder();
        for (int i = 0; i < Events; i++)
        {
            DateTimeOffset at = i < 400_000 ? start.AddMilliseconds(100.0 * i) : start.AddSeconds(40_000).AddTicks(100L * (i - 400_000));
            body.Append(CultureInfo.InvariantCulture, $"{{\"@timestamp\":\"{at:yyyy-MM-ddTHH:mm:ss.fffffffZ}\",\"message\":\"event {i}\"}}\n");
            if ((i + 1) % EventsAPost == 0)
            {
                using HttpResponseMessage answer = await server.Client.PostAsync("/ingest/logs-many-test", new StringContent(body.ToString()), TestContext.Current.CancellationToken);
                answer.EnsureSuccessStatusCode();
                body.Clear();
            }
        }
    }
}
