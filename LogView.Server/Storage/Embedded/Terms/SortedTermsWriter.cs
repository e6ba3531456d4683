using LogView.Server.Storage.Embedded.Format;

namespace LogView.Server.Storage.Embedded.Terms;

/// <summary>
/// Ascending texts: their bytes one after the other (so that a substring is found by one scan), their lengths as varints, and for every
/// 16th where both start.
/// </summary>
internal static class SortedTermsWriter
{
    public const int BlockSize = 16;

    /// <summary>Text offset (4) and length offset (4) of a block's first term.</summary>
    public const int BlockEntryBytes = 8;

    public const int HeaderBytes = 12;

    /// <param name="writer">Receives the terms.</param>
    /// <param name="terms">The texts.</param>
    /// <param name="order">Their numbers in ascending order of their bytes.</param>
    public static void Write(ByteWriter writer, HeadTerms terms, ReadOnlySpan<int> order)
    {
        var lengths = new ByteWriter(order.Length + 16);
        var blocks = new ByteWriter(order.Length / 2 + 16);
        uint offset = 0;
        for (int i = 0; i < order.Length; i++)
        {
            int length = terms[order[i]].Length;
            if (i % BlockSize == 0)
            {
                blocks.UInt32(offset);
                blocks.UInt32((uint)lengths.Length);
            }

            lengths.VarUInt(length);
            offset = checked(offset + (uint)length);
        }

        writer.UInt32((uint)order.Length);
        writer.UInt32((uint)lengths.Length);
        writer.UInt32(offset);
        writer.Bytes(blocks.Written);
        writer.Bytes(lengths.Written);
        blocks.Recycle();
        lengths.Recycle();
        foreach (int term in order)
        {
            writer.Bytes(terms[term]);
        }
    }

    /// <summary>The numbers of the first <paramref name="count"/> terms in ascending order of their bytes.</summary>
    public static int[] Order(HeadTerms terms, int count)
    {
        var order = new int[count];
        var keys = new ulong[count];
        for (int term = 0; term < count; term++)
        {
            order[term] = term;
            keys[term] = Prefix(terms[term]);
        }

        Array.Sort(keys, order);
        for (int from = 0, to; from < count; from = to)
        {
            for (to = from + 1; to < count && keys[to] == keys[from];)
            {
                to++;
            }

            if (to - from > 1)
            {
                order.AsSpan(from, to - from).Sort((x, y) => terms[x].SequenceCompareTo(terms[y]));
            }
        }

        return order;
    }

    /// <summary>The first eight bytes as a number that sorts as they do.</summary>
    private static ulong Prefix(ReadOnlySpan<byte> text)
    {
        if (text.Length >= sizeof(ulong))
        {
            return System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(text);
        }

        ulong key = 0;
        foreach (byte b in text)
        {
            key = key << 8 | b;
        }

        return text.IsEmpty ? 0 : key << (8 * (sizeof(ulong) - text.Length));
    }
}
