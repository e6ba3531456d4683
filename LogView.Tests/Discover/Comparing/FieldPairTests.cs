using LogView.Client.Discover.Comparing;
using LogView.Tests.Testing;

namespace LogView.Tests.Discover.Comparing;

public class FieldPairTests
{
    [Fact]
    public void Of_TwoEvents_PairsEveryFieldOfEither()
    {
        IReadOnlyList<FieldPair> pairs = FieldPair.Of(SomeHit.Of(1, "one", "info", ("a", 1)), SomeHit.Of(2, "two", "info", ("b", new[] { "x", "y" })));

        Assert.Equal("message: one|two", Text(pairs[0]));
        Assert.Equal(["message", "@timestamp", "a", "b"], pairs.Where(p => !p.IsSame).Select(p => p.Field));
        Assert.Equal("b: |x, y", Text(pairs.Single(p => p.Field is "b")));
    }

    [Fact]
    public void Of_LongValues_DifferBeyondTheCut()
    {
        string same = new('x', 5_000);

        FieldPair message = FieldPair.Of(SomeHit.Of(1, same + "a"), SomeHit.Of(2, same + "b"))[0];

        Assert.False(message.IsSame);
        Assert.True(message.Left.Length < same.Length);
    }

    private static string Text(FieldPair pair) => $"{pair.Field}: {pair.Left}|{pair.Right}";
}
