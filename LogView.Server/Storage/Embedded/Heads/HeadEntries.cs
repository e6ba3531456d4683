namespace LogView.Server.Storage.Embedded.Heads;

/// <summary>
/// A growing list of entries that each belong to an event, in the order of events. One writer adds; readers take the count first and then
/// the arrays, which are only ever replaced by longer copies, so what they see up to that count never changes.
/// </summary>
internal sealed class HeadEntries<T>
    where T : unmanaged
{
    private const int FirstCapacity = 4;

    private int[] _docs = new int[FirstCapacity];
    private T[] _values = new T[FirstCapacity];
    private int _count;
    private int _lastRepeated = -1;

    public int Count => Volatile.Read(ref _count);

    /// <summary>The last event that has more than one entry; -1: none has. May be ahead of what a reader sees.</summary>
    public int LastRepeated => Volatile.Read(ref _lastRepeated);

    public long Memory => (long)_docs.Length * sizeof(int) + (long)_values.Length * System.Runtime.CompilerServices.Unsafe.SizeOf<T>();

    public int[] Docs => Volatile.Read(ref _docs);

    public T[] Values => Volatile.Read(ref _values);

    public void Add(int doc, T value)
    {
        int count = _count;
        if (count == _docs.Length)
        {
            Grow();
        }

        if (count > 0 && _docs[count - 1] == doc)
        {
            Volatile.Write(ref _lastRepeated, doc);
        }

        _docs[count] = doc;
        _values[count] = value;
        Volatile.Write(ref _count, count + 1);
    }

    /// <summary>Takes back the entries of events from <paramref name="doc"/> on. Only for events that were never published.</summary>
    public void Truncate(int doc) => Volatile.Write(ref _count, CountBefore(doc));

    /// <summary>Entries of events before <paramref name="doc"/>.</summary>
    public int CountBefore(int doc)
    {
        int count = Count;
        int[] docs = Docs;
        return count > 0 && docs[count - 1] >= doc ? Documents.Bits.LowerBound(docs, count, doc) : count;
    }

    private void Grow()
    {
        int wider = Growth.Next(_docs.Length);
        int[] docs = _docs;
        T[] values = _values;
        Array.Resize(ref docs, wider);
        Array.Resize(ref values, wider);
        Volatile.Write(ref _docs, docs);
        Volatile.Write(ref _values, values);
    }
}
