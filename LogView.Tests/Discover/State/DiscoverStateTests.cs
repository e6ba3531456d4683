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

    [Fact]
    public void Equals_SameShownOtherLists_IsTrue()
    {
        DiscoverState state = DiscoverState.Default with { Columns = ["service.name", "message"], Filters = [] };

        Assert.Equal(DiscoverState.Default, state);
        Assert.Equal(DiscoverState.Default.GetHashCode(), state.GetHashCode());
        Assert.NotEqual(DiscoverState.Default, state.WithToggledSort());
    }
}
