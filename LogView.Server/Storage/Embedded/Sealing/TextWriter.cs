using LogView.Server.Storage.Embedded.Columns;
using LogView.Server.Storage.Embedded.Format;
using LogView.Server.Storage.Embedded.Heads;
using LogView.Server.Storage.Embedded.Terms;

namespace LogView.Server.Storage.Embedded.Sealing;

/// <summary>Writes a text field: which events have texts, the words, their events, and the order of words in each text.</summary>
internal static class TextWriter
{
    public const int PartCount = 3;

    public static void Write(ByteWriter writer, HeadText head, EventOrderMap order)
    {
        var text = new TextStatistics(head, order);
        ColumnLayout layout = ColumnWriter.LayoutOf(text.Docs, order.Count, mayHaveGaps: false);
        int start = writer.Length;
        writer.Byte((byte)layout);
        writer.UInt32((uint)text.Docs.Length);
        int offsets = writer.Length;
        writer.Reserve(PartCount * sizeof(uint)).Clear();
        ColumnWriter.WriteDocs(writer, text.Docs, layout);

        writer.PatchUInt32(offsets, (uint)(writer.Length - start));
        SortedTermsWriter.Write(writer, head.Terms, text.SortedOrder);
        writer.PatchUInt32(offsets + sizeof(uint), (uint)(writer.Length - start));
        PostingsWriter.Write(writer, text, order.Count);
        writer.PatchUInt32(offsets + 2 * sizeof(uint), (uint)(writer.Length - start));
        PatternWriter.Write(writer, text, head);
    }
}
