using System.Numerics;

namespace LogView.Server.Storage.Embedded.Format;

/// <summary>
/// Integers in blocks of 128: each block holds its minimum and the differences to it in as few bits as its largest needs (frame of
/// reference). Any value is read without decoding others, and the blocks' minima serve as zone map. Before, the smallest of all is taken
/// away, and the rest divided by its greatest common divisor: milliseconds kept as nanoseconds cost what milliseconds cost. Arithmetic is modulo 2^64.
/// </summary>
internal static class PackedIntsWriter
{
    public const int BlockSize = 128;

    /// <summary>Above this width a value may not lie within one unaligned 64-bit read; such blocks take whole 64 bits.</summary>
    private const int MaxPackedBits = 56;

    /// <summary>Bytes of one entry of the block table: minimum, offset of the data, width.</summary>
    public const int BlockEntryBytes = sizeof(long) + sizeof(uint) + 1;

    /// <summary>Count, unit, base.</summary>
    public const int HeaderBytes = sizeof(uint) + 2 * sizeof(long);

    /// <summary>Bytes after the last value so that an unaligned 64-bit read never leaves the section.</summary>
    public const int Padding = 8;

    public static void Write(ByteWriter writer, ReadOnlySpan<long> values)
    {
        long origin = Smallest(values);
        ulong unit = CommonDivisor(values, origin);
        writer.UInt32((uint)values.Length);
        writer.Int64((long)unit);
        writer.Int64(origin);
        int blocks = (values.Length + BlockSize - 1) / BlockSize;
        int table = writer.Length;
        writer.Reserve(blocks * BlockEntryBytes).Clear();
        int data = writer.Length;
        var entries = new ByteWriter(blocks * BlockEntryBytes + 1);
        for (int b = 0; b < blocks; b++)
        {
            ReadOnlySpan<long> block = values.Slice(b * BlockSize, Math.Min(BlockSize, values.Length - b * BlockSize));
            WriteBlock(writer, entries, block, origin, unit, (uint)(writer.Length - data));
        }

        writer.Reserve(Padding).Clear();
        writer.Overwrite(table, entries.Written);
        entries.Recycle();
    }

    private static long Smallest(ReadOnlySpan<long> values)
    {
        long smallest = values.IsEmpty ? 0 : values[0];
        foreach (long value in values)
        {
            smallest = Math.Min(smallest, value);
        }

        return smallest;
    }

    private static void WriteBlock(ByteWriter writer, ByteWriter entries, ReadOnlySpan<long> block, long origin, ulong unit, uint offset)
    {
        Span<ulong> steps = stackalloc ulong[BlockSize];
        steps = steps[..block.Length];
        ulong min = ulong.MaxValue, max = 0;
        for (int i = 0; i < block.Length; i++)
        {
            steps[i] = unchecked((ulong)(block[i] - origin)) / unit;
            min = Math.Min(min, steps[i]);
            max = Math.Max(max, steps[i]);
        }

        int width = 64 - BitOperations.LeadingZeroCount(max - min);
        width = width > MaxPackedBits ? 64 : width;
        entries.Int64((long)min);
        entries.UInt32(offset);
        entries.Byte((byte)width);
        if (width > 0)
        {
            Pack(writer.Reserve((block.Length * width + 7) / 8), steps, min, width);
        }
    }

    private static void Pack(Span<byte> target, ReadOnlySpan<ulong> steps, ulong min, int width)
    {
        UInt128 pending = 0;
        int bits = 0, at = 0;
        foreach (ulong step in steps)
        {
            pending |= (UInt128)(step - min) << bits;
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

    private static ulong CommonDivisor(ReadOnlySpan<long> values, long origin)
    {
        ulong divisor = 0;
        foreach (long value in values)
        {
            ulong rest = unchecked((ulong)(value - origin));
            while (rest != 0)
            {
                (divisor, rest) = (rest, divisor % rest);
            }

            if (divisor == 1)
            {
                return 1;
            }
        }

        return divisor is 0 or > long.MaxValue ? 1 : divisor;
    }
}
