using System.Numerics;
using LogView.Server.Storage.Embedded.Format;

namespace LogView.Server.Storage.Embedded.Sources;

/// <summary>How the values of one place of a template become bits: the difference to the smallest, or the number in a list of the distinct ones.</summary>
/// <param name="Width">Bits of each value.</param>
/// <param name="Base">The smallest; 0 with a list.</param>
/// <param name="List">The distinct values, ascending; null without a list.</param>
internal sealed record SlotCode(int Width, long Base, long[]? List)
{
    public long Read(ref BitReader bits)
    {
        ulong raw = bits.Read(Width);
        return List is null ? unchecked(Base + (long)raw)
            : raw < (ulong)List.Length ? List[raw]
            : throw new DamagedFileException("a value is not in its list");
    }

    public void Write(BitWriter bits, long value) =>
        bits.Write(List is null ? unchecked((ulong)(value - Base)) : (ulong)List.AsSpan().BinarySearch(value), Width);

    public void WriteTo(ByteWriter writer)
    {
        writer.Byte((byte)Width);
        writer.VarUInt(List is null ? 0 : List.Length);
        long previous = 0;
        foreach (long value in List ?? [Base])
        {
            writer.ZigZag(unchecked(value - previous));
            previous = value;
        }
    }

    public static SlotCode ReadFrom(ref ByteCursor cursor)
    {
        int width = cursor.Byte(), count = cursor.VarInt32();
        if (width > 64 || count > SlotStatistics.MaxListed)
        {
            throw new DamagedFileException("a code of values is out of range");
        }

        if (count == 0)
        {
            return new SlotCode(width, cursor.ZigZag(), null);
        }

        var list = new long[count];
        for (int i = 0; i < count; i++)
        {
            list[i] = unchecked((i == 0 ? 0 : list[i - 1]) + cursor.ZigZag());
        }

        return new SlotCode(width, 0, list);
    }
}

/// <summary>What is known of the values of one place of a template, to choose their code.</summary>
internal sealed class SlotStatistics
{
    /// <summary>More distinct values than this are never listed.</summary>
    public const int MaxListed = 1_024;

    /// <summary>Bits that an entry of a list costs, about.</summary>
    private const int BitsOfListed = 16;

    private DistinctNumbers? _distinct = new(MaxListed);
    private long _min = long.MaxValue;
    private long _max = long.MinValue;
    private long _count;

    public void Add(long value)
    {
        _count++;
        _min = Math.Min(_min, value);
        _max = Math.Max(_max, value);
        if (_distinct is not null && !_distinct.TryAdd(value))
        {
            _distinct = null;
        }
    }

    /// <summary>The shorter code. Nothing can be added afterwards.</summary>
    public SlotCode Choose()
    {
        int width = BitsFor(unchecked((ulong)(_max - _min)));
        if (_distinct is null)
        {
            return new SlotCode(width, _min, null);
        }

        int listed = BitsFor((ulong)_distinct.Count - 1);
        bool isShorter = listed * _count + (long)_distinct.Count * BitsOfListed < width * _count;
        SlotCode code = isShorter ? new SlotCode(listed, 0, _distinct.ToSorted()) : new SlotCode(width, _min, null);
        _distinct.Release();
        _distinct = null;
        return code;
    }

    private static int BitsFor(ulong largest) => 64 - BitOperations.LeadingZeroCount(largest);
}
