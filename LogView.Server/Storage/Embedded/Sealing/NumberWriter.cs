using System.Runtime.InteropServices;
using LogView.Client.Contracts.Events;
using LogView.Server.Storage.Embedded.Columns;
using LogView.Server.Storage.Embedded.Documents;
using LogView.Server.Storage.Embedded.Format;

namespace LogView.Server.Storage.Embedded.Sealing;

/// <summary>Writes numbers with many distinct values: longs packed, doubles as decimals where that loses nothing.</summary>
internal static class NumberWriter
{
    /// <summary>Most digits behind the point that are tried.</summary>
    public const int MaxScale = 9;

    /// <summary>Integers above 2^53 are not all doubles.</summary>
    private const double ExactInteger = 9007199254740992d;

    private static readonly double[] Powers = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];

    public static double PowerOfTen(int scale) => Powers[scale];

    public static void Write(ByteWriter writer, long[] raw, int[] docs, FieldValueKind kind, ColumnLayout layout, int events)
    {
        (ColumnEncoding encoding, int scale) = kind == FieldValueKind.Long ? (ColumnEncoding.Integers, 0) : DecimalScale(raw);
        (double low, double high) = Bounds(raw, kind);
        writer.Byte((byte)encoding);
        writer.Byte((byte)layout);
        writer.Byte((byte)scale);
        writer.UInt32((uint)(layout == ColumnLayout.Optional ? events : raw.Length));
        writer.Int64(BitConverter.DoubleToInt64Bits(low));
        writer.Int64(BitConverter.DoubleToInt64Bits(high));
        ColumnWriter.WriteDocs(writer, docs, layout);
        long[] values = encoding == ColumnEncoding.Decimals ? Array.ConvertAll(raw, r => Scaled(r, scale)) : raw;
        if (layout == ColumnLayout.Optional)
        {
            writer.Bytes(MemoryMarshal.AsBytes(DocSet.OfList(docs, docs.Length).ToWords(events).AsSpan()));
            values = FillGaps(values, docs, events);
        }

        PackedIntsWriter.Write(writer, values);
    }

    /// <summary>A value for every event; one without repeats the one before it, which costs no wider bits.</summary>
    private static long[] FillGaps(long[] values, int[] docs, int events)
    {
        var all = new long[events];
        int next = 0;
        for (int doc = 0; doc < events; doc++)
        {
            next += next + 1 < docs.Length && docs[next + 1] <= doc ? 1 : 0;
            all[doc] = values[next];
        }

        return all;
    }

    private static (ColumnEncoding, int) DecimalScale(long[] raw)
    {
        int scale = 0;
        foreach (long bits in raw)
        {
            while (scale <= MaxScale && !IsExact(bits, scale))
            {
                scale++;
            }

            if (scale > MaxScale)
            {
                return (ColumnEncoding.Bits, 0);
            }
        }

        return (ColumnEncoding.Decimals, scale);
    }

    /// <summary>Does the scaled integer give back the very same bits? Never for infinities and minus zero.</summary>
    private static bool IsExact(long bits, int scale)
    {
        double value = BitConverter.Int64BitsToDouble(bits);
        double scaled = Math.Round(value * Powers[scale]);
        return Math.Abs(scaled) < ExactInteger && BitConverter.DoubleToInt64Bits((long)scaled / Powers[scale]) == bits;
    }

    private static long Scaled(long bits, int scale) => (long)Math.Round(BitConverter.Int64BitsToDouble(bits) * Powers[scale]);

    private static (double Low, double High) Bounds(long[] raw, FieldValueKind kind)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (long bits in raw)
        {
            double value = kind == FieldValueKind.Double ? BitConverter.Int64BitsToDouble(bits) : bits;
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }

        return (low, high);
    }
}
