using Bunit;
using LogView.Client.Contracts.Search;
using LogView.Client.Discover.Detail;
using LogView.Tests.Testing;

namespace LogView.Tests.Discover.Detail;

public sealed class ContextTabTests : UiTest
{
    private readonly List<ContextRequest> _asked = [];
    private readonly Hit _hit = SomeHit.Of(50, fields: [("host.name", "web-1"), ("trace.id", "abc")]);

    [Fact]
    public void Distance_InTime_IsAskedFor()
    {
        IRenderedComponent<ContextTab> tab = Tab();
        Assert.Equal((20, 20, null), (_asked[^1].Before, _asked[^1].After, _asked[^1].Span));

        tab.FindAll("select")[1].Change("10s");

        Assert.Equal((100, 100, TimeSpan.FromSeconds(10)), (_asked[^1].Before, _asked[^1].After, _asked[^1].Span));
        Assert.Contains("Nothing more within 10s", tab.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Scope_Chosen_NarrowsAndIsInTheLink()
    {
        IRenderedComponent<ContextTab> tab = Tab();

        tab.FindAll("select")[0].Change("trace");
        tab.FindAll("select")[1].Change("1m");

        Assert.Null(_asked[^1].Within.DataStream);
        Assert.Equal("trace.id", Assert.Single(_asked[^1].Within.Filters).Field);
        ContextChoice link = ContextChoice.Read(tab.Find(".lv-context-link").GetAttribute("href")!);
        Assert.Equal(("logs-shop-prod/id-50", "trace", "1m", "UTC"), (link.Event.ToString(), link.Scope, link.Within, link.Zone));
    }

    [Fact]
    public void More_InBothDirections_AsksForMore()
    {
        IRenderedComponent<ContextTab> tab = Tab(full: true);

        tab.FindAll(".lv-context-more")[0].Click();
        tab.FindAll(".lv-context-more")[1].Click();

        Assert.Equal([(20, 20), (40, 20), (40, 40)], _asked.Select(a => (a.Before, a.After)));
    }

    [Fact]
    public void First_OfAnAddress_IsShownAndChangesAreTold()
    {
        ContextChoice? told = null;
        IRenderedComponent<ContextTab> tab = Render<ContextTab>(p => p
            .Add(c => c.Hit, _hit).Add(c => c.Zone, TimeZoneInfo.Utc).Add(c => c.Load, Loader(full: false))
            .Add(c => c.First, new ContextChoice(null, "host", "1h", null)).Add(c => c.OnChoose, c => told = c));

        Assert.Equal(("host.name", TimeSpan.FromHours(1)), (Assert.Single(_asked[^1].Within.Filters).Field, _asked[^1].Span!.Value));
        tab.FindAll("select")[0].Change("all");

        Assert.Equal(("all", "1h"), (told!.Scope, told.Within));
        Assert.Empty(tab.FindAll(".lv-context-link"));
    }

    [Theory]
    [InlineData("/context")]
    [InlineData("/context?event=x&within=1y&scope=")]
    [InlineData("/context?event=%00/&within=10s&within=5m")]
    public void Read_AnyAddress_NeverFails(string address) => Assert.Null(ContextChoice.Read(address).Event);

    private IRenderedComponent<ContextTab> Tab(bool full = false) =>
        Render<ContextTab>(p => p.Add(c => c.Hit, _hit).Add(c => c.Zone, TimeZoneInfo.Utc).Add(c => c.Load, Loader(full)));

    private ContextLoader Loader(bool full) => (request, _) =>
    {
        _asked.Add(request);
        Hit[] before = full ? [.. Enumerable.Range(100, request.Before).Select(i => SomeHit.Of(i))] : [];
        Hit[] after = full ? [.. Enumerable.Range(2_000, request.After).Select(i => SomeHit.Of(i))] : [];
        return Task.FromResult(new ContextOutcome(new ContextResult(before, _hit, after), null));
    };
}
