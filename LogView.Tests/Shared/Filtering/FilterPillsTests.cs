using AngleSharp.Dom;
using Bunit;
using LogView.Client.Contracts.Search;
using LogView.Client.Shared.Filtering;
using LogView.Tests.Testing;

namespace LogView.Tests.Shared.Filtering;

public class FilterPillsTests : UiTest
{
    private IReadOnlyList<SearchFilter> _filters =
    [
        new SearchFilter { Field = "log.level", Is = "error" },
        new SearchFilter { Field = "host.name", Is = "<b>web</b>", Negate = true },
    ];

    [Fact]
    public void Pills_Filters_ShowWords()
    {
        IRenderedComponent<FilterPills> pills = RenderPills();

        Assert.Equal(["log.level is error", "host.name is not <b>web</b>"], pills.FindAll(".lv-pill-words").Select(p => string.Join(' ', p.TextContent.Split())));
    }

    [Fact]
    public void Remove_Clicked_LeavesTheOthers()
    {
        IRenderedComponent<FilterPills> pills = RenderPills();

        pills.Find("button[aria-label='Remove the filter log.level']").Click();

        Assert.Equal("host.name", Assert.Single(_filters).Field);
    }

    [Fact]
    public void Exclude_Clicked_Negates()
    {
        IRenderedComponent<FilterPills> pills = RenderPills();

        pills.Find("button[aria-label='log.level is error']").Click();
        Button(pills, "Exclude").Click();

        Assert.True(_filters[0].Negate);
    }

    [Fact]
    public void AddFilter_WithoutField_SaysSo()
    {
        IRenderedComponent<FilterPills> pills = RenderPills();

        pills.Find("button[aria-label='Add filter']").Click();
        pills.Find("form").Submit();

        Assert.Equal("Name a field", pills.Find("[role=alert]").TextContent);
        Assert.Equal(2, _filters.Count);
    }

    [Fact]
    public void AddFilter_Range_IsAdded()
    {
        IRenderedComponent<FilterPills> pills = RenderPills();

        pills.Find("button[aria-label='Add filter']").Click();
        pills.Find("form input").Change("http.response.status_code");
        pills.Find("form select").Change(nameof(FilterOperator.Between));
        pills.FindAll("form input")[1].Change("500");
        pills.Find("form").Submit();

        Assert.Equal(new SearchFilter { Field = "http.response.status_code", Gte = "500" }, _filters[^1]);
        Assert.Empty(pills.FindAll("[role=dialog]"));
    }

    private static IElement Button(IRenderedComponent<FilterPills> pills, string text) => pills.FindAll("button").Single(b => b.TextContent.Trim() == text);

    private IRenderedComponent<FilterPills> RenderPills() => Render<FilterPills>(p => p.Bind(c => c.Filters, _filters, f => _filters = f));
}
