using System.Text;
using CsCheck;
using LogView.Client.Shared.Terminal;
using LogView.Tests.Browser;
using LogView.Tests.Testing;
using Microsoft.Playwright;

namespace LogView.Tests.Tailing;

/// <summary>Rows of the tail look as those of Discover: terminal colours, and times in the zone that was chosen.</summary>
[Trait("Kind", "slow")]
public sealed class TailLooksTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    private static readonly string[] Coloured =
    [
        "\u001b[31mred\u001b[0m plain", "\u001b[1;33mwarn\u001b[22m not bold\u001b[39m", "\u001b[92mbright", "\u001b[38;5;4mindexed\u001b[38;2;1;2;3mrgb", "\u001b[48;5;1;32mon a ground",
        "a\u001b[2Kb\u001b]0;title\u0007c\u001b(Bd", "cut \u001b[3", "\u001b", "\u001b[38:5:9mcolons", "\u001b[mreset", "\u001b]8;;x\u001b\\link",
    ];

    [Fact]
    public async Task Colours_AnyText_AreThoseOfDiscover()
    {
        await using SignedInPage me = await SignedInPage.OpenAsync(chromium.Browser, at: "/tail");
        Gen<string> text = Gen.String[Gen.OneOf(Gen.Const('\u001b'), Gen.Char["[]m;:01345789aB\u0007\\ "]), 0, 40];
        List<string> texts = [.. Coloured];
        text.Sample(texts.Add, iter: 2_000, threads: 1, seed: Seed.Value);

        string[] found = await me.Page.EvaluateAsync<string[]>(
            "async texts => { const ansi = await import('/js/tail/ansi.js'); return texts.map(t => ansi.pieces(t).map(p => `${p.start}-${p.end} ${p.className ?? ''}`).join('|')); }", texts);

        Assert.Equal(texts.Select(t => string.Join('|', AnsiText.Pieces(t).Select(p => $"{p.Start}-{p.End} {p.Class}"))), found);
    }

    [Theory]
    [InlineData("dark", 1280)]
    [InlineData("light", 390)]
    public async Task Row_ColouredTextAndZone_AreShown(string scheme, int width)
    {
        await using SignedInPage me = await SignedInPage.OpenAsync(chromium.Browser, scheme, width, at: "/tail?cols=service.name,message");
        await me.Page.Locator("[data-testid=tail][data-state=live]").WaitForAsync();
        await me.Page.GetByTestId("tail-words").FillAsync("payment");
        await SendAsync(me, """{"@timestamp":"2026-11-22T05:06:07.089Z","log.level":"error","service.name":"\u001b[36mcart\u001b[0m","message":"\u001b[31mFAIL\u001b[0m <b>payment</b>\u001b[2K"}""");

        ILocator row = me.Page.Locator(".lv-tail-row");
        await Assertions.Expect(row.Locator(".lv-tail-message .lv-ansi-1")).ToHaveTextAsync("FAIL");
        await Assertions.Expect(row.Locator(".lv-tail-message")).ToHaveTextAsync("FAIL <b>payment</b>");
        await Assertions.Expect(row.Locator(".lv-tail-message mark")).ToHaveTextAsync("payment");
        await Assertions.Expect(row.Locator(".lv-tail-value .lv-ansi-6")).ToHaveTextAsync("cart");
        await Assertions.Expect(row.Locator(".lv-tail-time")).ToHaveTextAsync("14:06:07.089");

        await me.Page.GetByRole(AriaRole.Button, new() { Name = "Time zone: Seoul" }).ClickAsync();
        ILocator panel = me.Page.GetByRole(AriaRole.Dialog);
        await panel.GetByLabel("Time zone").FillAsync("Mars/Olympus");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();
        await Assertions.Expect(panel.GetByRole(AriaRole.Alert)).ToHaveTextAsync("no such time zone");
        await me.ShowAsync($"tail-zone-{scheme}-{width}");
        await panel.GetByLabel("Time zone").FillAsync("America/New_York");
        // As slowly as a hand: the field is left, and its problem gone, before the button is let go.
        await panel.GetByRole(AriaRole.Button, new() { Name = "Apply" }).HoverAsync();
        await me.Page.Mouse.DownAsync();
        await Assertions.Expect(panel.GetByText("no such time zone")).ToHaveCountAsync(0);
        await me.Page.Mouse.UpAsync();

        await me.UrlHasAsync("tz=America");
        await Assertions.Expect(row.Locator(".lv-tail-time")).ToHaveTextAsync("00:06:07.089");
        await row.Locator(".lv-tail-time").HoverAsync();
        await Assertions.Expect(row.Locator(".lv-tail-time")).ToHaveAttributeAsync("title", "2026-11-22 00:06:07.089 -05:00 (America/New_York)\n2026-11-22T05:06:07.089000000Z");
        await me.Page.GoBackAsync();
        await Assertions.Expect(row.Locator(".lv-tail-time")).ToHaveTextAsync("14:06:07.089");
        await Assertions.Expect(row).ToHaveCountAsync(1);
        await me.ShowAsync($"tail-colours-{scheme}-{width}");
    }

    private static async Task SendAsync(SignedInPage me, string line)
    {
        using var body = new StringContent(line + "\n", Encoding.UTF8);
        using HttpResponseMessage answer = await me.Server.Client.PostAsync("/ingest/logs-colours-test", body, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }
}
