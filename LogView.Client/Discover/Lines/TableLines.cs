namespace LogView.Client.Discover.Lines;

/// <summary>
/// What each line of the table shows. Most lines show one row; a folded run is one line for its rows, and lines that are not of the result may stand around a row. Rows keep
/// their positions. Immutable.
/// </summary>
public sealed class TableLines
{
    private readonly List<Part> _parts = [];
    private readonly int _total;
    private int _position;

    private TableLines(int total) => _total = total;

    /// <summary>Lines of the table.</summary>
    public int Count { get; private set; }

    /// <summary>Each row has a line of its own, and nothing else has one.</summary>
    public bool IsPlain => _parts.TrueForAll(p => p.Run is null && p.Inserted < 0);

    /// <summary>Each row in a line of its own.</summary>
    public static TableLines Plain(int total) => Of(total, [], inserted: null);

    /// <param name="total">Rows.</param>
    /// <param name="runs">By position, none overlapping.</param>
    /// <param name="inserted">Lines around a row that is in no run; null: none.</param>
    public static TableLines Of(int total, IReadOnlyList<RowRun> runs, InsertedLines? inserted)
    {
        var lines = new TableLines(total);
        InsertedLines? coming = inserted is { } i && i.Position >= 0 && i.Position < total ? inserted : null;
        foreach (RowRun run in runs)
        {
            coming = coming is { } before && before.Position < run.Start ? lines.Insert(before) : coming;
            lines.AddRows(run.Start);
            lines.Add(new Part(run.IsUnfolded ? run.Count : 1, run.Start, run.Count, run));
            lines._position = run.End;
        }

        _ = coming is { } last ? lines.Insert(last) : null;
        lines.AddRows(total);
        return lines;
    }

    /// <summary>What a line shows; one outside of the table as if the rows went on.</summary>
    public TableLine this[int line]
    {
        get
        {
            int at = Last(p => p.Line <= line);
            if (at < 0 || line >= Count)
            {
                return new TableLine(at < 0 ? line : _total + line - Count, 1, Run: null, Inserted: -1);
            }

            Part part = _parts[at];
            int offset = line - part.Line;
            return part.Inserted >= 0 ? new TableLine(part.Position, 0, Run: null, part.Inserted + offset)
                : part.IsFolded ? new TableLine(part.Position, part.Positions, part.Run, Inserted: -1)
                : new TableLine(part.Position + offset, 1, part.Run, Inserted: -1);
        }
    }

    /// <summary>The line that shows a row.</summary>
    public int LineOf(int position)
    {
        int at = Last(p => p.Position <= position);
        while (at >= 0 && _parts[at].Inserted >= 0)
        {
            at--;
        }

        if (at < 0 || position >= _total)
        {
            return at < 0 ? position : Count + position - _total;
        }

        Part part = _parts[at];
        return part.IsFolded ? part.Line : part.Line + position - part.Position;
    }

    /// <summary>The last row that a row's line shows: of a folded run its last one, otherwise the row.</summary>
    public int LastOf(int position) => this[LineOf(position)] is { Rows: > 1 } folded ? folded.Position + folded.Rows - 1 : position;

    private InsertedLines? Insert(InsertedLines inserted)
    {
        AddRows(inserted.Position);
        Add(new Part(inserted.Above, inserted.Position, 0, Run: null) { Inserted = 0 });
        AddRows(inserted.Position + 1);
        Add(new Part(inserted.Below, inserted.Position, 0, Run: null) { Inserted = inserted.Above });
        return null;
    }

    private void AddRows(int end)
    {
        Add(new Part(end - _position, _position, end - _position, Run: null));
        _position = Math.Max(_position, end);
    }

    private void Add(Part part)
    {
        if (part.Lines > 0)
        {
            _parts.Add(part with { Line = Count });
            Count += part.Lines;
        }
    }

    /// <summary>The last part of which it is true; true of the first ones only.</summary>
    private int Last(Predicate<Part> isTrue)
    {
        int low = 0, high = _parts.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = isTrue(_parts[middle]) ? (middle + 1, high) : (low, middle);
        }

        return low - 1;
    }

    private readonly record struct Part(int Lines, int Position, int Positions, RowRun? Run)
    {
        public int Line { get; init; }

        /// <summary>Of its first line among those that were inserted; -1: rows.</summary>
        public int Inserted { get; init; } = -1;

        public bool IsFolded => Run is { IsUnfolded: false };
    }
}

/// <param name="Position">Of its row, the first of them in a folded run; of an inserted line the row that it stands around.</param>
/// <param name="Rows">Rows that it shows: 0 for an inserted line, more than 1 for a folded run.</param>
/// <param name="Run">That the row is in; null: none.</param>
/// <param name="Inserted">Which of the inserted lines it is, from the top; -1: none.</param>
public readonly record struct TableLine(int Position, int Rows, RowRun? Run, int Inserted);

/// <summary>Lines that are not of the result, around a row.</summary>
/// <param name="Position">Of the row.</param>
/// <param name="Above">Lines above it.</param>
/// <param name="Below">Lines below it.</param>
public readonly record struct InsertedLines(int Position, int Above, int Below);
