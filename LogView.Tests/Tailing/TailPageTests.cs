using System.Diagnostics;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using LogView.Tests.Browser;
using Microsoft.Playwright;

namespace LogView.Tests.Tailing;

/// <summary>Live tail in Chromium.</summary>
[Trait("Kind", "slow")]
public sealed class TailPageTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    [Theory]
    [InlineData("dark", 1280)]
    [InlineData("light", 1280)]
    [InlineData("dark", 390)]
    public async Task Page_EventsArrive_ShowsThemAtTheBottom(string scheme, int width)
    {
        await using TailBrowser tail = await OpenAsync(stored: 60, scheme: scheme, width: width);
        await tail.MatchedAsync(60);
        await tail.ShowAsync($"tail-{scheme}-{width}");

        await tail.AppendAsync(3);
        await tail.MatchedAsync(63);

        await Assertions.Expect(tail.Rows.Last).ToContainTextAsync("63");
        await Assertions.Expect(tail.Rows.Last).ToBeInViewportAsync();
        Assert.Equal(63, await tail.Rows.CountAsync());
        Assert.Equal((63, 0), (await tail.CountAsync("tail-shown"), await tail.CountAsync("tail-left-out")));
        AxeResult axe = await tail.Page.RunAxe();
        Assert.Empty(axe.Violations.Where(v => v.Impact is "serious" or "critical").Select(v => $"{v.Id}: {string.Join(" | ", v.Nodes.Select(n => n.Html).Take(3))}"));
    }

    [Fact]
    public async Task Page_NothingStored_SaysThatItWaits()
    {
        await using TailBrowser tail = await OpenAsync();

        await Assertions.Expect(tail.Part("tail-empty")).ToBeVisibleAsync();
        await tail.ShowAsync("tail-empty");
        await tail.AppendAsync(1);

        await Assertions.Expect(tail.Part("tail-empty")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Page_FieldThatNoEventHas_OffersTheOneThatWasMeant()
    {
        await using TailBrowser tail = await OpenAsync(stored: 20);
        await tail.MatchedAsync(20);

        await tail.AskAsync("log.levle: error");
        ILocator meant = tail.Page.GetByRole(AriaRole.Button, new() { Name = "Did you mean log.level?" });
        await Assertions.Expect(meant).ToBeVisibleAsync();
        await tail.ShowAsync("tail-misnamed");
        await meant.ClickAsync();

        await tail.MatchedAsync(2);
        await Assertions.Expect(tail.Page.Locator(".lv-tail-misnamed")).ToHaveCountAsync(0);
        await Assertions.Expect(tail.Page.Locator(".lv-query textarea")).ToHaveValueAsync("log.level: error");
    }

    [Fact]
    public async Task Page_QueryThatDoesNotRead_SaysWhyAndKeepsItsColumns()
    {
        await using TailBrowser tail = await TailBrowser.OpenAsync(chromium.Browser, "/tail?q=log.level:+(");

        await Assertions.Expect(tail.Page.Locator(".lv-tail-problem")).ToContainTextAsync("The query does not read");
        await Assertions.Expect(tail.Page.Locator(".lv-tail-problem")).ToContainTextAsync("expected");
        float message = (await tail.Page.Locator(".lv-tail-heads span").Last.BoundingBoxAsync())!.X;
        Assert.InRange(message, 200, 500);
    }

    [Fact]
    public async Task Event_Opened_LeadsToDiscoverAndBackToItsRow()
    {
        await using TailBrowser tail = await OpenAsync(stored: 20);
        await tail.MatchedAsync(20);
        await tail.Rows.Nth(15).ClickAsync();
        ILocator detail = tail.Part("tail-detail");
        await Assertions.Expect(detail.GetByRole(AriaRole.Button, new() { Name = "Copy the event" })).ToBeVisibleAsync();
        await tail.ShowAsync("tail-detail");

        await detail.GetByRole(AriaRole.Button, new() { Name = "JSON" }).ClickAsync();
        await detail.GetByTestId("tail-detail-close").ClickAsync();
        await Assertions.Expect(tail.Rows.Nth(15)).ToBeFocusedAsync();

        await tail.Page.Keyboard.PressAsync("Enter");
        await detail.GetByRole(AriaRole.Link, new() { Name = "Show in Discover" }).ClickAsync();
        await Assertions.Expect(tail.Page.GetByRole(AriaRole.Region, new() { Name = "Event", Exact = true })).ToContainTextAsync("16");
        await tail.Page.GoBackAsync();
        await tail.LiveAsync();
        await tail.Part("tail-discover").ClickAsync();
        await Assertions.Expect(tail.Page.GetByRole(AriaRole.Grid, new() { Name = "Events" }).Locator("[data-i]").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Page_AThousandEventsASecond_CountsExactlyInABoundedDocument()
    {
        await using TailBrowser tail = await OpenAsync();
        double busyBefore = await tail.BusySecondsAsync();
        var elapsed = Stopwatch.StartNew();

        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (int n = 0; n < 120; n++)
        {
            await tick.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            await tail.AppendAsync(50);
        }

        double busy = (await tail.BusySecondsAsync() - busyBefore) / elapsed.Elapsed.TotalSeconds;
        await tail.ShowAsync("tail-1000");
        await tail.MatchedAsync(6_000);
        Assert.Equal(6_000, await tail.CountAsync("tail-matched"));
        Assert.Equal(6_000, await tail.CountAsync("tail-shown") + await tail.CountAsync("tail-left-out"));
        Assert.InRange(await tail.Rows.CountAsync(), 1, 2_000);
        await Assertions.Expect(tail.Rows.Last).ToBeInViewportAsync();
        TestContext.Current.SendDiagnosticMessage($"main thread busy {busy:P1}, shown {await tail.CountAsync("tail-shown")}, elapsed {elapsed.Elapsed}");
    }

    [Fact]
    public async Task ScrollUp_PausesTheViewAndCountsWhatIsNew()
    {
        await using TailBrowser tail = await OpenAsync(stored: 200);
        await tail.MatchedAsync(200);
        await tail.Part("tail-rows").HoverAsync();
        await tail.Page.Mouse.WheelAsync(0, -600);
        await Assertions.Expect(tail.Part("tail-pill")).ToBeVisibleAsync();
        double before = await tail.ScrollTopAsync();

        await tail.AppendAsync(1_204);
        await tail.MatchedAsync(1_404);

        await Assertions.Expect(tail.Part("tail-pill")).ToContainTextAsync("1,204 new");
        await tail.ShowAsync("tail-paused");
        Assert.Equal(before, await tail.ScrollTopAsync());
        Assert.Equal(200, await tail.Rows.CountAsync());
        await tail.Part("tail-pill").ClickAsync();
        await Assertions.Expect(tail.Rows.Last).ToContainTextAsync("1404");
        await Assertions.Expect(tail.Rows.Last).ToBeInViewportAsync();
        await Assertions.Expect(tail.Part("tail-pill")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Select_Text_PausesTheView()
    {
        await using TailBrowser tail = await OpenAsync(stored: 5);
        await tail.MatchedAsync(5);

        await tail.Page.Locator(".lv-tail-message").First.DblClickAsync();

        await Assertions.Expect(tail.Part("tail")).ToHaveAttributeAsync("data-paused", "true");
    }

    [Fact]
    public async Task Keys_SpaceAndEnd_PauseAndFollow()
    {
        await using TailBrowser tail = await OpenAsync(stored: 5);
        await tail.MatchedAsync(5);

        await tail.Page.Keyboard.PressAsync(" ");
        await Assertions.Expect(tail.Part("tail-pause")).ToHaveAttributeAsync("aria-pressed", "true");
        await tail.AppendAsync(2);
        await tail.MatchedAsync(7);
        Assert.Equal(5, await tail.Rows.CountAsync());
        await tail.Page.Keyboard.PressAsync("End");

        await Assertions.Expect(tail.Rows).ToHaveCountAsync(7);
        await tail.Page.Keyboard.PressAsync("/");
        await tail.Page.Keyboard.TypeAsync("a b");
        await Assertions.Expect(tail.Page.Locator(".lv-query textarea")).ToHaveValueAsync("a b");
        await Assertions.Expect(tail.Part("tail-pause")).ToHaveAttributeAsync("aria-pressed", "false");
    }

    [Fact]
    public async Task Slash_BeforeTheServerAnswers_PutsTheCaretIntoTheQuery()
    {
        await using TailBrowser tail = await OpenAsync(stored: 5);
        await tail.MatchedAsync(5);
        await Assertions.Expect(tail.Page.Locator(".lv-query textarea")).ToHaveAttributeAsync("data-live", "");

        bool isThere = await tail.Page.EvaluateAsync<bool>(
            """
            () => {
              document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '/', code: 'Slash', bubbles: true, cancelable: true }));
              return document.activeElement.matches('.lv-query textarea');
            }
            """);

        Assert.True(isThere);
    }

    [Fact]
    public async Task Open_ARow_ShowsTheWholeEventWhileItStreams()
    {
        await using TailBrowser tail = await OpenAsync(stored: 30);
        await tail.MatchedAsync(30);

        await tail.Rows.Last.ClickAsync();
        await Assertions.Expect(tail.Part("tail-detail")).ToContainTextAsync("Shop.Checkout.Run()");
        await tail.AppendAsync(10);
        await tail.MatchedAsync(40);
        await Assertions.Expect(tail.Part("tail-pill")).ToContainTextAsync("10 new");
        await tail.ShowAsync("tail-detail");
        await tail.Page.Keyboard.PressAsync("Escape");

        await Assertions.Expect(tail.Part("tail-detail")).ToHaveCountAsync(0);
        await Assertions.Expect(tail.Rows).ToHaveCountAsync(40);
    }

    [Fact]
    public async Task Edit_TheQuery_FollowsTheNewOneWithoutLeaving()
    {
        await using TailBrowser tail = await OpenAsync(stored: 60);
        await tail.MatchedAsync(60);

        await tail.AskAsync("log.level: error");
        await Assertions.Expect(tail.Rows).ToHaveCountAsync(6);
        await tail.AppendAsync(40);
        await Assertions.Expect(tail.Rows).ToHaveCountAsync(10);
        Assert.Contains("/tail?q=", tail.Page.Url, StringComparison.Ordinal);
        Assert.Equal(10, await tail.CountAsync("tail-matched"));
        await tail.Page.GoBackAsync();

        await Assertions.Expect(tail.Rows).ToHaveCountAsync(100);
    }

    [Fact]
    public async Task Edit_ABadQuery_ShowsItsPlaceAndGoesOnWithTheLast()
    {
        await using TailBrowser tail = await OpenAsync(stored: 3);
        await tail.MatchedAsync(3);

        await tail.AskAsync("log.level: (error");
        await Assertions.Expect(tail.Page.Locator(".lv-query-error > div")).ToBeVisibleAsync();
        await tail.ShowAsync("tail-bad-query");
        await tail.AppendAsync(2);
        await Assertions.Expect(tail.Rows).ToHaveCountAsync(5);
        await tail.AskAsync("log.level: info");

        await Assertions.Expect(tail.Page.Locator(".lv-query-error > div")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Connection_Cut_ResumesWithoutLossOrRepeat()
    {
        await using TailBrowser tail = await OpenAsync(stored: 10, cuttable: true);
        tail.AllowErrors = true;
        await tail.MatchedAsync(10);

        tail.Proxy!.Cut(refuseNew: true);
        await Assertions.Expect(tail.Part("tail")).Not.ToHaveAttributeAsync("data-state", "live");
        await tail.AppendAsync(200);
        await tail.ShowAsync("tail-cut");
        tail.Proxy.Repair();
        await tail.MatchedAsync(210);
        await tail.AppendAsync(5);
        await tail.MatchedAsync(215);

        await Assertions.Expect(tail.Rows).ToHaveCountAsync(215);
        Assert.Equal((215, 215, 0), (await tail.CountAsync("tail-matched"), await tail.CountAsync("tail-shown"), await tail.CountAsync("tail-left-out")));
        await Assertions.Expect(tail.Part("tail-note")).ToContainTextAsync("nothing is missing");
        Assert.Equal(Enumerable.Range(1, 215), await tail.NumbersAsync());
    }

    [Fact]
    public async Task HostileText_StaysText()
    {
        await using TailBrowser tail = await OpenAsync();
        const string Hostile = "<img src=x onerror=\"window.hacked = 1\"><script>window.hacked = 2</script>";

        await tail.Part("tail-words").FillAsync("script (a+)+$ \\");
        await tail.AppendMessageAsync(Hostile);
        await tail.MatchedAsync(1);

        Assert.Equal(Hostile, await tail.Page.Locator(".lv-tail-message").TextContentAsync());
        Assert.Equal(0, await tail.Page.Locator(".lv-tail-rows img, .lv-tail-rows script").CountAsync());
        Assert.Equal(2, await tail.Page.Locator(".lv-tail-rows mark").CountAsync());
        await tail.Rows.ClickAsync();
        await Assertions.Expect(tail.Part("tail-detail")).ToContainTextAsync(Hostile);
        Assert.Null(await tail.Page.EvaluateAsync<int?>("() => window.hacked ?? null"));
    }

    [Fact]
    public async Task StopAfter_SoManyEvents_StopsAndGoesOnWhereItWas()
    {
        await using TailBrowser tail = await OpenAsync(stored: 4);
        await tail.MatchedAsync(4);
        await tail.Part("tail-stop-after").FillAsync("5");
        await tail.Part("tail-stop-after").BlurAsync();

        await tail.AppendAsync(12);
        await Assertions.Expect(tail.Part("tail")).ToHaveAttributeAsync("data-state", "stopped");
        await Assertions.Expect(tail.Rows).ToHaveCountAsync(9);
        await tail.AppendAsync(3);
        await tail.Part("tail-stop-after").FillAsync("0");
        await tail.Part("tail-stop-after").BlurAsync();
        await tail.Part("tail-go-on").ClickAsync();

        await Assertions.Expect(tail.Rows).ToHaveCountAsync(19);
        Assert.Equal(Enumerable.Range(1, 19), await tail.NumbersAsync());
    }

    [Fact]
    public async Task Preferences_OfTheView_OutliveThePage()
    {
        await using TailBrowser tail = await OpenAsync(stored: 20);
        await tail.Part("tail-wrap").ClickAsync();
        await tail.Part("tail-words").FillAsync("timed \"cart/1\"");
        await tail.Page.ReloadAsync();
        await tail.LiveAsync();
        await tail.MatchedAsync(20);

        await Assertions.Expect(tail.Part("tail")).ToHaveAttributeAsync("data-wrap", "true");
        await Assertions.Expect(tail.Part("tail-words")).ToHaveValueAsync("timed \"cart/1\"");
        await tail.ShowAsync("tail-wrap");
        Assert.True(await tail.Page.Locator(".lv-tail-rows mark.lv-hl-0").CountAsync() == 2);
        Assert.True(await tail.Page.Locator(".lv-tail-rows mark.lv-hl-1").CountAsync() > 2);
    }

    [Fact]
    public async Task Column_Added_ShowsItsValues()
    {
        await using TailBrowser tail = await OpenAsync(stored: 5);
        await tail.Page.GetByRole(AriaRole.Button, new() { Name = "Columns" }).ClickAsync();
        await tail.Page.GetByLabel("Add a field").FillAsync("host.name");
        await tail.Page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(tail.Rows.Last).ToContainTextAsync("web-01");
        Assert.Contains("cols=service.name", tail.Page.Url, StringComparison.Ordinal);
        await tail.Page.Keyboard.PressAsync("Escape");
        await tail.ShowAsync("tail-columns");
    }

    private async Task<TailBrowser> OpenAsync(int stored = 0, string scheme = "dark", int width = 1280, bool cuttable = false) =>
        await (await TailBrowser.OpenAsync(chromium.Browser, stored: stored, scheme: scheme, width: width, cuttable: cuttable)).LiveAsync();
}
