using LogView.Client.Contracts.Search;
using LogView.Client.Discover.Events;
using LogView.Client.Discover.Rows;
using LogView.Tests.Testing;

namespace LogView.Tests.Discover.Events;

public class RowMovesTests
{
    private static readonly Hit[] Hits = [SomeHit.Of(0), SomeHit.Of(1, level: "error"), SomeHit.Of(2), SomeHit.Of(3, level: "fatal"), SomeHit.Of(4, level: "warn")];

    [Theory]
    [InlineData(1, 2, 3)]
    [InlineData(-1, 0, 0)]
    [InlineData(1, 4, 4)]
    [InlineData(1_000_000_000, 2, 4)]
    [InlineData(-1_000_000_000, 2, 0)]
    [InlineData(1, -1, 2)]
    public void By_Rows_StaysInTheList(int rows, int selected, int expected) => Assert.Equal(expected, RowMoves.By(rows, selected, firstVisible: 2, Hits.Length));

    [Fact]
    public void By_EmptyList_SelectsNothing() => Assert.Equal(-1, RowMoves.By(1, -1, 0, 0));

    [Theory]
    [InlineData(-1, true, 1)]
    [InlineData(1, true, 3)]
    [InlineData(3, true, -1)]
    [InlineData(3, false, 1)]
    [InlineData(-1, false, 3)]
    public void ToError_FromHere_FindsErrorAndFatal(int selected, bool forward, int expected) => Assert.Equal(expected, RowMoves.ToError(LoadedRows.Of(Hits), selected, forward));

    [Fact]
    public void IndexOf_SameEventOfANewerRun_IsFoundByItsId()
    {
        Assert.Equal(2, LoadedRows.Of(Hits).IndexOf(SomeHit.Of(2)));
        Assert.Equal(-1, LoadedRows.Of(Hits).IndexOf(SomeHit.Of(77)));
        Assert.Equal(-1, LoadedRows.Of(Hits).IndexOf(null));
    }
}
