namespace LogView.Client.Discover.Events;

/// <summary>Which rows are drawn: those on screen and a margin, so that the page has the same few rows however many there are.</summary>
/// <param name="First">Index of the first row drawn.</param>
/// <param name="Count">Rows drawn.</param>
public readonly record struct RowWindow(int First, int Count)
{
    /// <summary>Rows drawn above and below the screen: two round trips of fast scrolling.</summary>
    public const int Margin = 40;

    /// <summary>Rows of the tallest screen in its smallest rows; also bounds what a browser may ask for.</summary>
    public const int MaxVisible = 200;

    public int End => First + Count;

    /// <summary>The window for rows on screen.</summary>
    /// <param name="firstVisible">First row on screen; may be past the end after the list got shorter.</param>
    /// <param name="visible">Rows on screen.</param>
    /// <param name="total">Rows there are.</param>
    public static RowWindow Around(int firstVisible, int visible, int total)
    {
        int shown = Math.Clamp(visible, 1, MaxVisible);
        int first = Math.Clamp(firstVisible, 0, Math.Max(0, total - shown));
        int from = Math.Max(0, first - Margin);
        return new RowWindow(from, Math.Min(total, first + shown + Margin) - from);
    }
}
