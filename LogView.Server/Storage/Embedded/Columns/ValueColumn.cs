using LogView.Client.Contracts.Events;
using LogView.Server.Storage.Embedded.Documents;

namespace LogView.Server.Storage.Embedded.Columns;

/// <summary>How the values of a column belong to events. Numbers are part of the format.</summary>
internal enum ColumnLayout : byte
{
    /// <summary>Entry n is event n's one value.</summary>
    Full = 0,

    /// <summary>Entry n is event n's one value or none: code 0, where the codes of values start at 1, or for numbers a bit that is not set.</summary>
    Optional = 1,

    /// <summary>Each entry names its event, ascending; an event may have several.</summary>
    Listed = 2,
}

/// <summary>All values of one kind that one field has in one segment. A field with values of several kinds has several columns.</summary>
internal abstract class ValueColumn
{
    private bool? _isSingle;

    public abstract FieldValueKind Kind { get; }

    public abstract ColumnLayout Layout { get; }

    /// <summary>How many entries there are, including the empty ones of <see cref="ColumnLayout.Optional"/>.</summary>
    public abstract int Entries { get; }

    /// <summary>True when no event has more than one value in this column.</summary>
    public bool IsSingle => Layout != ColumnLayout.Listed || (_isSingle ??= HasNoRepeats());

    /// <summary>The events of the entries of a <see cref="ColumnLayout.Listed"/> column.</summary>
    public abstract ReadOnlySpan<int> Docs { get; }

    /// <summary>Events that have a value.</summary>
    /// <param name="events">Events of the segment.</param>
    public abstract DocSet Exists(int events);

    /// <summary>Events of <paramref name="within"/> with a value that passes the test.</summary>
    public abstract DocSet Match(ValueCondition test, DocSet within, int events, CancellationToken cancellationToken);

    /// <summary>Replaces the batch by the values of the events, which ascend.</summary>
    public abstract void Gather(ReadOnlySpan<int> docs, ValueBatch into);

    /// <summary>One value of a batch that this column filled.</summary>
    public abstract FieldValue ValueAt(ValueBatch batch, int index);

    private bool HasNoRepeats()
    {
        ReadOnlySpan<int> docs = Docs;
        for (int i = 1; i < docs.Length; i++)
        {
            if (docs[i] == docs[i - 1])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The events of all entries of a listed column, each once.</summary>
    protected DocSet DistinctDocs()
    {
        ReadOnlySpan<int> all = Docs;
        var docs = new int[all.Length];
        int count = 0;
        foreach (int doc in all)
        {
            if (count == 0 || docs[count - 1] != doc)
            {
                docs[count++] = doc;
            }
        }

        return DocSet.OfList(docs, count);
    }

    /// <summary>The events of the entries whose bit is set.</summary>
    protected DocSet DocsOf(ulong[] entries)
    {
        ReadOnlySpan<int> all = Docs;
        var docs = new int[all.Length];
        int count = 0;
        var walk = new DocWalk(DocSet.OfBitmap(entries));
        Span<int> run = stackalloc int[256];
        for (int taken = walk.Next(run); taken > 0; taken = walk.Next(run))
        {
            foreach (int entry in run[..taken])
            {
                if (count == 0 || docs[count - 1] != all[entry])
                {
                    docs[count++] = all[entry];
                }
            }
        }

        return DocSet.OfList(docs, count);
    }

    /// <summary>First entry of a listed column whose event is not before <paramref name="doc"/>, looking on from <paramref name="from"/>.</summary>
    protected static int Seek(ReadOnlySpan<int> docs, int from, int doc)
    {
        int step = 1, low = from;
        while (low + step < docs.Length && docs[low + step] < doc)
        {
            low += step;
            step *= 2;
        }

        int high = Math.Min(docs.Length, low + step + 1);
        while (low < high)
        {
            int middle = (int)((uint)(low + high) >> 1);
            if (docs[middle] < doc)
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
}
