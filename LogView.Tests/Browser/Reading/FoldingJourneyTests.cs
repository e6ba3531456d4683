using System.Globalization;
using System.Text;
using Microsoft.Playwright;

namespace LogView.Tests.Browser.Reading;

/// <summary>Repeats are one row, and what is read stays where it is when more of them are folded above.</summary>
[Trait("Kind", "slow")]
public sealed class FoldingJourneyTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    private const int Groups = 600;
    private const int Repeats = 9;

    [Theory]
    [InlineData("dark", 1280)]
    [InlineData("light", 390)]
    public async Task Repeats_Folded_UnfoldAndKeepTheirPlaces(string scheme, int width)
    {
        await using SignedInPage me = await SignedInPage.OpenAsync(chromium.Browser, scheme, width);
        await SendAsync(me);
        await me.Page.GotoAsync("/discover?from=*&to=*&cols=message&tz=UTC");
        await Assertions.Expect(me.Status.Locator("strong")).ToContainTextAsync("6,000 hits");

        await me.Page.GetByRole(AriaRole.Button, new() { Name = "Fold repeats" }).ClickAsync();

        await me.UrlHasAsync("fold=1");
        ILocator run = me.Page.Locator("#event-0 .lv-times");
        await Assertions.Expect(run).ToHaveTextAsync("× 9");
        await Assertions.Expect(me.Page.Locator("#event-1")).ToHaveCountAsync(0);
        await Assertions.Expect(me.Page.Locator("#event-9")).ToContainTextAsync("order ");
        await me.ShowAsync($"folded-{scheme}-{width}");
        await run.ClickAsync();
        await Assertions.Expect(me.Page.Locator("#event-8")).ToBeVisibleAsync();
        await me.Page.GetByRole(AriaRole.Grid).FocusAsync();
        await me.Page.Keyboard.PressAsync("j");
        await Assertions.Expect(me.Page.Locator("#event-0")).ToHaveAttributeAsync("aria-selected", "true");
        await me.ShowAsync($"unfolded-{scheme}-{width}");
        await me.Page.Keyboard.PressAsync(" ");
        await Assertions.Expect(me.Page.Locator("#event-8")).ToHaveCountAsync(0);
        await me.Page.Keyboard.PressAsync("j");
        await Assertions.Expect(me.Page.Locator("#event-9")).ToHaveAttributeAsync("aria-selected", "true");

        await me.Page.Keyboard.PressAsync("End");
        await Assertions.Expect(me.Page.Locator("#event-5999")).ToBeInViewportAsync();
        await StaysAsync(me);
    }

    /// <summary>Up from the end, where rows are read and folded above those on screen: each turn of the wheel moves what is seen by as much.</summary>
    private static async Task StaysAsync(SignedInPage me)
    {
        ILocator table = me.Page.Locator(".lv-table");
        await table.HoverAsync();
        for (int i = 0; i < 12; i++)
        {
            await Assertions.Expect(me.Page.Locator(".lv-waiting").First).Not.ToBeInViewportAsync();
            int seen = await table.EvaluateAsync<int>("""
                table => [...table.querySelectorAll('[data-i]')].map(r => [Number(r.dataset.i), r.getBoundingClientRect().top - table.getBoundingClientRect().top]).find(r => r[1] >= 60)[0]
                """);
            ILocator row = me.Page.Locator($"#event-{seen}");
            double before = (await row.BoundingBoxAsync())!.Y;
            await me.Page.Mouse.WheelAsync(0, -120);
            double moved = await row.EvaluateAsync<double>("""
                async (row, y) => {
                  const moved = () => document.getElementById(row.id).getBoundingClientRect().top - y;
                  for (let frame = 0; frame < 600 && Math.abs(moved() - 120) > 1; frame++) { await new Promise(requestAnimationFrame); }
                  return moved();
                }
                """, before);
            Assert.InRange(moved, 119, 121);
        }
    }

    /// <summary>Nine of one kind, then one of its own kind, oldest last.</summary>
    private static async Task SendAsync(SignedInPage me)
    {
        DateTimeOffset start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
        var body = new StringBuilder();
        for (int group = 0; group < Groups; group++)
        {
            for (int i = 0; i <= Repeats; i++)
            {
                string message = i < Repeats ? $"health check took {i} ms" : $"order {Word(group)} paid";
                DateTimeOffset at = start.AddSeconds(-(group * (Repeats + 1) + i));
                body.Append(CultureInfo.InvariantCulture, $"{{\"@timestamp\":\"{at:O}\",\"log.level\":\"info\",\"message\":\"{message}\"}}\n");
            }
        }

        using HttpResponseMessage answer = await me.Server.Client.PostAsync("/ingest/logs-fold-test", new StringContent(body.ToString()), TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    private static string Word(int number) => string.Concat(number.ToString("D3", CultureInfo.InvariantCulture).Select(d => (char)('a' + d - '0')));
}
