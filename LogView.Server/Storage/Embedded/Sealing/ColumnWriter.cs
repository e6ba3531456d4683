using LogView.Client.Contracts.Events;
using LogView.Server.Storage.Embedded.Columns;
using LogView.Server.Storage.Embedded.Format;
using LogView.Server.Storage.Embedded.Heads;
using LogView.Server.Storage.Embedded.Terms;

namespace LogView.Server.Storage.Embedded.Sealing;

/// <summary>Writes columns of values; the layout of their bytes is in docs/storage-format.md.</summary>
internal static class ColumnWriter
{
    /// <summary>More distinct numbers than this are packed instead of coded.</summary>
    private const int MaxNumberCodes = 256;

    /// <summary>A column that fewer than one in so many events has lists its events instead of leaving gaps.</summary>
    private const int SparseFactor = 8;

    public static void Write(ByteWriter writer, HeadStrings strings, EventOrderMap order)
    {
        int count = strings.Entries.CountBefore(order.Count);
        (int[] entries, int[] docs) = order.Reorder(strings.Entries.Docs, count);
        int[] sortedTerms = SortedTermsWriter.Order(strings.Terms, strings.Terms.Count);
        var codeOf = new int[sortedTerms.Length];
        for (int code = 0; code < sortedTerms.Length; code++)
        {
            codeOf[sortedTerms[code]] = code;
        }

        int[] terms = strings.Entries.Values;
        var codes = new int[count];
        for (int i = 0; i < count; i++)
        {
            codes[i] = codeOf[terms[entries[i]]];
        }

        WriteCodes(writer, codes, docs, sortedTerms.Length, order.Count);
        SortedTermsWriter.Write(writer, strings.Terms, sortedTerms);
    }

    public static void Write(ByteWriter writer, HeadNumbers numbers, EventOrderMap order)
    {
        int count = numbers.Entries.CountBefore(order.Count);
        (int[] entries, int[] docs) = order.Reorder(numbers.Entries.Docs, count);
        long[] all = numbers.Entries.Values;
        var raw = new long[count];
        for (int i = 0; i < count; i++)
        {
            raw[i] = all[entries[i]];
        }

        if (Distinct(raw, numbers.Kind) is { } values)
        {
            var codeOf = new Dictionary<long, int>(values.Length);
            for (int code = 0; code < values.Length; code++)
            {
                codeOf[values[code]] = code;
            }

            WriteCodes(writer, Array.ConvertAll(raw, v => codeOf[v]), docs, values.Length, order.Count);
            foreach (long value in values)
            {
                writer.Int64(value);
            }
        }
        else
        {
            NumberWriter.Write(writer, raw, docs, numbers.Kind, LayoutOf(docs, order.Count, mayHaveGaps: true), order.Count);
        }
    }

    /// <summary>Full when every event has one value; with gaps when many have one and none has more.</summary>
    public static ColumnLayout LayoutOf(int[] docs, int events, bool mayHaveGaps)
    {
        for (int i = 1; i < docs.Length; i++)
        {
            if (docs[i] == docs[i - 1])
            {
                return ColumnLayout.Listed;
            }
        }

        return docs.Length == events ? ColumnLayout.Full
            : mayHaveGaps && (long)docs.Length * SparseFactor >= events ? ColumnLayout.Optional
            : ColumnLayout.Listed;
    }

    /// <summary>Header, events and codes of a coded column; the caller appends the dictionary.</summary>
    private static void WriteCodes(ByteWriter writer, int[] codes, int[] docs, int distinct, int events)
    {
        ColumnLayout layout = LayoutOf(docs, events, mayHaveGaps: true);
        bool gaps = layout == ColumnLayout.Optional;
        int width = CodeSpan.WidthFor(gaps ? distinct + 1 : distinct);
        int entries = gaps ? events : codes.Length;
        writer.Byte((byte)ColumnEncoding.Coded);
        writer.Byte((byte)layout);
        writer.Byte((byte)width);
        writer.UInt32((uint)entries);
        writer.UInt32((uint)distinct);
        WriteDocs(writer, docs, layout);
        Span<byte> bytes = writer.Reserve(entries * width + CodeSpan.Padding);
        bytes.Clear();
        for (int i = 0; i < codes.Length; i++)
        {
            int at = gaps ? docs[i] : i;
            uint code = (uint)(gaps ? codes[i] + 1 : codes[i]);
            for (int b = 0; b < width; b++, code >>= 8)
            {
                bytes[at * width + b] = (byte)code;
            }
        }
    }

    public static void WriteDocs(ByteWriter writer, int[] docs, ColumnLayout layout)
    {
        if (layout == ColumnLayout.Listed)
        {
            foreach (int doc in docs)
            {
                writer.UInt32((uint)doc);
            }
        }
    }

    /// <summary>The distinct values in ascending order, or null when there are too many for codes.</summary>
    private static long[]? Distinct(long[] raw, FieldValueKind kind)
    {
        var seen = new HashSet<long>();
        foreach (long value in raw)
        {
            if (seen.Add(value) && seen.Count > MaxNumberCodes)
            {
                return null;
            }
        }

        long[] values = [.. seen];
        Array.Sort(values, (x, y) => kind == FieldValueKind.Double
            ? (BitConverter.Int64BitsToDouble(x), x).CompareTo((BitConverter.Int64BitsToDouble(y), y))
            : x.CompareTo(y));
        return values;
    }
}
