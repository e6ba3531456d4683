using CsCheck;
using LogView.Client.Discover.Events;
using LogView.Client.Discover.Lines;
using LogView.Tests.Testing;

namespace LogView.Tests.Discover.Lines;

public class TableLinesTests
{
    /// <summary>Lengths of what follows each other (1: a row, 2 and more: a run), whether a run is folded, and lines around a row that stands alone.</summary>
    private static readonly Gen<((int Length, bool IsFolded)[] Rows, int Around, int Above, int Below)> Tables =
        Gen.Select(Gen.Select(Gen.Int[1, 4], Gen.Bool).Array[0, 12], Gen.Int[-1, 11], Gen.Int[0, 3], Gen.Int[0, 3]);

    [Fact]
    public void Lines_AnyRuns_AreThoseOfAPlainList() => Tables.Sample(table =>
    {
        List<RowRun> runs = [];
        List<(int Position, int Rows, int Inserted)> expected = [];
        InsertedLines? inserted = null;
        int position = 0;
        for (int i = 0; i < table.Rows.Length; i++)
        {
            (int length, bool isFolded) = table.Rows[i];
            int at = position;
            if (length > 1)
            {
                runs.Add(new RowRun(at, length, MayGoOn: false, IsUnfolded: !isFolded));
            }

            if (length == 1 && i == table.Around)
            {
                inserted = new InsertedLines(at, table.Above, table.Below);
                expected.AddRange(Enumerable.Range(0, table.Above).Select(k => (at, 0, k)));
                expected.Add((at, 1, -1));
                expected.AddRange(Enumerable.Range(table.Above, table.Below).Select(k => (at, 0, k)));
            }
            else
            {
                expected.AddRange(length > 1 && isFolded ? [(at, length, -1)] : Enumerable.Range(at, length).Select(p => (p, 1, -1)));
            }

            position += length;
        }

        var lines = TableLines.Of(position, runs, inserted);

        Assert.Equal(expected, Enumerable.Range(0, lines.Count).Select(i => (lines[i].Position, lines[i].Rows, lines[i].Inserted)));
        Assert.All(Enumerable.Range(0, position), p =>
        {
            int line = lines.LineOf(p);
            Assert.InRange(p, lines[line].Position, lines[line].Position + lines[line].Rows - 1);
        });
    }, seed: Seed.Value);

    [Fact]
    public void Lines_OutsideOfTheTable_GoOn()
    {
        var lines = TableLines.Of(10, [new RowRun(2, 5, MayGoOn: false, IsUnfolded: false)], inserted: null);

        Assert.Equal(6, lines.Count);
        Assert.Equal(11, lines[7].Position);
        Assert.Equal(7, lines.LineOf(11));
        Assert.Equal(6, lines.LastOf(3));
        Assert.Equal(-1, lines.LastOf(-1));
    }

    [Fact]
    public void Rows_OfAScreenOfLongRuns_AreFewerThanAreHeld()
    {
        RowRun[] runs = [.. Enumerable.Range(0, 200).Select(i => new RowRun(i * 500, 500, MayGoOn: false, IsUnfolded: false))];
        var lines = TableLines.Of(100_000, runs, inserted: null);

        Assert.Equal(new RowWindow(49_000, 5_000), RowWindow.Around(100, 30, lines.Count).Rows(lines, top: 100));
        Assert.Equal(new RowWindow(60, 110), RowWindow.Around(100, 30, 1_000).Rows(TableLines.Plain(1_000), top: 100));
    }
}
