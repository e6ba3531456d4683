using System.Buffers;
using System.Numerics;

namespace LogView.Server.Storage.Embedded.Sources;

/// <summary>The distinct ones of many numbers, up to a number of them. Its memory is used again by the next. Not safe for concurrent use.</summary>
internal sealed class DistinctNumbers(int most)
{
    private const int FirstSlots = 16;
    private const ulong Factor = 0x9E37_79B9_7F4A_7C15;

    /// <summary>Each number at the place of its hash or behind it; 0 stands for no number. Null before the first and after <see cref="Release"/>.</summary>
    private long[]? _slots;
    private int _bits;
    private bool _hasZero;
    private int _inSlots;

    public int Count => _inSlots + (_hasZero ? 1 : 0);

    /// <summary>False when the number is one too many; then nothing can be asked any more.</summary>
    public bool TryAdd(long number)
    {
        if (number == 0)
        {
            _hasZero = true;
        }
        else
        {
            Place(number);
        }

        if (Count <= most)
        {
            return true;
        }

        Release();
        return false;
    }

    /// <summary>In ascending order.</summary>
    public long[] ToSorted()
    {
        var all = new long[Count];
        int next = _hasZero ? 1 : 0;
        foreach (long number in Slots)
        {
            if (number != 0)
            {
                all[next++] = number;
            }
        }

        Array.Sort(all);
        return all;
    }

    /// <summary>Gives its memory back. Nothing may be asked afterwards.</summary>
    public void Release()
    {
        if (_slots is { } slots)
        {
            ArrayPool<long>.Shared.Return(slots);
            _slots = null;
        }
    }

    private Span<long> Slots => _slots is { } slots ? slots.AsSpan(0, 1 << _bits) : [];

    private void Place(long number)
    {
        if ((_inSlots + 1) * 2 > Slots.Length)
        {
            Grow();
        }

        Span<long> slots = Slots;
        int at = SlotOf(number);
        for (; slots[at] != 0; at = (at + 1) & (slots.Length - 1))
        {
            if (slots[at] == number)
            {
                return;
            }
        }

        slots[at] = number;
        _inSlots++;
    }

    private int SlotOf(long number) => (int)((ulong)number * Factor >> (64 - _bits));

    private void Grow()
    {
        long[]? old = _slots;
        Span<long> numbers = Slots;
        int slots = old is null ? FirstSlots : numbers.Length * 4;
        (_slots, _bits, _inSlots) = (ArrayPool<long>.Shared.Rent(slots), BitOperations.Log2((uint)slots), 0);
        Slots.Clear();
        foreach (long number in numbers)
        {
            if (number != 0)
            {
                Place(number);
            }
        }

        if (old is not null)
        {
            ArrayPool<long>.Shared.Return(old);
        }
    }
}
