using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Shared;

namespace LogView.Client.Discover.Events;

/// <summary>Where the selection goes. -1 is no selection.</summary>
public static class RowMoves
{
    /// <summary>The row so many away, kept inside the list; the first row on screen when nothing is selected.</summary>
    public static int By(int rows, int selected, int firstVisible, int total)
    {
        if (total == 0)
        {
            return -1;
        }

        return selected < 0 && Math.Abs(rows) == 1 ? Math.Clamp(firstVisible, 0, total - 1) : (int)Math.Clamp(Math.Max(selected, 0) + (long)rows, 0, total - 1);
    }

    /// <summary>The next row of level error or fatal after the selected one (or before it); -1 when there is none among the loaded.</summary>
    public static int ToError(IReadOnlyList<Hit> hits, int selected, bool forward)
    {
        int step = forward ? 1 : -1;
        for (int i = selected < 0 && !forward ? hits.Count - 1 : selected + step; i >= 0 && i < hits.Count; i += step)
        {
            if (LevelColors.IsError(Severities.Parse(hits[i].Fields.First("log.level").ToString())))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Where an event stands now; -1 when it is not in the list.</summary>
    public static int IndexOf(IReadOnlyList<Hit> hits, Hit? hit)
    {
        for (int i = 0; hit is not null && i < hits.Count; i++)
        {
            if (ReferenceEquals(hits[i], hit) || (hits[i].Event.Id == hit.Event.Id && hits[i].Event.DataStream == hit.Event.DataStream))
            {
                return i;
            }
        }

        return -1;
    }
}
