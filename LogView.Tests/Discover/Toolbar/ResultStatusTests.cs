using Bunit;
using LogView.Client.Contracts.Search;
using LogView.Client.Discover.Rows;
using LogView.Client.Discover.Run;
using LogView.Client.Discover.Toolbar;
using LogView.Tests.Testing;

namespace LogView.Tests.Discover.Toolbar;

public class ResultStatusTests : UiTest
{
    [Fact]
    public void Notes_IndexBehind_IsSaidOnce()
    {
        HitRows rows = new(LoadedRows.None, Newest: null, TookMs: 3, SearchStatus.Partial, Notes("270,258 behind"));
        Overview overview = new(new HitCount(7, IsExact: true), Chart: null, SearchStatus.Partial, Notes("270,259 behind"));
        RunView view = RunView.Empty with { Hits = Load<HitRows>.Of(rows, null), Overview = Load<Overview>.Of(overview, null) };

        IRenderedComponent<ResultStatus> status = Render<ResultStatus>(p => p.Add(s => s.View, view));

        Assert.Equal(["270,259 behind", "words as indexed"], status.FindAll(".lv-status-note").Select(n => n.TextContent.Trim()));
    }

    [Theory]
    [InlineData("@timestamp", SortOrder.Desc, null)]
    [InlineData("@timestamp", SortOrder.Asc, "oldest first")]
    [InlineData("status", SortOrder.Desc, "sorted by status, largest first")]
    [InlineData("status", SortOrder.Asc, "sorted by status, smallest first")]
    public void Sort_OtherThanNewestFirst_IsSaidAndTakenBack(string field, SortOrder order, string? words)
    {
        bool isTakenBack = false;
        IRenderedComponent<ResultStatus> status = Render<ResultStatus>(p => p
            .Add(s => s.View, RunView.Empty).Add(s => s.Sort, new SortField(field, order)).Add(s => s.OnUsualSort, () => isTakenBack = true));

        Assert.Equal(words, status.FindAll(".lv-status-sort .lv-soft").SingleOrDefault()?.TextContent);
        status.FindAll(".lv-status-sort button").SingleOrDefault()?.Click();
        Assert.Equal(words is not null, isTakenBack);
    }

    private static SearchNote[] Notes(string lag) => [new SearchNote("indexing_lag", lag), new SearchNote("words_as_indexed", "words as indexed")];
}
