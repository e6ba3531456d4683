using LogView.Client.Contracts.Search;
using LogView.Client.Discover.Lines;
using LogView.Client.Discover.Rows;
using LogView.Tests.Testing;

namespace LogView.Tests.Discover.Lines;

public class TableFoldsTests
{
    private readonly TableFolds _folds = new();

    [Fact]
    public void Lines_RowsOfOnePatternAndLevel_AreOne()
    {
        Hit[] hits =
        [
            SomeHit.Of(0, "took 12 ms"), SomeHit.Of(1, "took 7 ms"), SomeHit.Of(2, "took 9 ms"), SomeHit.Of(3, "took 9 ms", "warn"), SomeHit.Of(4, "done"), SomeHit.Of(5, "took 3 ms"),
            SomeHit.Of(6, null), SomeHit.Of(7, null),
        ];

        _folds.Make(LoadedRows.Of(hits), isFolding: true);

        Assert.Equal([(0, 3), (3, 1), (4, 1), (5, 1), (6, 1), (7, 1)], Shown());
        Assert.False(_folds.Lines[0].Run!.MayGoOn);
    }

    [Fact]
    public void Lines_WithoutFolding_AreTheRows()
    {
        _folds.Make(LoadedRows.Of([SomeHit.Of(0), SomeHit.Of(1)]), isFolding: false);

        Assert.Equal([(0, 1), (1, 1)], Shown());
    }

    [Fact]
    public void Lines_BesideRowsThatAreNotRead_CountThoseThatAreAndSaySo()
    {
        LoadedRows rows = new(5, [new RowBlock(2, [SomeHit.Of(2), SomeHit.Of(3)])]);

        _folds.Make(rows, isFolding: true);

        Assert.Equal([(0, 1), (1, 1), (2, 2), (4, 1)], Shown());
        Assert.True(_folds.Lines[2].Run!.MayGoOn);
    }

    [Fact]
    public void Lines_BlocksThatTouch_FoldAcrossThem()
    {
        LoadedRows rows = new(4, [new RowBlock(0, [SomeHit.Of(0), SomeHit.Of(1)]), new RowBlock(2, [SomeHit.Of(2)]), new RowBlock(3, [SomeHit.Of(3)])]);

        _folds.Make(rows, isFolding: true);

        Assert.Equal([(0, 4)], Shown());
    }

    [Fact]
    public void Lines_OneThingOverAndOver_EndsARunAtARoundPosition()
    {
        _folds.Make(LoadedRows.Of([.. Enumerable.Range(0, 1_100).Select(i => SomeHit.Of(i))]), isFolding: true);

        Assert.Equal([(0, 500), (500, 500), (1_000, 100)], Shown());
        Assert.All(Enumerable.Range(0, 3), i => Assert.False(_folds.Lines[i].Run!.MayGoOn));
    }

    [Fact]
    public void Toggle_Run_ShowsItsRowsUntilTheNext()
    {
        LoadedRows rows = LoadedRows.Of([SomeHit.Of(0), SomeHit.Of(1), SomeHit.Of(2, "other")]);
        _folds.Make(rows, isFolding: true);

        _folds.Toggle(1);
        Assert.Equal([(0, 1), (1, 1), (2, 1)], Shown());
        _folds.Make(rows with { Total = 4 }, isFolding: true);
        Assert.Equal([(0, 1), (1, 1), (2, 1), (3, 1)], Shown());
        _folds.Toggle(0);
        Assert.Equal([(0, 2), (2, 1), (3, 1)], Shown());
        _folds.Toggle(77);
    }

    private IEnumerable<(int, int)> Shown() => Enumerable.Range(0, _folds.Lines.Count).Select(i => (_folds.Lines[i].Position, _folds.Lines[i].Rows));
}
