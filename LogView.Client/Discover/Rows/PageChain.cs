using LogView.Client.Contracts.Search;

namespace LogView.Client.Discover.Rows;

/// <summary>
/// The pages of one stretch as they were read, each behind the one before it: known from the stretch's first row on. A page keeps its place when its hits are let go of,
/// so that it can be read again. Not for concurrent use.
/// </summary>
internal sealed class PageChain
{
    private readonly List<ReadPage> _pages = [];

    /// <summary>Rows passed over at once; fewer when there turned out to be fewer than were counted.</summary>
    private int _mostPassed = SearchRequest.MaxSkip;

    public IReadOnlyList<ReadPage> Pages => _pages;

    /// <summary>Rows whose place is known.</summary>
    public int End => _pages.Count == 0 ? 0 : _pages[^1].Offset + _pages[^1].Count;

    /// <summary>Nothing comes behind the last page.</summary>
    public bool IsComplete => _pages is [.., { After: null }];

    /// <summary>The page that has the row; null when that is not known yet.</summary>
    public ReadPage? At(int offset) => _pages.Find(p => offset >= p.Offset && offset < p.Offset + p.Count);

    /// <summary>
    /// From where to read so that the row comes, and how many: the row's page, or how many to pass over on the way to it. Null: there is no such row.
    /// </summary>
    public PageRead? ToReach(int offset)
    {
        ReadPage? known = At(offset);
        if (known is null && IsComplete)
        {
            return null;
        }

        int start = known?.Offset ?? End;
        int gap = offset - start;
        bool isPassed = gap >= RowLimits.PageSize && _mostPassed >= RowLimits.PageSize;
        int size = isPassed ? Math.Min(gap, _mostPassed) : RowLimits.PageSize;
        string? cursor = known is null ? _pages.Count == 0 ? null : _pages[^1].After : known.Before;
        return new PageRead(start, cursor, known is null ? size : Math.Min(size, known.Count), IsKept: !isPassed);
    }

    /// <summary>Takes in that so many rows were passed over.</summary>
    /// <param name="read">As it was asked for.</param>
    /// <param name="isThere">The last of them is there; false: there are fewer.</param>
    /// <param name="next">Cursor behind it.</param>
    public void Pass(PageRead read, bool isThere, string? next)
    {
        if (isThere)
        {
            Put(read, read.Size, next, hits: null);
        }
        else
        {
            // The store has fewer rows than it counted (retention): the end is found by smaller steps.
            _mostPassed = read.Size / 2;
        }
    }

    /// <summary>
    /// Takes in what came. When the store has other rows at that place by now (late events, retention), what was known behind it is forgotten: it is read anew from there,
    /// so that no row comes twice and none is missed.
    /// </summary>
    public void Put(PageRead read, IReadOnlyList<Hit> hits, string? next) => Put(read, hits.Count, next, hits);

    /// <summary>Lets go of a page's hits, not of its place.</summary>
    public void Release(ReadPage page) => _pages[_pages.IndexOf(page)] = page with { Hits = null };

    /// <summary>Adds a page behind the last one: of a stretch that was divided.</summary>
    public void Add(string? before, string? after, IReadOnlyList<Hit> hits) => _pages.Add(new ReadPage(End, hits.Count, before, after, hits));

    /// <summary>Nothing comes behind what was read.</summary>
    public void Close()
    {
        if (_pages.Count == 0)
        {
            Add(null, null, []);
        }
        else
        {
            _pages[^1] = _pages[^1] with { After = null };
        }
    }

    private void Put(PageRead read, int count, string? next, IReadOnlyList<Hit>? hits)
    {
        int at = _pages.FindIndex(p => p.Offset == read.Offset);
        ReadPage? known = at < 0 ? null : _pages[at];
        var page = new ReadPage(read.Offset, count, read.Cursor, count == 0 ? null : next, hits);
        if (known is null)
        {
            _pages.Add(page);
        }
        else if (known.Count > count && page.After is not null)
        {
            _pages[at] = page;
            _pages.Insert(at + 1, new ReadPage(read.Offset + count, known.Count - count, page.After, known.After, null));
        }
        else
        {
            _pages[at] = page;
            if (known.Count != page.Count || !string.Equals(known.After, page.After, StringComparison.Ordinal))
            {
                _pages.RemoveRange(at + 1, _pages.Count - at - 1);
            }
        }
    }
}

/// <param name="Offset">Of its first row in the stretch.</param>
/// <param name="Count">Its rows.</param>
/// <param name="Before">Cursor behind the row before it; null: it begins the stretch.</param>
/// <param name="After">Cursor behind its last row; null: it ends the stretch.</param>
/// <param name="Hits">Null when they were let go of.</param>
internal sealed record ReadPage(int Offset, int Count, string? Before, string? After, IReadOnlyList<Hit>? Hits);

/// <param name="Offset">Of the first row in the stretch.</param>
/// <param name="Cursor">To read behind; null: from the stretch's start.</param>
/// <param name="Size">Rows.</param>
/// <param name="IsKept">False: rows on the way, to be passed over.</param>
internal sealed record PageRead(int Offset, string? Cursor, int Size, bool IsKept);
