using LogView.Client.Contracts.Search;
using LogView.Client.Shared.Filtering;

namespace LogView.Tests.Shared.Filtering;

public class FilterSetTests
{
    private static readonly SearchFilter Error = new() { Field = "log.level", Is = "error" };

    [Fact]
    public void With_NewCondition_IsAppended()
    {
        IReadOnlyList<SearchFilter> filters = new[] { Error }.With(Error with { Is = "warn" });

        Assert.Equal(["error", "warn"], filters.Select(f => f.Is));
    }

    [Fact]
    public void With_OppositeOfAFilter_TurnsItRound()
    {
        IReadOnlyList<SearchFilter> filters = new[] { Error with { Disabled = true } }.With(Error with { Negate = true });

        SearchFilter only = Assert.Single(filters);
        Assert.True(only.Negate);
        Assert.False(only.Disabled);
    }

    [Fact]
    public void Same_ListsOfOneValue_AreCompared()
    {
        SearchFilter left = new() { Field = "a", OneOf = ["x", "y"] };

        Assert.True(FilterSet.Same(left, left with { OneOf = ["x", "y"] }));
        Assert.False(FilterSet.Same(left, left with { OneOf = ["y", "x"] }));
        Assert.False(FilterSet.Same(left, left with { OneOf = null }));
    }
}
