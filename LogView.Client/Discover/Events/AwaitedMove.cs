using LogView.Client.Discover.Run;

namespace LogView.Client.Discover.Events;

/// <summary>
/// The last move of the selection to a row that may still have to be read. Rows that are drawn meanwhile for other reasons take nothing away
/// from it; another move does, a row that is chosen otherwise, and another search.
/// </summary>
internal sealed class AwaitedMove(DiscoverSearch search, Selection selection)
{
    /// <summary>Reads that others may cut short.</summary>
    private const int MaxReads = 4;

    private int _last;

    /// <summary>False: something else came meanwhile.</summary>
    /// <param name="index">The row; -1: there is none to go to.</param>
    /// <param name="show">Called once when the row is not here: the table goes there, and shows that it is coming.</param>
    public async Task<bool> ToAsync(int index, Func<Task> show)
    {
        int mine = ++_last, chosen = selection.Choices;
        RunPlan? plan = search.View.Plan;
        for (int read = 0; index >= 0 && read < MaxReads && IsMine() && search.View.Rows[index] is null; read++)
        {
            await (read == 0 ? show() : Task.CompletedTask);
            await search.ShowRowsAsync(index - RowWindow.Margin, 2 * RowWindow.Margin);
        }

        return IsMine();

        bool IsMine() => mine == _last && chosen == selection.Choices && ReferenceEquals(plan, search.View.Plan);
    }
}
