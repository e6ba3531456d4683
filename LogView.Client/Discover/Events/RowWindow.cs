using LogView.Client.Discover.Lines;
using LogView.Client.Discover.Rows;

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

    /// <summary>
    /// Rows read for one screen below the one on top of it, however many its lines fold. With those above it they are fewer than are held (<see cref="RowLimits.MaxHeld"/>),
    /// else rows would be let go of and read again without end.
    /// </summary>
    public const int MostBelow = 4_000;

    /// <summary>The same above.</summary>
    public const int MostAbove = 1_000;

    public int End => First + Count;

    /// <summary>The window for rows on screen.</summary>
    /// <param name="firstVisible">First row on screen; may be past the end after the list got shorter.</param>
    /// <param name="visible">Rows on screen.</param>
    /// <param name="total">Rows there are.</param>
    /// <param name="margin">Rows above and below.</param>
    public static RowWindow Around(int firstVisible, int visible, int total, int margin = Margin)
    {
        int shown = Math.Clamp(visible, 1, MaxVisible);
        int first = Math.Clamp(firstVisible, 0, Math.Max(0, total - shown));
        int from = Math.Max(0, first - margin);
        return new RowWindow(from, Math.Min(total, first + shown + margin) - from);
    }

    /// <summary>The rows that these lines show.</summary>
    /// <param name="lines">What lines show.</param>
    /// <param name="top">The line on top of the screen.</param>
    public RowWindow Rows(TableLines lines, int top)
    {
        int seen = lines[top].Position;
        int from = Math.Max(lines[First].Position, seen - MostAbove);
        TableLine last = lines[Math.Max(First, End - 1)];
        return new RowWindow(from, Math.Max(0, Math.Min(last.Position + Math.Max(1, last.Rows), seen + MostBelow) - from));
    }
}
