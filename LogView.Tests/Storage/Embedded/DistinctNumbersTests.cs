using LogView.Server.Storage.Embedded.Sources;

namespace LogView.Tests.Storage.Embedded;

public sealed class DistinctNumbersTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(300)]
    [InlineData(1_024)]
    public void TryAdd_UpToTheMost_KeepsEachOnce(int count)
    {
        var numbers = new DistinctNumbers(1_024);
        long[] all = [.. Enumerable.Range(0, count).Select(i => (i % 3 - 1L) * i * 1_000_000_007L)];
        long[] expected = [.. all.Distinct().Order()];

        Assert.All(all.Concat(all), n => Assert.True(numbers.TryAdd(n)));

        Assert.Equal(expected.Length, numbers.Count);
        Assert.Equal(expected, numbers.ToSorted());
    }

    [Fact]
    public void TryAdd_OneTooMany_IsFalse()
    {
        var numbers = new DistinctNumbers(most: 100);
        for (int i = 0; i < 100; i++)
        {
            Assert.True(numbers.TryAdd(i));
        }

        Assert.False(numbers.TryAdd(100));
    }
}
