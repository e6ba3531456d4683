using System.Security.Claims;
using AngleSharp.Dom;
using Bunit;
using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Setup;
using LogView.Client.Discover;
using LogView.Client.Discover.Events;
using LogView.Client.Discover.Exporting;
using LogView.Client.Discover.Saving;
using LogView.Client.Shared;
using LogView.Client.Shared.Querying;
using LogView.Tests.Testing;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace LogView.Tests.Discover;

public sealed class DiscoverPageTests : UiTest
{
    private readonly FakeSearchService _service = new();
    private readonly FakeFirstRun _firstRun = new();
    private readonly SomeSaved _saved;

    public DiscoverPageTests()
    {
        _saved = new SomeSaved(Clock);
        Services.AddSingleton(_saved.Objects);
        Services.AddSingleton<ISearchService>(_service);
        Services.AddSingleton<IFirstRun>(_firstRun);
        _service.OnSearch = (r, _, _) =>
            Task.FromResult(FakeSearchService.Ok(FakeSearchService.IsFirstPage(r) ? FakeSearchService.Page(SomeHit.Many(30)) : FakeSearchService.Count(12_408)));
    }

    [Fact]
    public void Page_Opened_ShowsRowsAndTheirCount()
    {
        IRenderedComponent<DiscoverPage> page = Open("/discover");

        page.WaitForAssertion(() =>
        {
            Assert.Equal(30, page.FindAll("[role=row][id]").Count);
            Assert.Contains("12,408 hits", page.Find(".lv-status").TextContent, StringComparison.Ordinal);
        });
        Assert.Equal("event 0", page.Find("[role=row][id] .lv-text").TextContent);
    }

    [Fact]
    public void Page_AddressWithState_RunsIt()
    {
        Open("/discover?q=timeout&ds=logs-shop-*&f=is:host.name:web-03&from=now-1h&to=now");

        SearchRequest asked = _service.Searches.First(FakeSearchService.IsFirstPage);
        Assert.Equal(("timeout", "logs-shop-*", "host.name"), (asked.Query, asked.DataStream, Assert.Single(asked.Filters).Field));
        Assert.Equal(TimeSpan.FromHours(1), DateTimeOffset.Parse(asked.To!, null) - DateTimeOffset.Parse(asked.From!, null));
    }

    [Fact]
    public async Task Query_Run_GoesIntoTheAddressAndIsSearched()
    {
        IRenderedComponent<DiscoverPage> page = Open("/discover");

        await page.InvokeAsync(() => page.FindComponent<QueryBox>().Instance.Run("log.level: error"));

        Assert.EndsWith("/discover?q=log.level:+error", Address, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Contains(_service.Searches, s => s.Query == "log.level: error"));
    }

    [Fact]
    public async Task Query_Wrong_IsExplainedAndNotRun()
    {
        IRenderedComponent<DiscoverPage> page = Open("/discover");

        await page.InvokeAsync(() => page.FindComponent<QueryBox>().Instance.Run("log.level: (error"));

        Assert.Contains("expected", page.Find(".lv-query-error").TextContent, StringComparison.Ordinal);
        Assert.Equal("true", page.Find("textarea").GetAttribute("aria-invalid"));
        Assert.DoesNotContain(_service.Searches, s => s.Query.Length > 0);
    }

    [Fact]
    public async Task Row_Opened_ShowsTheDetailAndMovesWithKeys()
    {
        IRenderedComponent<DiscoverPage> page = Open("/discover");

        await page.InvokeAsync(() => page.FindComponent<EventTable>().Instance.Open(4));
        Assert.Equal("event 4", page.Find("[role=tabpanel] td .lv-kv-value").TextContent);
        await page.InvokeAsync(() => page.FindComponent<EventTable>().Instance.Move(1));

        Assert.Equal("event 5", page.Find("[role=tabpanel] td .lv-kv-value").TextContent);
        Assert.Equal("event-5", page.Find("[role=row][aria-selected=true]").Id);
    }

    [Fact]
    public async Task Repeats_Folded_AreOneRowThatKeysPassAndAClickUnfolds()
    {
        IRenderedComponent<DiscoverPage> page = Open("/discover");

        page.Find("button[aria-label='Fold repeats']").Click();

        Assert.EndsWith("/discover?fold=1", Address, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Equal("× 30", Assert.Single(page.FindAll("[role=row][id]")).QuerySelector(".lv-times")!.TextContent));
        await page.InvokeAsync(() => page.FindComponent<EventTable>().Instance.Move(1));
        await page.InvokeAsync(() => page.FindComponent<EventTable>().Instance.Move(1));
        Assert.Equal("event-0", page.Find("[role=row][aria-selected=true]").Id);
        await page.InvokeAsync(() => page.FindComponent<EventTable>().Instance.ToggleRun(0));
        Assert.Equal(30, page.FindAll("[role=row][id]").Count);
        Assert.Single(_service.Searches, FakeSearchService.IsFirstPage);
    }

    [Fact]
    public async Task Context_InTheTable_StandsAroundTheRowAndIsNotOfTheResult()
    {
        _service.OnContext = r => Task.FromResult(new ContextOutcome(new ContextResult([SomeHit.Of(500, "older <b>one</b>")], SomeHit.Of(4), [SomeHit.Of(3), SomeHit.Of(600, "newer one")]), null));
        IRenderedComponent<DiscoverPage> page = Open("/discover");

        await page.InvokeAsync(() => page.FindComponent<EventTable>().Instance.Menu(4, 0, 10, 10));
        page.FindAll(".lv-cellmenu button").First(b => b.TextContent.Contains("lines before and after", StringComparison.Ordinal)).Click();

        page.WaitForAssertion(() => Assert.Equal(
            ["event 3", "-", "newer one", "hello", "event 4", "older <b>one</b>", "-", "event 5"],
            page.FindAll(".lv-window > [role=row]").Skip(3).Take(8).Select(r => r.QuerySelector(".lv-text")?.TextContent ?? "-")));
        Assert.Equal(["not of the result", "also a row of the result", "not of the result"], page.FindAll("[data-beside]").Select(r => r.GetAttribute("title")!.Split("; ")[1]));
        Assert.Equal("31", page.Find("[role=grid]").GetAttribute("aria-rowcount"));
        await page.InvokeAsync(() => page.FindComponent<EventTable>().Instance.OpenAside(1));
        Assert.Equal("newer one", page.Find("[role=tabpanel] td .lv-kv-value").TextContent);
        page.FindAll("button").Last(b => b.TextContent.Trim() == "Close the lines around").Click();
        Assert.Empty(page.FindAll("[data-beside]"));
    }

    [Fact]
    public async Task NextError_WithoutOne_SaysSoUntilTheNextKey()
    {
        IRenderedComponent<DiscoverPage> page = Open("/discover");

        await page.InvokeAsync(() => page.FindComponent<Hotkeys>().Instance.Pressed("e"));
        Assert.Equal("No further error below", page.Find(".lv-error-note").TextContent);
        await page.InvokeAsync(() => page.FindComponent<Hotkeys>().Instance.Pressed("j"));

        Assert.Equal("", page.Find(".lv-error-note").TextContent);
    }

    [Fact]
    public async Task Value_FilteredOut_IsAPillInTheAddress()
    {
        IRenderedComponent<DiscoverPage> page = Open("/discover");
        await page.InvokeAsync(() => page.FindComponent<EventTable>().Instance.Open(0));

        page.Find("button[aria-label='Filter out service.name']").Click();

        Assert.EndsWith("/discover?f=!is:service.name:cart", Address, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Equal("service.name is not cart", string.Join(' ', page.Find(".lv-pill-words").TextContent.Split())));
    }

    [Fact]
    public void Back_Pressed_ShowsTheStateBefore()
    {
        IRenderedComponent<DiscoverPage> page = Open("/discover?q=first");
        Navigate("/discover?q=second");
        page.WaitForAssertion(() => Assert.Contains(_service.Searches, s => s.Query == "second"));

        Navigate("/discover?q=first");

        page.WaitForAssertion(() => Assert.Equal(2, _service.Searches.Count(s => s.Query == "first" && FakeSearchService.IsFirstPage(s))));
    }

    [Fact]
    public void Looks_ChangedSinceTheRun_AreSharedAndExported()
    {
        IRenderedComponent<DiscoverPage> page = Open("/discover?from=now-1h&to=now");
        page.WaitForAssertion(() => Assert.Equal("2026-11-22T04:02:11.000000000Z", page.FindComponent<ShareMenu>().Instance.Frozen.Range.From));

        Navigate("/discover?from=now-1h&to=now&cols=message,host.name");

        page.WaitForAssertion(() => Assert.Equal(["message", "host.name"], page.FindComponent<ShareMenu>().Instance.Frozen.Columns));
        Assert.Equal("2026-11-22T04:02:11.000000000Z", page.FindComponent<ShareMenu>().Instance.Frozen.Range.From);
        Assert.Equal(["message", "host.name"], page.FindComponent<ExportMenu>().Instance.Plan!.State.Columns);
    }

    [Fact]
    public async Task Running_Search_CanBeCancelled()
    {
        CancellationToken seen = default;
        _service.OnSearch = async (_, _, token) =>
        {
            seen = token;
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
            return FakeSearchService.Ok(FakeSearchService.Page([]));
        };
        IRenderedComponent<DiscoverPage> page = Open("/discover");
        page.WaitForAssertion(() => Button(page, "Cancel"));

        await Button(page, "Cancel").ClickAsync(new());

        Assert.True(seen.IsCancellationRequested);
        page.WaitForAssertion(() => Assert.Contains("cancelled", page.Find(".lv-status").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void Search_Fails_SaysWhyAndOffersToTryAgain()
    {
        _service.OnSearch = (_, _, _) => Task.FromResult(FakeSearchService.Fail(SearchProblemKind.Unavailable, "The store is starting"));

        IRenderedComponent<DiscoverPage> page = Open("/discover");

        page.WaitForAssertion(() => Assert.Equal("The store is starting", page.Find("[role=alert].lv-danger-text").TextContent));
        Button(page, "Try again").Click();
        Assert.Equal(2, _service.Searches.Count(FakeSearchService.IsFirstPage));
    }

    [Fact]
    public void NothingFound_Offers_WhereSomethingIs()
    {
        _service.OnSearch = (r, _, _) =>
            Task.FromResult(FakeSearchService.Ok(FakeSearchService.IsFirstPage(r) && r.From != "now-24h" ? FakeSearchService.Page([]) : FakeSearchService.Count(12_408)));
        IRenderedComponent<DiscoverPage> page = Open("/discover?q=x");
        page.WaitForAssertion(() => Assert.Contains(page.FindAll("button"), b => b.TextContent.Contains("12,408 in the last 24 hours", StringComparison.Ordinal)));

        page.FindAll("button").First(b => b.TextContent.Contains("in the last 24 hours", StringComparison.Ordinal)).Click();

        Assert.EndsWith("/discover?q=x&from=now-24h&to=now", Address, StringComparison.Ordinal);
    }

    [Fact]
    public void EmptyStore_Page_StartsDemoEvents()
    {
        _service.DataStreams = [];
        _service.OnSearch = (_, _, _) => Task.FromResult(FakeSearchService.Ok(FakeSearchService.Page([])));
        IRenderedComponent<DiscoverPage> page = Open("/");
        page.WaitForAssertion(() => Button(page, "Generate demo events"));
        Assert.Contains(page.FindAll("pre"), p => p.TextContent.Contains("http://127.0.0.1:5700/ingest/", StringComparison.Ordinal));

        _service.DataStreams = new FakeSearchService().DataStreams;
        Button(page, "Generate demo events").Click();

        page.WaitForAssertion(() => Assert.Single(page.FindAll("[role=grid], .lv-empty")));
        Assert.Equal(1, _firstRun.Demos);
    }

    [Fact]
    public void EmptyStore_FirstEventsCome_ShowsThem()
    {
        _service.DataStreams = [];
        IRenderedComponent<DiscoverPage> page = Open("/");
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("pre")));

        _service.DataStreams = new FakeSearchService().DataStreams;
        Clock.Advance(TimeSpan.FromSeconds(2));

        page.WaitForAssertion(() => Assert.Equal(30, page.FindAll("[role=row][id]").Count));
    }

    [Fact]
    public void PreviousTimeRange_Clicked_IsTheWindowBefore()
    {
        IRenderedComponent<DiscoverPage> page = Open("/discover?from=2026-11-22T10:00:00Z&to=2026-11-22T11:00:00Z");

        page.Find("button[aria-label='Previous time range']").Click();

        Assert.EndsWith("/discover?from=2026-11-22T09:00:00.000000000Z&to=2026-11-22T10:00:00.000000000Z", Address, StringComparison.Ordinal);
    }

    [Fact]
    public void FollowLive_Link_KeepsQueryFiltersAndZone() =>
        Assert.Equal("/tail?q=a&f=is:b:c&tz=UTC", Open("/discover?q=a&f=is:b:c&from=now-1h&to=now&tz=UTC").Find("a.lv-follow").GetAttribute("href"));

    [Fact]
    public void EmptyStore_WithoutTheRight_OffersOnlyExamples()
    {
        _service.DataStreams = [];
        IRenderedComponent<DiscoverPage> page = Open("/", Rights.Search);

        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("pre")));
        Assert.DoesNotContain(page.FindAll("button"), b => b.TextContent.Contains("Generate", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Refresh_WhileReading_OnlyCountsWhatIsNew()
    {
        IRenderedComponent<DiscoverPage> page = Open("/discover");
        await page.InvokeAsync(() => page.FindComponent<EventTable>().Instance.Open(3));
        page.Find("button[aria-label='Refresh by itself: off']").Click();
        Button(page, "5 s").Click();
        int runs = _service.Searches.Count(FakeSearchService.IsFirstPage);

        Clock.Advance(TimeSpan.FromSeconds(5));
        Clock.Advance(TimeSpan.FromSeconds(1));

        page.WaitForAssertion(() => Assert.Contains("12,408 new", page.Find(".lv-new").TextContent, StringComparison.Ordinal));
        Assert.Equal(runs, _service.Searches.Count(FakeSearchService.IsFirstPage));
        Assert.Equal("event-3", page.Find("[role=row][aria-selected=true]").Id);
    }

    [Fact]
    public void Address_WithAnEvent_OpensItAndLeavesItBehind()
    {
        _service.OnFind = (dataStream, id) => dataStream.Value == "logs-shop-prod" && id.Value == "id-7" ? SomeHit.Of(7, "event 7").Event : null;

        IRenderedComponent<DiscoverPage> page = Open("/discover?event=logs-shop-prod/id-7");

        page.WaitForAssertion(() => Assert.Equal("event 7", page.Find("[role=tabpanel] td .lv-kv-value").TextContent));
        Assert.Equal("event-7", page.Find("[role=row][aria-selected=true]").Id);
        page.Find("button[aria-label='Filter out service.name']").Click();
        Assert.EndsWith("/discover?f=!is:service.name:cart", Address, StringComparison.Ordinal);
    }

    [Fact]
    public void Address_WithAnEventThatIsGone_SaysSo()
    {
        IRenderedComponent<DiscoverPage> page = Open("/discover?event=logs-shop-prod/gone");

        page.WaitForAssertion(() => Assert.Contains("not there", page.Find(".lv-problem").TextContent, StringComparison.Ordinal));
        page.WaitForAssertion(() => Assert.Equal(30, page.FindAll("[role=row][id]").Count));
    }

    [Fact]
    public void Address_WithAnEventOfAStoreThatIsAway_SaysThatAndNotThatItIsGone()
    {
        _service.OnFind = (_, _) => throw new SearchUnavailableException("The cluster does not answer");

        IRenderedComponent<DiscoverPage> page = Open("/discover?event=logs-shop-prod/id-7");

        page.WaitForAssertion(() => Assert.EndsWith("cannot be read now: The cluster does not answer", page.Find(".lv-problem").TextContent, StringComparison.Ordinal));
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            _saved.Dispose();
        }
    }

    private string Address => Services.GetRequiredService<NavigationManager>().Uri;

    private static IElement Button(IRenderedComponent<DiscoverPage> page, string text) => page.FindAll("button").First(b => b.TextContent.Trim() == text);

    private void Navigate(string address) => Services.GetRequiredService<NavigationManager>().NavigateTo(address);

    private IRenderedComponent<DiscoverPage> Open(string address, Rights rights = Rights.Admin)
    {
        Navigate(address);
        ClaimsPrincipal user = ViewerClaims.ToPrincipal(new Viewer("ann", rights, ["*"]), "test");
        IRenderedComponent<DiscoverPage> page = Render<DiscoverPage>(p => p.AddCascadingValue(Task.FromResult(new AuthenticationState(user))));
        page.WaitForAssertion(() => Assert.NotEmpty(_service.Searches));
        Clock.Advance(TimeSpan.FromSeconds(1));
        return page;
    }

    private sealed class FakeFirstRun : IFirstRun
    {
        public int Demos { get; private set; }

        public FirstRunOffer Offer => new("http://127.0.0.1:5700", "http://127.0.0.1:9200", CanFollowVarLog: true, IngestNeedsKey: false);

        public Task<FirstRunOutcome> StartDemoAsync(Viewer viewer, CancellationToken cancellationToken)
        {
            Demos++;
            return Task.FromResult(new FirstRunOutcome(Started: true, "Made"));
        }

        public Task<FirstRunOutcome> FollowVarLogAsync(Viewer viewer, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
