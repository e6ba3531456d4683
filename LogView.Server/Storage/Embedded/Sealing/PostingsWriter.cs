using LogView.Server.Storage.Embedded.Documents;
using LogView.Server.Storage.Embedded.Format;
using LogView.Server.Storage.Embedded.Terms;

namespace LogView.Server.Storage.Embedded.Sealing;

/// <summary>
/// For each word in order its events: one event inline, few as varint differences, many as a bitmap. A table says where every 16th word's
/// entry starts.
/// </summary>
internal static class PostingsWriter
{
    /// <summary>A word that more than one in so many events has takes a bitmap, which is smaller and quicker from there on.</summary>
    private const int DenseFactor = 12;

    public static void Write(ByteWriter writer, TextStatistics text, int events)
    {
        int terms = text.SortedOrder.Length;
        var blocks = new ByteWriter(terms / 4 + 16);
        var entries = new ByteWriter(terms * 4 + 64);
        var list = new ByteWriter();
        for (int i = 0; i < terms; i++)
        {
            if (i % SortedTermsWriter.BlockSize == 0)
            {
                blocks.UInt32((uint)entries.Length);
            }

            WriteEntry(entries, text, text.SortedOrder[i], events, list);
        }

        writer.UInt32((uint)(blocks.Length / sizeof(uint)));
        writer.UInt32((uint)entries.Length);
        writer.Bytes(blocks.Written);
        writer.Bytes(entries.Written);
        blocks.Recycle();
        entries.Recycle();
    }

    private static void WriteEntry(ByteWriter entries, TextStatistics text, int term, int events, ByteWriter list)
    {
        ReadOnlySpan<int> docs = text.Events(term);
        bool dense = docs.Length > events / DenseFactor && docs.Length > 1;
        entries.VarUInt((ulong)docs.Length << 1 | (dense ? 1UL : 0UL));
        if (docs.Length == 0)
        {
            return;
        }

        if (docs.Length == 1)
        {
            entries.VarUInt(docs[0]);
            return;
        }

        entries.VarUInt(text.Rank[term]);
        if (dense)
        {
            WriteBitmap(entries.Reserve(DocSet.WordsFor(events) * sizeof(ulong)), docs);
            return;
        }

        list.Clear();
        int previous = 0;
        foreach (int doc in docs)
        {
            list.VarUInt(doc - previous);
            previous = doc;
        }

        entries.Text(list.Written);
    }

    private static void WriteBitmap(Span<byte> bitmap, ReadOnlySpan<int> docs)
    {
        bitmap.Clear();
        foreach (int doc in docs)
        {
            bitmap[doc >> 3] |= (byte)(1 << (doc & 7));
        }
    }
}
