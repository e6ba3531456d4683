using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Time;

namespace LogView.Client.Discover.Rows;

/// <summary>
/// Which rows are at which positions of a result, however long. The result is cut into stretches of time, whose counts tell where each begins, so that a position is reached without
/// reading the rows before it; within a stretch rows are read page by page behind cursors. Stretches do not overlap and pages follow each other: no row comes twice, none is missed. Counts only
/// place the stretches, and are replaced by what was read. Sorted by anything but the time, the result is one stretch, and rows on the way are passed over
/// by the store without being read.
/// Safe for concurrent use.
/// </summary>
/// <param name="sort">Of the result.</param>
/// <param name="from">Start of the result's window; null: open.</param>
/// <param name="to">End of the result's window; null: open.</param>
internal sealed class RowBook(SortField sort, Timestamp? from, Timestamp? to)
{
    private readonly Lock _lock = new();
    private readonly bool _isByTime = sort.IsByTime;
    private readonly bool _isDescending = sort.Order == SortOrder.Desc;
    private List<Stretch> _stretches = [];
    private (long Total, IReadOnlyList<(TimeRange Range, long Count)> Buckets)? _counts;

    /// <summary>The first rows of all; replaces what was there. What is newer than the newest of them came after the search began and is not of it.</summary>
    public void Begin(IReadOnlyList<Hit> hits, string? next)
    {
        lock (_lock)
        {
            Timestamp? end = _isByTime && _isDescending && hits.Count > 0 ? new Timestamp(hits[0].Event.Timestamp.UnixNanoseconds + 1) : to;
            var whole = new Stretch(from, end, counted: null) { IsDivisible = _isByTime };
            whole.Chain.Put(new PageRead(0, Cursor: null, RowLimits.PageSize, IsKept: true), hits, next);
            _stretches = [whole];
            Place();
        }
    }

    /// <summary>All rows were counted.</summary>
    /// <param name="total">All of them.</param>
    /// <param name="buckets">Over time, ascending; covering all.</param>
    public void Counted(long total, IReadOnlyList<(TimeRange Range, long Count)> buckets)
    {
        lock (_lock)
        {
            _counts = (total, buckets);
            Place();
        }
    }

    /// <summary>What to ask next so that these rows come; null when they are here.</summary>
    public RowTask? Next(int first, int count)
    {
        lock (_lock)
        {
            int position = Math.Max(0, first), end = first + count, start = 0;
            foreach (Stretch stretch in _stretches)
            {
                int offset = Math.Max(0, position - start);
                while (offset < stretch.Count && start + offset < end)
                {
                    if (stretch.Chain.At(offset) is not { Hits: not null } page)
                    {
                        return TaskFor(stretch, offset, start + offset);
                    }

                    offset = page.Offset + page.Count;
                }

                start += stretch.Count;
                if (start >= end)
                {
                    return null;
                }
            }

            return null;
        }
    }

    /// <summary>Where the first row at or behind an instant stands, or what to ask to find out; neither without rows.</summary>
    public (int? Position, RowTask? Task) Find(Timestamp instant)
    {
        lock (_lock)
        {
            int start = 0;
            foreach (Stretch stretch in _stretches)
            {
                if (stretch.Contains(instant))
                {
                    return Find(stretch, start, instant);
                }

                if (_isDescending ? stretch.To is { } to && to <= instant : stretch.From is { } from && from > instant)
                {
                    return (start, null);
                }

                start += stretch.Count;
            }

            return (start == 0 ? null : start - 1, null);
        }
    }

    /// <summary>Takes in rows that were asked for; of those passed over the last one.</summary>
    public void Put(RowTask task, IReadOnlyList<Hit> hits, string? next)
    {
        lock (_lock)
        {
            if (task.Read!.IsKept)
            {
                task.Stretch.Chain.Put(task.Read, hits, next);
            }
            else
            {
                task.Stretch.Chain.Pass(task.Read, isThere: hits.Count > 0, next);
            }
        }
    }

    /// <summary>Takes in counts that were asked for: the stretch is replaced by its parts.</summary>
    public void Put(RowTask task, IReadOnlyList<(TimeRange Range, long Count)> buckets)
    {
        lock (_lock)
        {
            IReadOnlyList<Stretch> parts = buckets.Count > 1 ? task.Stretch.Divide(buckets, _isDescending) : [];
            int at = _stretches.IndexOf(task.Stretch);
            if (parts.Count < 2 || at < 0)
            {
                task.Stretch.IsDivisible = false;
                return;
            }

            _stretches = [.. _stretches.Take(at), .. parts, .. _stretches.Skip(at + 1)];
        }
    }

    /// <summary>What is known now. Rows far from those on screen are let go of.</summary>
    public LoadedRows Take(int first, int count)
    {
        lock (_lock)
        {
            Trim(first + count / 2);
            List<RowBlock> blocks = [];
            long start = 0;
            foreach (Stretch stretch in _stretches)
            {
                blocks.AddRange(stretch.Chain.Pages.Where(p => p.Hits is { Count: > 0 }).Select(p => new RowBlock((int)Math.Min(int.MaxValue, start + p.Offset), p.Hits!)));
                start += stretch.Count;
            }

            return new LoadedRows((int)Math.Min(int.MaxValue, start), blocks, _stretches.TrueForAll(s => s.IsCounted));
        }
    }

    /// <summary>Where a stretch of time stands among the rows, for a scale: the time of a position, and how far it is between the stretches.</summary>
    public Timestamp? TimeAt(int position)
    {
        lock (_lock)
        {
            int start = 0;
            foreach (Stretch stretch in _stretches)
            {
                if (position < start + stretch.Count)
                {
                    return stretch.Chain.At(position - start) is { Hits: { } hits } page ? hits[position - start - page.Offset].Event.Timestamp : Between(stretch, position - start);
                }

                start += stretch.Count;
            }

            return null;
        }
    }

    /// <summary>As if its rows were spread evenly.</summary>
    private Timestamp? Between(Stretch stretch, int offset)
    {
        if (stretch is not { From: { } from, To: { } to })
        {
            return stretch.From ?? stretch.To;
        }

        double part = (offset + .5) / stretch.Count;
        return new Timestamp(from.UnixNanoseconds + (long)((to.UnixNanoseconds - from.UnixNanoseconds) * (_isDescending ? 1 - part : part)));
    }

    private (int? Position, RowTask? Task) Find(Stretch stretch, int start, Timestamp instant)
    {
        PageChain chain = stretch.Chain;
        foreach (ReadPage page in chain.Pages)
        {
            if (page.Hits is not { } hits)
            {
                return (null, new RowTask(stretch, chain.ToReach(page.Offset), start + page.Offset));
            }

            for (int i = 0; i < hits.Count; i++)
            {
                if (_isDescending ? hits[i].Event.Timestamp <= instant : hits[i].Event.Timestamp >= instant)
                {
                    return (start + page.Offset + i, null);
                }
            }
        }

        return chain.IsComplete ? (start + chain.End, null)
            : !stretch.IsDivisible ? (start, null)
            : (null, stretch.IsCounted ? TaskFor(stretch, stretch.Count - 1, start + chain.End) : new RowTask(stretch, Read: null, start));
    }

    /// <summary>Cuts the whole at what was counted, once both are there.</summary>
    private void Place()
    {
        if (_counts is not { } counts || _stretches is not [{ IsCounted: false } whole])
        {
            return;
        }

        if (whole.IsDivisible && counts.Buckets.Count > 1)
        {
            _stretches = [.. whole.Divide(counts.Buckets, _isDescending)];
        }
        else
        {
            whole.SetCount(counts.Total);
        }
    }

    private static RowTask TaskFor(Stretch stretch, int offset, int position)
    {
        bool isFar = stretch is { IsDivisible: true, IsCounted: true } && offset - stretch.Chain.End > RowLimits.MaxStretch;
        return new RowTask(stretch, isFar ? null : stretch.Chain.ToReach(offset), position);
    }

    private void Trim(int middle)
    {
        List<(Stretch Stretch, ReadPage Page, long Distance)> held = [];
        int start = 0;
        foreach (Stretch stretch in _stretches)
        {
            foreach (ReadPage page in stretch.Chain.Pages.Where(p => p.Hits is { Count: > 0 }))
            {
                held.Add((stretch, page, Math.Abs(start + page.Offset + page.Count / 2L - middle)));
            }

            start += stretch.Count;
        }

        int rows = 0;
        foreach ((Stretch stretch, ReadPage page, _) in held.OrderBy(h => h.Distance))
        {
            rows += page.Count;
            if (rows > RowLimits.MaxHeld)
            {
                stretch.Chain.Release(page);
            }
        }
    }
}

/// <summary>What to ask the store: rows, or without <paramref name="Read"/> counts to divide the stretch by.</summary>
/// <param name="Stretch">Of which stretch.</param>
/// <param name="Read">Which rows; null: counts.</param>
/// <param name="Position">The row it is for.</param>
internal sealed record RowTask(Stretch Stretch, PageRead? Read, int Position);
