using System.Numerics;
using System.Runtime.InteropServices;
using LogView.Server.Storage.Embedded.Heads;

namespace LogView.Server.Storage.Embedded.Terms;

/// <summary>
/// The distinct texts of one growing column, numbered in the order they came. One writer adds; any number of readers look up at the same
/// time: entries are complete before their slot or the count is published, and arrays are replaced, never changed in place.
/// </summary>
internal sealed class HeadTerms
{
    private const int FirstSlots = 16;
    private const int FirstBytes = 64;

    /// <summary>Below it the table grows in longer steps.</summary>
    private const int SmallSlots = 1 << 14;

    private byte[] _bytes = new byte[FirstBytes];
    private int[] _starts = new int[8];
    private int[] _slots = new int[FirstSlots];
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>Bytes of memory held.</summary>
    public long Memory => _bytes.Length + sizeof(int) * ((long)_starts.Length + _slots.Length);

    public ReadOnlySpan<byte> this[int term]
    {
        get
        {
            int start = _starts[term];
            return _bytes.AsSpan(start, _starts[term + 1] - start);
        }
    }

    /// <summary>The number of the text, added when new. Only the writer calls it.</summary>
    public int Add(ReadOnlySpan<byte> text)
    {
        int mask = _slots.Length - 1;
        int slot = (int)Hash(text) & mask;
        for (; _slots[slot] != 0; slot = (slot + 1) & mask)
        {
            int known = _slots[slot] - 1;
            if (this[known].SequenceEqual(text))
            {
                return known;
            }
        }

        int term = Append(text);
        Volatile.Write(ref _slots[slot], term + 1);
        if (_count * 2 > _slots.Length)
        {
            Rehash();
        }

        return term;
    }

    /// <summary>The number of the text, or -1. Safe while the writer adds.</summary>
    public int Find(ReadOnlySpan<byte> text)
    {
        int[] slots = Volatile.Read(ref _slots);
        int mask = slots.Length - 1;
        for (int slot = (int)Hash(text) & mask; ; slot = (slot + 1) & mask)
        {
            int known = Volatile.Read(ref slots[slot]) - 1;
            if (known < 0)
            {
                return -1;
            }

            if (this[known].SequenceEqual(text))
            {
                return known;
            }
        }
    }

    private int Append(ReadOnlySpan<byte> text)
    {
        int term = _count;
        int start = _starts[term];
        if (start + text.Length > _bytes.Length)
        {
            var wider = new byte[Math.Max(start + text.Length, Growth.Next(_bytes.Length))];
            _bytes.AsSpan(0, start).CopyTo(wider);
            Volatile.Write(ref _bytes, wider);
        }

        if (term + 2 > _starts.Length)
        {
            var wider = new int[Growth.Next(_starts.Length)];
            _starts.CopyTo(wider, 0);
            Volatile.Write(ref _starts, wider);
        }

        text.CopyTo(_bytes.AsSpan(start));
        _starts[term + 1] = start + text.Length;
        Volatile.Write(ref _count, term + 1);
        return term;
    }

    private void Rehash()
    {
        var slots = new int[_slots.Length < SmallSlots ? _slots.Length * 4 : _slots.Length * 2];
        int mask = slots.Length - 1;
        for (int term = 0; term < _count; term++)
        {
            int slot = (int)Hash(this[term]) & mask;
            while (slots[slot] != 0)
            {
                slot = (slot + 1) & mask;
            }

            slots[slot] = term + 1;
        }

        Volatile.Write(ref _slots, slots);
    }

    /// <summary>Multiply and rotate over eight bytes at a time; only used in memory, never stored.</summary>
    private static uint Hash(ReadOnlySpan<byte> text)
    {
        const ulong Factor = 0x9FB2_1C65_1E98_DF25;
        ulong hash = (ulong)text.Length * 0x9E37_79B9_7F4A_7C15;
        while (text.Length >= sizeof(ulong))
        {
            hash = (hash ^ MemoryMarshal.Read<ulong>(text)) * Factor;
            hash = (hash >> 29) ^ BitOperations.RotateLeft(hash, 20);
            text = text[sizeof(ulong)..];
        }

        ulong rest = 0;
        for (int i = 0; i < text.Length; i++)
        {
            rest |= (ulong)text[i] << (i * 8);
        }

        hash = (hash ^ rest) * Factor;
        return (uint)(hash >> 32) ^ (uint)hash;
    }
}
