namespace LogView.Server.Storage.Embedded.Sealing;

/// <summary>The order of a segment's events against the order of arrival in its head: by timestamp, then sequence.</summary>
internal sealed class EventOrderMap
{
    private int[]? _all;

    public EventOrderMap(ReadOnlySpan<long> times, ReadOnlySpan<long> sequences)
    {
        Count = times.Length;
        FromSorted = new int[Count];
        ToSorted = new int[Count];
        var keys = new (long Time, long Sequence)[Count];
        for (int i = 0; i < Count; i++)
        {
            keys[i] = (times[i], sequences[i]);
            FromSorted[i] = i;
        }

        Array.Sort(keys, FromSorted);
        for (int i = 0; i < Count; i++)
        {
            ToSorted[FromSorted[i]] = i;
        }
    }

    public int Count { get; }

    /// <summary>Sorted position → place of arrival.</summary>
    public int[] FromSorted { get; }

    /// <summary>Place of arrival → sorted position.</summary>
    public int[] ToSorted { get; }

    /// <summary>
    /// The entries of a column in the order of their events: which old entry stands at each new place, and its event. Entries of one
    /// event stay in their order. The arrays may be shared: they are for reading.
    /// </summary>
    public (int[] Entries, int[] Docs) Reorder(int[] docs, int count)
    {
        if (count == Count && IsIdentity(docs, count))
        {
            return (FromSorted, _all ??= [.. Enumerable.Range(0, Count)]);
        }

        var entries = new int[count];
        var sorted = new int[count];
        var keys = new long[count];
        for (int i = 0; i < count; i++)
        {
            keys[i] = (long)ToSorted[docs[i]] << 32 | (uint)i;
        }

        Array.Sort(keys);
        for (int i = 0; i < count; i++)
        {
            entries[i] = (int)(uint)keys[i];
            sorted[i] = (int)(keys[i] >> 32);
        }

        return (entries, sorted);
    }

    private static bool IsIdentity(int[] docs, int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (docs[i] != i)
            {
                return false;
            }
        }

        return true;
    }
}
