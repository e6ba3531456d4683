using CsCheck;
using LogView.Client.Discover.Events;
using LogView.Tests.Testing;

namespace LogView.Tests.Discover.Events;

public class RowWindowTests
{
    [Theory]
    [InlineData(0, 30, 1_000, 0, 70)]
    [InlineData(500, 30, 1_000, 460, 110)]
    [InlineData(990, 30, 1_000, 930, 70)]
    [InlineData(0, 30, 10, 0, 10)]
    [InlineData(5, 30, 0, 0, 0)]
    public void Around_Place_HasTheScreenAndAMargin(int first, int visible, int total, int from, int count) =>
        Assert.Equal(new RowWindow(from, count), RowWindow.Around(first, visible, total));

    [Fact]
    public void Around_AnyNumbers_IsInsideTheListAndBounded() => Gen.Select(Gen.Int, Gen.Int, Gen.Int[0, 2_000_000]).Sample(
        (first, visible, total) => RowWindow.Around(first, visible, total) is var w
            && w.First >= 0 && w.Count >= 0 && w.End <= total && w.Count <= RowWindow.MaxVisible + 2 * RowWindow.Margin,
        seed: Seed.Value);
}
