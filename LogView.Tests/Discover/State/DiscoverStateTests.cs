using LogView.Client.Contracts.Search;
using LogView.Client.Discover.State;

namespace LogView.Tests.Discover.State;

public class DiscoverStateTests
{
    [Fact]
    public void WithColumn_Default_ComesBeforeTheMessage() =>
        Assert.Equal(["service.name", "host.name", "message"], DiscoverState.Default.WithColumn("host.name").Columns);

    [Fact]
    public void WithToggledColumn_Twice_GivesTheStateBack() =>
        Assert.Equal(DiscoverState.Default, DiscoverState.Default.WithToggledColumn("host.name").WithToggledColumn("host.name"));

    [Fact]
    public void WithFilter_SameConditionOfOtherSign_ReplacesIt()
    {
        var filter = new SearchFilter { Field = "log.level", Is = "error" };

        DiscoverState state = DiscoverState.Default.WithFilter(filter).WithFilter(filter with { Negate = true });

        Assert.True(Assert.Single(state.Filters).Negate);
    }

    [Theory]
    [InlineData(0, 2, "b,c,a")]
    [InlineData(2, 0, "c,a,b")]
    [InlineData(1, 1, "a,b,c")]
    [InlineData(-1, 0, "a,b,c")]
    [InlineData(0, 3, "a,b,c")]
    public void WithMovedColumn_Places_KeepsTheOthersInOrder(int from, int to, string expected) =>
        Assert.Equal(expected, string.Join(',', (DiscoverState.Default with { Columns = ["a", "b", "c"] }).WithMovedColumn(from, to).Columns));

    [Fact]
    public void WithWidth_Column_IsKeptWithinBoundsAndForgotten()
    {
        DiscoverState wide = DiscoverState.Default.WithWidth("service.name", 1_000_000);

        Assert.Equal(ColumnWidths.Most, wide.Widths["service.name"]);
        Assert.True(wide.IsSameSearch(DiscoverState.Default));
        Assert.NotEqual(DiscoverState.Default, wide);
        Assert.Equal(DiscoverState.Default, wide.WithWidth("service.name", null));
    }

    [Fact]
    public void WithSort_Field_IsLargestFirstThenTheOtherWayRound()
    {
        DiscoverState state = DiscoverState.Default.WithSort("status");

        Assert.Equal(new SortField("status", SortOrder.Desc), state.Sort);
        Assert.Equal(new SortField("status", SortOrder.Asc), state.WithSort("status").Sort);
        Assert.Equal(SortField.NewestFirst, state.WithSort("@timestamp").Sort);
    }

    [Theory]
    [InlineData("@timestamp", true)]
    [InlineData("log.level", true)]
    [InlineData("service.name", true)]
    [InlineData("status", false)]
    public void IsSortInHead_OfAField_IsTrueWhereItHasAColumn(string field, bool expected) =>
        Assert.Equal(expected, DiscoverState.Default.WithSort(field).IsSortInHead);

    [Fact]
    public void Equals_SameShownOtherLists_IsTrue()
    {
        DiscoverState state = DiscoverState.Default with { Columns = ["service.name", "message"], Filters = [] };

        Assert.Equal(DiscoverState.Default, state);
        Assert.Equal(DiscoverState.Default.GetHashCode(), state.GetHashCode());
        Assert.NotEqual(DiscoverState.Default, state.WithSort("@timestamp"));
    }
}
