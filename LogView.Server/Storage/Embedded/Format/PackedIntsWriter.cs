using System.Numerics;

namespace LogView.Server.Storage.Embedded.Format;

/// <summary>
/// Integers in blocks of 128: each block holds its minimum and the differences to it in as few bits as its largest needs (frame of
/// reference). Any value is read without decoding others, and the blocks' minima serve as zone map. All values are first divided by
/// their greatest common divisor, so milliseconds kept as nanoseconds cost what milliseconds cost.
/// </summary>
internal static class PackedIntsWriter
{
    public const int BlockSize = 128;

    /// <summary>Above this width a value may not lie within one unaligned 64-bit read; such blocks take whole 64 bits.</summary>
    private const int MaxPackedBits = 56;

    /// <summary>Bytes of one entry of the block table: minimum, offset of the data, width.</summary>
    public const int BlockEntryBytes = sizeof(long) + sizeof(uint) + 1;

    public const int HeaderBytes = sizeof(uint) + sizeof(long);

    /// <summary>Bytes after the last value so that an unaligned 64-bit read never leaves the section.</summary>
    public const int Padding = 8;

    public static void Write(ByteWriter writer, ReadOnlySpan<long> values)
    {
        long unit = CommonDivisor(values);
        writer.UInt32((uint)values.Length);
        writer.Int64(unit);
        int blocks = (values.Length + BlockSize - 1) / BlockSize;
        int table = writer.Length;
        writer.Reserve(blocks * BlockEntryBytes).Clear();
        int data = writer.Length;
        var entries = new ByteWriter(blocks * BlockEntryBytes + 1);
        for (int b = 0; b < blocks; b++)
        {
            ReadOnlySpan<long> block = values.Slice(b * BlockSize, Math.Min(BlockSize, values.Length - b * BlockSize));
            WriteBlock(writer, entries, block, unit, (uint)(writer.Length - data));
        }

        writer.Reserve(Padding).Clear();
        writer.Overwrite(table, entries.Written);
    }

    private static void WriteBlock(ByteWriter writer, ByteWriter entries, ReadOnlySpan<long> block, long unit, uint offset)
    {
        long min = long.MaxValue, max = long.MinValue;
        foreach (long value in block)
        {
            min = Math.Min(min, value / unit);
            max = Math.Max(max, value / unit);
        }

        int width = 64 - BitOperations.LeadingZeroCount((ulong)max - (ulong)min);
        width = width > MaxPackedBits ? 64 : width;
        entries.Int64(min);
        entries.UInt32(offset);
        entries.Byte((byte)width);
        if (width > 0)
        {
            Pack(writer.Reserve((block.Length * width + 7) / 8), block, unit, min, width);
        }
    }

    private static void Pack(Span<byte> target, ReadOnlySpan<long> block, long unit, long min, int width)
    {
        UInt128 pending = 0;
        int bits = 0, at = 0;
        foreach (long value in block)
        {
            pending |= (UInt128)((ulong)(value / unit) - (ulong)min) << bits;
            for (bits += width; bits >= 8; bits -= 8)
            {
                target[at++] = (byte)pending;
                pending >>= 8;
            }
        }

        if (bits > 0)
        {
            target[at] = (byte)pending;
        }
    }

    private static long CommonDivisor(ReadOnlySpan<long> values)
    {
        ulong divisor = 0;
        foreach (long value in values)
        {
            ulong rest = value < 0 ? 0UL - (ulong)value : (ulong)value;
            while (rest != 0)
            {
                (divisor, rest) = (rest, divisor % rest);
            }

            if (divisor == 1)
            {
                return 1;
            }
        }

        return divisor is 0 or > long.MaxValue ? 1 : (long)divisor;
    }
}
