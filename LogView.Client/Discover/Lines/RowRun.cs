namespace LogView.Client.Discover.Lines;

/// <summary>Rows one after the other that say the same: one level, one pattern of the message.</summary>
/// <param name="Start">Position of the first.</param>
/// <param name="Count">How many, at least 2.</param>
/// <param name="MayGoOn">The row before or behind them is not read yet, so there may be more.</param>
/// <param name="IsUnfolded">Somebody wants to see each of them.</param>
public sealed record RowRun(int Start, int Count, bool MayGoOn, bool IsUnfolded)
{
    /// <summary>
    /// Rows of one run: a run ends where the position is a multiple of it. Without an end, a result that says one thing a million times would have to be read whole to fill a screen.
    /// </summary>
    public const int Most = 500;

    public int End => Start + Count;
}
