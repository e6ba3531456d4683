using LogView.Client.Contracts.Events;
using LogView.Client.Discover.Lines;
using LogView.Client.Discover.Rows;
using LogView.Client.Shared;

namespace LogView.Client.Discover.Events;

/// <summary>Where the selection goes. -1 is no selection.</summary>
public static class RowMoves
{
    /// <summary>The row so many away, kept inside the list; the first row on screen when nothing is selected. Rows that are folded into one line count as one.</summary>
    public static int By(int rows, int selected, int firstVisible, int total, TableLines? lines = null)
    {
        if (total == 0)
        {
            return -1;
        }

        if (selected < 0 && Math.Abs(rows) == 1)
        {
            return Math.Clamp(firstVisible, 0, total - 1);
        }

        lines ??= TableLines.Plain(total);
        int step = Math.Sign(rows), line = (int)Math.Clamp(lines.LineOf(Math.Max(selected, 0)) + (long)rows, 0, lines.Count - 1);
        while (lines[line].Rows == 0 && line + step >= 0 && line + step < lines.Count)
        {
            // Lines around a row are passed.
            line += step;
        }

        return lines[line].Rows == 0 ? Math.Max(selected, 0) : lines[line].Position;
    }

    /// <summary>The next row of level error or fatal after the selected one (or before it); -1 when there is none among those that are here.</summary>
    public static int ToError(LoadedRows rows, int selected, bool forward)
    {
        int step = forward ? 1 : -1;
        for (int i = selected < 0 && !forward ? rows.Total - 1 : selected + step; rows[i] is { } hit; i += step)
        {
            if (LevelColors.IsError(Severities.Parse(hit.Fields.First("log.level").ToString())))
            {
                return i;
            }
        }

        return -1;
    }
}
