using LogView.Client.Contracts.Events;
using LogView.Server.Platform;
using LogView.Server.Storage.Embedded.Format;
using LogView.Server.Storage.Embedded.Heads;

namespace LogView.Server.Storage.Embedded.Sealing;

/// <summary>Makes a segment file of a head. The head must not change any more.</summary>
internal static class SegmentWriter
{
    /// <summary>Writes and syncs the file; its name becomes durable with the manifest that lists it.</summary>
    /// <returns>What the manifest says of it.</returns>
    public static SegmentSummary Write(IFileSystem files, string path, Head head)
    {
        int events = head.Published;
        long[] times = head.Times[..events], sequences = head.Sequences[..events];
        var order = new EventOrderMap(times, sequences);
        using var file = new SegmentFileWriter(files, path);
        SegmentSummary summary = Summarise(times, sequences, head, events);
        file.Section(SectionKind.Summary, summary.ToBytes());
        WritePacked(file, SectionKind.Times, order, times);
        WritePacked(file, SectionKind.Sequences, order, sequences);
        var ids = new ByteWriter(events * 4 + 256);
        IdWriter.Write(ids, head, order);
        file.Section(SectionKind.Ids, ids.WrittenMemory);
        ids.Recycle();
        SourceWriter.Write(file, head, order);
        WriteFields(file, head, order);
        long bytes = file.Finish();
        return summary with { FileBytes = bytes };
    }

    private static SegmentSummary Summarise(long[] times, long[] sequences, Head head, int events) => new(
        events, new Timestamp(times.Min()), new Timestamp(times.Max()), sequences.Min(), sequences.Max(), head.Sources.Length, 0);

    private static void WritePacked(SegmentFileWriter file, SectionKind kind, EventOrderMap order, long[] values)
    {
        var bytes = new ByteWriter(values.Length * 2 + 64);
        PackedIntsWriter.Write(bytes, Array.ConvertAll(order.FromSorted, doc => values[doc]));
        file.Section(kind, bytes.WrittenMemory);
        bytes.Recycle();
    }

    private static void WriteFields(SegmentFileWriter file, Head head, EventOrderMap order)
    {
        var table = new FieldTableWriter();
        var column = new ByteWriter(1024 * 1024);
        file.Align();
        long start = file.Position;
        foreach (HeadField field in head.Tree.Fields.Values.OrderBy(f => f.Utf8Name, ByteOrder.Instance))
        {
            foreach ((ColumnKind kind, Action<ByteWriter> write) in ColumnsOf(field, order))
            {
                column.Clear();
                write(column);
                file.Align();
                table.Add(field.Utf8Name, kind, file.Part(column.WrittenMemory));
            }
        }

        column.Recycle();
        file.EndSection(SectionKind.Columns, start);
        file.Section(SectionKind.Fields, table.ToBytes());
    }

    private static IEnumerable<(ColumnKind Kind, Action<ByteWriter> Write)> ColumnsOf(HeadField field, EventOrderMap order)
    {
        if (field.Strings is { } strings && strings.Entries.CountBefore(order.Count) > 0)
        {
            yield return (ColumnKind.String, w => ColumnWriter.Write(w, strings, order));
        }

        foreach (HeadNumbers numbers in field.Numbers.Where(n => n.Entries.CountBefore(order.Count) > 0))
        {
            ColumnKind kind = numbers.Kind switch
            {
                FieldValueKind.Long => ColumnKind.Long,
                FieldValueKind.Double => ColumnKind.Double,
                _ => ColumnKind.Boolean,
            };
            yield return (kind, w => ColumnWriter.Write(w, numbers, order));
        }

        if (field.Text is { } text && text.Texts.CountBefore(order.Count) > 0)
        {
            yield return (ColumnKind.Text, w => TextWriter.Write(w, text, order));
        }
    }
}
