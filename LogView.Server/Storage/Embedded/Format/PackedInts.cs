using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LogView.Server.Storage.Embedded.Format;

/// <summary>Reads what <see cref="PackedIntsWriter"/> wrote, over the bytes of a mapped section.</summary>
internal readonly ref struct PackedInts
{
    private readonly ReadOnlySpan<byte> _table;
    private readonly ReadOnlySpan<byte> _data;
    private readonly long _origin;

    public PackedInts(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < PackedIntsWriter.HeaderBytes)
        {
            throw new DamagedFileException("packed integers are cut off");
        }

        Count = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        Unit = BinaryPrimitives.ReadInt64LittleEndian(bytes[sizeof(uint)..]);
        _origin = BinaryPrimitives.ReadInt64LittleEndian(bytes[(sizeof(uint) + sizeof(long))..]);
        long table = (Count + PackedIntsWriter.BlockSize - 1L) / PackedIntsWriter.BlockSize * PackedIntsWriter.BlockEntryBytes;
        if (Count < 0 || Unit < 1 || bytes.Length < PackedIntsWriter.HeaderBytes + table + PackedIntsWriter.Padding)
        {
            throw new DamagedFileException("packed integers are cut off");
        }

        _table = bytes.Slice(PackedIntsWriter.HeaderBytes, (int)table);
        _data = bytes[(PackedIntsWriter.HeaderBytes + (int)table)..];
    }

    public int Count { get; }

    /// <summary>All differences of values are multiples of it.</summary>
    public long Unit { get; }

    public int BlockCount => _table.Length / PackedIntsWriter.BlockEntryBytes;

    public long this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            ReadOnlySpan<byte> entry = _table.Slice(index / PackedIntsWriter.BlockSize * PackedIntsWriter.BlockEntryBytes, PackedIntsWriter.BlockEntryBytes);
            long min = MemoryMarshal.Read<long>(entry);
            int width = entry[12];
            if (width == 0)
            {
                return _origin + min * Unit;
            }

            long bit = (long)(index % PackedIntsWriter.BlockSize) * width;
            int at = (int)MemoryMarshal.Read<uint>(entry[8..]) + (int)(bit >> 3);
            ulong raw = MemoryMarshal.Read<ulong>(_data[at..]) >> (int)(bit & 7);
            return _origin + (min + (long)(raw & Mask(width))) * Unit;
        }
    }

    /// <summary>Smallest value of a block.</summary>
    public long BlockMin(int block) => _origin + MemoryMarshal.Read<long>(_table[(block * PackedIntsWriter.BlockEntryBytes)..]) * Unit;

    /// <summary>No value of the block is above this (it may be above all of them).</summary>
    public long BlockMaxBound(int block)
    {
        ReadOnlySpan<byte> entry = _table[(block * PackedIntsWriter.BlockEntryBytes)..];
        UInt128 bound = ((UInt128)MemoryMarshal.Read<ulong>(entry) + Mask(entry[12])) * (ulong)Unit;
        return bound > (UInt128)(Int128)long.MaxValue - (UInt128)(Int128)_origin ? long.MaxValue : _origin + (long)bound;
    }

    /// <summary>Decodes one block. Returns how many values it has (128 but for the last).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int ReadBlock(int block, Span<long> into)
    {
        ReadOnlySpan<byte> entry = _table.Slice(block * PackedIntsWriter.BlockEntryBytes, PackedIntsWriter.BlockEntryBytes);
        long min = MemoryMarshal.Read<long>(entry);
        int width = entry[12];
        int count = Math.Min(PackedIntsWriter.BlockSize, Count - block * PackedIntsWriter.BlockSize);
        long unit = Unit, first = _origin + min * unit;
        if (width == 0)
        {
            into[..count].Fill(first);
            return count;
        }

        int start = (int)MemoryMarshal.Read<uint>(entry[8..]);
        ReadOnlySpan<byte> data = _data.Slice(start, (count * width + 7) / 8 + PackedIntsWriter.Padding);
        ulong mask = Mask(width);
        ref byte origin = ref MemoryMarshal.GetReference(data);
        int bit = 0;
        for (int i = 0; i < count; i++, bit += width)
        {
            ulong raw = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref origin, bit >> 3)) >> (bit & 7);
            into[i] = first + (long)(raw & mask) * unit;
        }

        return count;
    }

    /// <summary>Decodes all values.</summary>
    public long[] ToArray()
    {
        var values = new long[Count];
        for (int block = 0; block < BlockCount; block++)
        {
            ReadBlock(block, values.AsSpan(block * PackedIntsWriter.BlockSize));
        }

        return values;
    }

    /// <summary>First index whose value is not below <paramref name="value"/>; the values must ascend.</summary>
    public int LowerBound(long value)
    {
        int low = 0, high = Count;
        while (low < high)
        {
            int middle = (int)((uint)(low + high) >> 1);
            if (this[middle] < value)
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

    private static ulong Mask(int width) => width == 64 ? ulong.MaxValue : (1UL << width) - 1;
}
