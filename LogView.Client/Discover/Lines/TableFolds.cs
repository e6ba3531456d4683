using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Discover.Rows;

namespace LogView.Client.Discover.Lines;

/// <summary>Which runs are folded, and the lines that come of it. One per page; one thread at a time.</summary>
internal sealed class TableFolds
{
    /// <summary>Events whose runs were unfolded. Who unfolds more finds the first ones folded again.</summary>
    private const int MostUnfolded = 20 * RowRun.Most;

    private readonly RunFinder _finder = new();
    private readonly HashSet<(DataStreamName, EventId)> _unfolded = [];
    private IReadOnlyList<RowRun> _runs = [];
    private (LoadedRows? Rows, bool IsFolding, InsertedLines? Inserted) _made;

    public TableLines Lines { get; private set; } = TableLines.Plain(0);

    /// <summary>Brings the lines up to date.</summary>
    /// <param name="rows">What is known of the rows.</param>
    /// <param name="isFolding">False: each row has its line.</param>
    /// <param name="inserted">Lines around a row, which then is in no run; null: none.</param>
    public void Make(LoadedRows rows, bool isFolding, InsertedLines? inserted = null)
    {
        if (ReferenceEquals(_made.Rows, rows) && _made.IsFolding == isFolding && _made.Inserted == inserted)
        {
            return;
        }

        _made = (rows, isFolding, inserted);
        if (!isFolding)
        {
            _unfolded.Clear();
        }

        _runs = isFolding ? _finder.Find(rows, h => _unfolded.Count > 0 && _unfolded.Contains(Key(h)), inserted?.Position ?? -1) : [];
        Lines = TableLines.Of(rows.Total, _runs, inserted);
    }

    /// <summary>Shows each row of the run that a row is in, or folds them again.</summary>
    public void Toggle(int position)
    {
        if (_made.Rows is not { } rows || _runs.FirstOrDefault(r => position >= r.Start && position < r.End) is not { } run)
        {
            return;
        }

        if (!run.IsUnfolded && _unfolded.Count > MostUnfolded)
        {
            _unfolded.Clear();
        }

        foreach (Hit hit in Enumerable.Range(run.Start, run.Count).Select(p => rows[p]).OfType<Hit>())
        {
            _ = run.IsUnfolded ? _unfolded.Remove(Key(hit)) : _unfolded.Add(Key(hit));
        }

        _made.Rows = null;
        Make(rows, _made.IsFolding, _made.Inserted);
    }

    private static (DataStreamName, EventId) Key(Hit hit) => (hit.Event.DataStream, hit.Event.Id);
}
