using LogView.Client.Contracts.Search;

namespace LogView.Tests.Contracts.Search;

public sealed class ChangesTests
{
    [Theory]
    [InlineData(0, 0, ChangeKind.Same)]
    [InlineData(5, 0, ChangeKind.New)]
    [InlineData(0, 5, ChangeKind.Gone)]
    [InlineData(3, 1, ChangeKind.Same)]
    [InlineData(60, 20, ChangeKind.Grown)]
    [InlineData(20, 60, ChangeKind.Shrunk)]
    [InlineData(10_500, 10_000, ChangeKind.Same)]
    [InlineData(100, 100, ChangeKind.Same)]
    public void Of_TwoCounts_TellsChangesFromChance(long count, long before, ChangeKind kind) => Assert.Equal(kind, Changes.Of(count, before));
}
