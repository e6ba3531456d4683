using Bunit;
using LogView.Client.Contracts.Search;
using LogView.Client.Discover.Detail;
using LogView.Client.Language;
using LogView.Client.Shared;
using LogView.Tests.Testing;

namespace LogView.Tests.Discover.Detail;

public class EventDetailTests : UiTest
{
    private static readonly Hit Hit = SomeHit.Of(5, "five", "error", ("host.name", "web-1"), ("tags", new[] { "a", "b" }), ("error.stack_trace", string.Join('\n', Enumerable.Range(0, 60))));
    private readonly List<SearchFilter> _filters = [];
    private ContextRequest? _asked;

    [Fact]
    public void Fields_Event_ListsTheMessageFirstAndFoldsLongValues()
    {
        IRenderedComponent<EventDetail> detail = RenderDetail();

        Assert.Equal("message", detail.FindAll("th")[0].TextContent);
        Assert.Equal("Show all 60 lines", detail.Find(".lv-link[aria-expanded]").TextContent.Trim());
        detail.Find(".lv-link[aria-expanded]").Click();
        Assert.Empty(detail.FindAll(".lv-folded"));
    }

    [Fact]
    public void Fields_StackTrace_OpensWithFramesOfFrameworksFolded()
    {
        string trace = "boom\n\tat com.shop.A.a(A.java:1)\n" + string.Concat(Enumerable.Range(0, 300).Select(i => $"\tat org.springframework.Web.m{i}(Web.java:{i})\n")) + "\tat com.shop.Main.main(Main.java:9)";
        IRenderedComponent<EventDetail> detail = RenderDetail(SomeHit.Of(1, trace, "error"));

        string Shown() => detail.Find(".lv-kv-value").TextContent;

        Assert.Equal("boom\n\tat com.shop.A.a(A.java:1)\n… 300 framework frames\n\tat com.shop.Main.main(Main.java:9)", Shown());
        detail.Find(".lv-frames").Click();
        Assert.Equal("true", detail.Find(".lv-frames").GetAttribute("aria-expanded"));
        Assert.Contains("Web.m299(Web.java:299)\n\tat com.shop.Main", Shown(), StringComparison.Ordinal);
        detail.Find(".lv-frames").Click();
        Assert.DoesNotContain("Web.m0", Shown(), StringComparison.Ordinal);
        detail.FindAll(".lv-link").Single(b => b.TextContent.Trim() == "Show all 303 lines").Click();
        Assert.Equal(trace, Shown());
        Assert.Empty(detail.FindAll(".lv-folded"));
    }

    [Fact]
    public void Fields_MatchInAFoldedFrame_IsShown()
    {
        const string Trace = "boom\n\tat com.shop.A.a(A.java:1)\n\tat java.util.B.b(B.java:2)\n\tat java.util.C.c(C.java:3)\n";
        IRenderedComponent<EventDetail> detail = RenderDetail(SomeHit.Of(1, Trace), (field, text) => field == "message" ? [new TextRange(text.IndexOf("C.java", StringComparison.Ordinal), 6)] : []);

        Assert.Equal(Trace, detail.Find(".lv-kv-value").TextContent);
        Assert.Equal("C.java", detail.Find("mark").TextContent);
    }

    [Fact]
    public void Fields_JsonInAText_IsIndentedOrAsSent()
    {
        IRenderedComponent<EventDetail> detail = RenderDetail(SomeHit.Of(1, """{"user":"kim","n":[1]}"""));

        Assert.Equal("{\n  \"user\": \"kim\",\n  \"n\": [\n    1\n  ]\n}", detail.Find(".lv-kv-value").TextContent);
        detail.FindAll(".lv-link").Single(b => b.TextContent == "As sent").Click();
        Assert.Equal("""{"user":"kim","n":[1]}""", detail.Find(".lv-kv-value").TextContent);
    }

    [Fact]
    public void Time_Hovered_IsSaidInBothZones()
    {
        IRenderedComponent<EventDetail> detail = RenderDetail(zone: TimeZoneInfo.FindSystemTimeZoneById("Asia/Seoul"));

        Assert.EndsWith(" +09:00 (Asia/Seoul)\n" + detail.Find(".lv-detail-time").GetAttribute("title")!.Split('\n')[1], detail.Find(".lv-detail-time").GetAttribute("title"), StringComparison.Ordinal);
        Assert.EndsWith(" +00:00 (UTC)", detail.Find(".lv-detail-time").GetAttribute("title"), StringComparison.Ordinal);
    }

    [Fact]
    public void Fields_Search_NarrowsByNameAndValue()
    {
        IRenderedComponent<EventDetail> detail = RenderDetail();

        detail.Find("input[type=search]").Input("web-1");

        Assert.Equal(["host.name"], detail.FindAll("th").Select(t => t.TextContent));
    }

    [Fact]
    public void Fields_SeveralValues_FilterAsOneOf()
    {
        IRenderedComponent<EventDetail> detail = RenderDetail();

        detail.Find("button[aria-label='Filter for tags']").Click();

        Assert.Equal(["a", "b"], _filters[0].OneOf!);
    }

    [Fact]
    public void Json_Tab_ShowsTheSource()
    {
        IRenderedComponent<EventDetail> detail = RenderDetail();

        Tab(detail, "JSON");

        Assert.Contains("\"host.name\": \"web-1\"", detail.Find("pre").TextContent, StringComparison.Ordinal);
        detail.FindAll(".lv-json-bar button")[1].Click();
        Assert.Equal(EventJson.Exact(Hit.Event), detail.Find("pre").TextContent);
    }

    [Fact]
    public void Context_Tab_ShowsNeighboursInOrder()
    {
        IRenderedComponent<EventDetail> detail = RenderDetail();

        Tab(detail, "Context");

        Assert.Equal(["six", "five +60", "four"], detail.FindAll("li .lv-line").Select(l => l.TextContent));
        Assert.Equal("five +60", detail.Find("li[aria-current] .lv-line").TextContent);
        Assert.Equal(("service.name", "cart"), (_asked!.Within.Filters[0].Field, _asked.Within.Filters[0].Is));
        Assert.Contains("Nothing before", detail.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_AnotherEventOpened_ShowsWhatDiffers()
    {
        IRenderedComponent<EventDetail> detail = RenderDetail();
        Assert.DoesNotContain(detail.FindAll("[role=tab]"), t => t.TextContent == "Compare");

        detail.Find("button[aria-label='Compare with another event']").Click();
        Assert.Contains("Open another event", detail.Find("[role=tabpanel]").TextContent, StringComparison.Ordinal);
        detail.Render(p => p.Add(d => d.Hit, SomeHit.Of(6, "six", "error", ("host.name", "web-2"), ("tags", new[] { "a", "b" }))));

        Assert.Equal(["message", "@timestamp", "error.stack_trace", "host.name"], detail.FindAll("tbody th").Select(t => t.TextContent.Replace("(differs)", "", StringComparison.Ordinal).Trim()));
        detail.Find("input[type=checkbox]").Change(false);
        Assert.Contains("tags", detail.FindAll("tbody th").Select(t => t.TextContent.Trim()));
        detail.Find("button[aria-label='Compare with another event']").Click();
        Assert.DoesNotContain(detail.FindAll("[role=tab]"), t => t.TextContent == "Compare");
    }

    private static void Tab(IRenderedComponent<EventDetail> detail, string name) => detail.FindAll("[role=tab]").Single(t => t.TextContent == name).Click();

    private IRenderedComponent<EventDetail> RenderDetail(Hit? hit = null, TextMarker? marker = null, TimeZoneInfo? zone = null) => Render<EventDetail>(p => p
        .Add(d => d.Hit, hit ?? Hit).Add(d => d.Zone, zone ?? TimeZoneInfo.Utc).Add(d => d.Marker, marker).Add(d => d.OnFilter, _filters.Add).Add(d => d.LoadContext, (request, _) =>
        {
            _asked = request;
            return Task.FromResult(new ContextOutcome(new ContextResult([SomeHit.Of(6, "six")], Hit, [SomeHit.Of(4, "four")]), null));
        }));
}
