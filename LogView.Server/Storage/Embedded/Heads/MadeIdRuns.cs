using System.Runtime.InteropServices;

namespace LogView.Server.Storage.Embedded.Heads;

/// <summary>
/// Which event has which id that LogView made: ids that follow each other and belong to events that do are one run. They come nearly in order, so that a run
/// is added at the end or close to it. Safe for concurrent use; one writer.
/// </summary>
internal sealed class MadeIdRuns
{
    private readonly Lock _sync = new();

    /// <summary>Ascending by their first id.</summary>
    private readonly List<Run> _runs = [];

    /// <summary>The run that the event added last belongs to; -1: none.</summary>
    private int _last = -1;

    public long Memory
    {
        get
        {
            lock (_sync)
            {
                return (long)_runs.Capacity * System.Runtime.CompilerServices.Unsafe.SizeOf<Run>();
            }
        }
    }

    public void Add(int doc, UInt128 id)
    {
        lock (_sync)
        {
            if (_last >= 0)
            {
                ref Run last = ref CollectionsMarshal.AsSpan(_runs)[_last];
                if (id == last.First + (UInt128)last.Count && doc == last.Doc + last.Count)
                {
                    last = last with { Count = last.Count + 1 };
                    return;
                }
            }

            _last = After(id);
            _runs.Insert(_last, new Run(id, doc, 1));
        }
    }

    /// <summary>The event; -1: none has the id.</summary>
    public int Find(UInt128 id)
    {
        lock (_sync)
        {
            int at = After(id) - 1;
            return at >= 0 && _runs[at] is var run && id - run.First < (UInt128)run.Count ? run.Doc + (int)(id - run.First) : -1;
        }
    }

    /// <summary>Forgets the events from <paramref name="doc"/> on.</summary>
    public void Truncate(int doc)
    {
        lock (_sync)
        {
            _runs.RemoveAll(r => r.Doc >= doc);
            foreach (ref Run run in CollectionsMarshal.AsSpan(_runs))
            {
                run = run with { Count = Math.Min(run.Count, doc - run.Doc) };
            }

            _last = -1;
        }
    }

    /// <summary>The place behind the last run that begins at the id or before it.</summary>
    private int After(UInt128 id)
    {
        if (_runs.Count == 0 || _runs[^1].First <= id)
        {
            return _runs.Count;
        }

        int low = 0, high = _runs.Count;
        while (low < high)
        {
            int middle = (int)((uint)(low + high) >> 1);
            if (_runs[middle].First <= id)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <param name="First">Id of the first event.</param>
    /// <param name="Doc">The first event.</param>
    /// <param name="Count">Events.</param>
    private readonly record struct Run(UInt128 First, int Doc, int Count);
}
