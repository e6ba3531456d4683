using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Discover.Events;
using LogView.Client.Discover.Rows;
using LogView.Client.Shared;

namespace LogView.Client.Discover.Run;

/// <summary>
/// Finds the next row of level error or above, wherever it is: among the rows that are here, or else by asking the store for such an event and then for its place. Sorted by
/// anything but the time an event does not tell its place: then rows are read on the way, so many at most.
/// </summary>
/// <param name="search">Whose rows.</param>
/// <param name="plan">Of the run.</param>
/// <param name="ask">Asks the store; null when that was cancelled.</param>
internal sealed class ErrorJump(DiscoverSearch search, RunPlan plan, Func<SearchRequest, Task<SearchOutcome?>> ask)
{
    /// <summary>Rows read on the way where the time does not tell the place.</summary>
    public const int MostRead = 20_000;

    /// <summary>Events of level error or above asked for at once.</summary>
    private const int Candidates = 200;

    /// <summary>Times more are asked for: as many events may stand at one instant before the one that is looked for.</summary>
    private const int MostPages = 25;

    private static readonly string[] Levels = [.. Severities.Names.Where(n => LevelColors.IsError(Severities.Parse(n)))];

    private LoadedRows Rows => search.View.Rows;

    public async Task<FoundError> FindAsync(int selected, bool forward)
    {
        int step = forward ? 1 : -1;
        int found = RowMoves.ToError(Rows, selected, forward);
        int next = selected < 0 && !forward ? Rows.Total - 1 : selected + step;
        if (found >= 0)
        {
            return new FoundError(found, IsKnown: true);
        }

        while (Rows[next] is not null)
        {
            next += step;
        }

        return next < 0 || next >= Rows.Total ? new FoundError(null, IsKnown: true)
            : plan.State.Sort.IsByTime ? await AskAsync(next, step)
            : await ReadAsync(next, step);
    }

    private async Task<FoundError> AskAsync(int next, int step)
    {
        Timestamp? from = plan.From, to = plan.To;
        SortOrder order = (plan.State.Sort.Order == SortOrder.Desc) == step > 0 ? SortOrder.Desc : SortOrder.Asc;
        LogEvent? last = Rows[next - step]?.Event;
        if (last is not null)
        {
            from = order == SortOrder.Desc ? from : last.Timestamp;
            to = order == SortOrder.Desc ? new Timestamp(last.Timestamp.UnixNanoseconds + 1) : to;
        }

        string? cursor = null;
        for (int page = 0; page < MostPages; page++)
        {
            SearchOutcome? outcome = await ask(plan.EventsOf(Levels, from, to, order, cursor, Candidates));
            foreach (Hit hit in outcome?.Result?.Hits ?? [])
            {
                // Thousands of events may have one time: only of one beyond the row is the place worth reading for.
                if (IsBeyond(hit.Event, last, order) && await PlaceAsync(hit) is { } place && (step > 0 ? place >= next : place <= next))
                {
                    return new FoundError(place, IsKnown: true);
                }
            }

            cursor = outcome?.Result?.Next;
            if (cursor is null)
            {
                return new FoundError(null, IsKnown: outcome?.Result is not null);
            }
        }

        return new FoundError(null, IsKnown: false);
    }

    /// <param name="found">An event.</param>
    /// <param name="last">Where the search began; null: at an end.</param>
    /// <param name="order">In which events are asked for.</param>
    private static bool IsBeyond(LogEvent found, LogEvent? last, SortOrder order)
    {
        if (last is null)
        {
            return true;
        }

        int comparison = (found.Timestamp, found.Sequence).CompareTo((last.Timestamp, last.Sequence));
        return order == SortOrder.Desc ? comparison <= 0 : comparison >= 0;
    }

    /// <summary>Null for an event that is not of level error, or no row: it came after the run.</summary>
    private async Task<int?> PlaceAsync(Hit hit)
    {
        if (!LevelColors.IsError(Severities.Parse(hit.Fields.First("log.level").ToString())))
        {
            return null;
        }

        if (Rows.IndexOf(hit) is >= 0 and var here)
        {
            return here;
        }

        int? start = await search.FindRowAsync(hit.Event.Timestamp);
        for (int read = 0; start is { } at && at < Rows.Total && read < MostRead; read += RowLimits.PageSize, start = at + RowLimits.PageSize)
        {
            await search.ShowRowsAsync(at, RowLimits.PageSize);
            if (Rows.IndexOf(hit) is >= 0 and var place)
            {
                return place;
            }

            if (Rows[Math.Min(at + RowLimits.PageSize, Rows.Total) - 1] is not { } last || IsBehind(last, hit))
            {
                return null;
            }
        }

        return null;
    }

    private bool IsBehind(Hit row, Hit hit) =>
        plan.State.Sort.Order == SortOrder.Desc ? row.Event.Timestamp < hit.Event.Timestamp : row.Event.Timestamp > hit.Event.Timestamp;

    private async Task<FoundError> ReadAsync(int next, int step)
    {
        for (int read = 0; read < MostRead; read += RowLimits.PageSize)
        {
            int first = step > 0 ? next : Math.Max(0, next - RowLimits.PageSize + 1);
            await search.ShowRowsAsync(first, RowLimits.PageSize);
            if (Rows[next] is null)
            {
                return new FoundError(null, IsKnown: false);
            }

            if (RowMoves.ToError(Rows, next - step, step > 0) is >= 0 and var found)
            {
                return new FoundError(found, IsKnown: true);
            }

            while (Rows[next] is not null)
            {
                next += step;
            }

            if (next < 0 || next >= Rows.Total)
            {
                return new FoundError(null, IsKnown: true);
            }
        }

        return new FoundError(null, IsKnown: false);
    }
}

/// <param name="Position">Of the row; null: none was found.</param>
/// <param name="IsKnown">False: it could not be found out whether there is one.</param>
public readonly record struct FoundError(int? Position, bool IsKnown);
