namespace LogView.Server.Storage.Embedded.Heads;

/// <summary>
/// A growing list of entries that each belong to an event, in the order of events. While every event has just one, which is most columns of most
/// logs, which event an entry belongs to is not kept. One writer adds; readers take the count first and then the arrays, which are only ever
/// replaced by longer copies, so what they see up to that count never changes.
/// </summary>
internal sealed class HeadEntries<T>
    where T : unmanaged
{
    private const int FirstCapacity = 4;

    /// <summary>Null as long as entry n is event n's.</summary>
    private int[]? _docs;
    private T[] _values = new T[FirstCapacity];
    private int _count;
    private int _lastRepeated = -1;

    public int Count => Volatile.Read(ref _count);

    /// <summary>The last event that has more than one entry; -1: none has. May be ahead of what a reader sees.</summary>
    public int LastRepeated => Volatile.Read(ref _lastRepeated);

    public long Memory => (long)(_docs?.Length ?? 0) * sizeof(int) + (long)_values.Length * System.Runtime.CompilerServices.Unsafe.SizeOf<T>();

    /// <summary>The events of the entries; for reading only, the array may be shared.</summary>
    public int[] Docs
    {
        get
        {
            int count = Count;
            return Volatile.Read(ref _docs) ?? Ordinals.AtLeast(count);
        }
    }

    public T[] Values => Volatile.Read(ref _values);

    public void Add(int doc, T value)
    {
        int count = _count;
        if (count == _values.Length)
        {
            Grow();
        }

        if (_docs is null && doc != count)
        {
            KeepDocs(count);
        }

        if (_docs is not null)
        {
            if (count > 0 && _docs[count - 1] == doc)
            {
                Volatile.Write(ref _lastRepeated, doc);
            }

            _docs[count] = doc;
        }

        _values[count] = value;
        Volatile.Write(ref _count, count + 1);
    }

    /// <summary>Takes back the entries of events from <paramref name="doc"/> on. Only for events that were never published.</summary>
    public void Truncate(int doc) => Volatile.Write(ref _count, CountBefore(doc));

    /// <summary>Entries of events before <paramref name="doc"/>.</summary>
    public int CountBefore(int doc)
    {
        int count = Count;
        if (Volatile.Read(ref _docs) is not { } docs)
        {
            return Math.Min(count, doc);
        }

        return count > 0 && docs[count - 1] >= doc ? Documents.Bits.LowerBound(docs, count, doc) : count;
    }

    private void KeepDocs(int count)
    {
        var docs = new int[_values.Length];
        Ordinals.AtLeast(count).AsSpan(0, count).CopyTo(docs);
        Volatile.Write(ref _docs, docs);
    }

    private void Grow()
    {
        int wider = Growth.Next(_values.Length);
        T[] values = _values;
        Array.Resize(ref values, wider);
        if (_docs is { } docs)
        {
            Array.Resize(ref docs, wider);
            Volatile.Write(ref _docs, docs);
        }

        Volatile.Write(ref _values, values);
    }
}
