namespace LogView.Server.Storage.Embedded.Columns;

/// <summary>Values of a run of events: for each, which of the asked events has it, and its code or its bits. Reused from run to run.</summary>
internal sealed class ValueBatch
{
    private const int FirstCapacity = 1_024;

    public int Count { get; private set; }

    /// <summary>Index into the asked events, ascending; repeated for an event with several values.</summary>
    public int[] Rows { get; private set; } = new int[FirstCapacity];

    /// <summary>Codes of a coded column.</summary>
    public int[] Codes { get; private set; } = new int[FirstCapacity];

    /// <summary>Numbers of a number column: the long itself, or the bits of the double.</summary>
    public long[] Raw { get; private set; } = new long[FirstCapacity];

    public void Clear() => Count = 0;

    public void Ensure(int capacity)
    {
        if (capacity > Rows.Length)
        {
            int wider = Math.Max(capacity, Rows.Length * 2);
            int[] rows = Rows, codes = Codes;
            long[] raw = Raw;
            Array.Resize(ref rows, wider);
            Array.Resize(ref codes, wider);
            Array.Resize(ref raw, wider);
            (Rows, Codes, Raw) = (rows, codes, raw);
        }
    }

    public void AddCode(int row, int code)
    {
        Ensure(Count + 1);
        Rows[Count] = row;
        Codes[Count++] = code;
    }

    public void AddRaw(int row, long raw)
    {
        Ensure(Count + 1);
        Rows[Count] = row;
        Raw[Count++] = raw;
    }

    /// <summary>Says that the caller filled so many entries after <see cref="Ensure"/>.</summary>
    public void SetCount(int count) => Count = count;
}
