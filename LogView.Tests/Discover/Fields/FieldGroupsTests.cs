using LogView.Client.Contracts.Search;
using LogView.Client.Discover.Fields;

namespace LogView.Tests.Discover.Fields;

public class FieldGroupsTests
{
    private static readonly FieldInfo[] Fields = [.. new[] { "alpha", "host.name", "log.level", "message", "zeta" }.Select(n => new FieldInfo(n, FieldType.Keyword, 5))];

    [Fact]
    public void Of_Fields_AreGroupedEachOnce()
    {
        FieldGroups groups = FieldGroups.Of(Fields, ["service.name", "message"], [], "");

        Assert.Equal(["service.name", "message"], groups.Selected.Select(f => f.Name));
        Assert.Equal(["log.level", "host.name"], groups.Popular.Select(f => f.Name));
        Assert.Equal(["alpha", "zeta"], groups.Available.Select(f => f.Name));
    }

    [Fact]
    public void Of_Search_NarrowsEveryGroup()
    {
        FieldGroups groups = FieldGroups.Of(Fields, ["message"], [], " EL ");

        Assert.Empty(groups.Selected);
        Assert.Equal(["log.level"], groups.Popular.Select(f => f.Name));
        Assert.Empty(groups.Available);
    }

    [Fact]
    public void Of_FiftyThousandFields_ListsAFewAndCountsTheRest()
    {
        FieldInfo[] many = [.. Enumerable.Range(0, 50_000).Select(i => new FieldInfo($"f{i:D5}", FieldType.Long, 1))];

        FieldGroups groups = FieldGroups.Of(many, [], [], "");

        Assert.Equal(FieldGroups.MaxAvailable, groups.Available.Count);
        Assert.Equal(50_000 - FieldGroups.MaxAvailable, groups.Hidden);
    }

    [Fact]
    public void Of_Pinned_AreOnTopAndNowhereElse()
    {
        FieldGroups groups = FieldGroups.Of(Fields, ["message"], ["zeta", "message", "gone"], "");

        Assert.Equal(["gone", "message", "zeta"], groups.Pinned.Select(f => f.Name));
        Assert.Equal([0, 5, 5], groups.Pinned.Select(f => f.Events));
        Assert.Empty(groups.Selected);
        Assert.Equal(["alpha"], groups.Available.Select(f => f.Name));
    }
}
