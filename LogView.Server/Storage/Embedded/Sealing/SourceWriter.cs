using LogView.Server.Platform;
using LogView.Server.Storage.Embedded.Format;
using LogView.Server.Storage.Embedded.Heads;
using LogView.Server.Storage.Embedded.Sources;
using ZstdSharp;

namespace LogView.Server.Storage.Embedded.Sealing;

/// <summary>
/// Writes the sources and derived fields: what columns have is not kept again, what programs write again and again is kept once in the
/// model, and the rest as bits, in blocks that are read by themselves. The layout of the bytes is in docs/storage-format.md.
/// </summary>
internal static class SourceWriter
{
    /// <summary>Reading one event walks over its block.</summary>
    public const int EventsPerBlock = 128;

    /// <summary>CRC, length of the raw texts before compression, length of the bits.</summary>
    public const int BlockHeaderBytes = 12;

    /// <summary>A block ends here, so that reading one event never decompresses much more.</summary>
    private const int MaxRawBytes = 64 * 1024;

    private const int ModelLevel = 9;
    private const int BlockLevel = 3;
    private const int WriteAtOnce = 1024 * 1024;

    public static void Write(SegmentFileWriter file, Head head, EventOrderMap order)
    {
        var columns = new HeadColumnTexts(head, order.Count);
        using var analysis = new SourceAnalysis(head, order, columns);
        var numbers = new SourceModelWriter(analysis);
        ByteWriter model = numbers.Write(columns.Names);
        WriteModel(file, model);
        var encoder = new SourceEncoder(head, order, numbers, analysis, columns, SourceModel.Read(model.Written));
        model.Recycle();
        WriteBlocks(file, encoder, order.Count);
    }

    private static void WriteModel(SegmentFileWriter file, ByteWriter model)
    {
        using var compressor = new Compressor(ModelLevel);
        var section = new ByteWriter(model.Length / 2 + 64);
        section.UInt32((uint)model.Length);
        section.Bytes(compressor.Wrap(model.Written));
        file.Section(SectionKind.SourceModel, section.WrittenMemory);
        section.Recycle();
    }

    private static void WriteBlocks(SegmentFileWriter file, SourceEncoder encoder, int events)
    {
        using var compressor = new Compressor(BlockLevel);
        file.Align();
        long start = file.Position;
        List<long> ends = [0], firsts = [];
        var pending = new ByteWriter(WriteAtOnce);
        for (int from = 0; from < events;)
        {
            firsts.Add(from);
            from = encoder.EncodeBlock(from, EventsPerBlock, MaxRawBytes);
            WriteBlock(pending, encoder, compressor);
            ends.Add(file.Position - start + pending.Length);
            if (pending.Length >= WriteAtOnce)
            {
                file.Part(pending.WrittenMemory);
                pending.Clear();
            }
        }

        file.Part(pending.WrittenMemory);
        pending.Recycle();
        file.EndSection(SectionKind.Sources, start);
        var index = new ByteWriter(ends.Count * 4 + 64);
        int length = index.Length;
        index.UInt32(0);
        PackedIntsWriter.Write(index, [.. ends]);
        index.PatchUInt32(length, (uint)(index.Length - sizeof(uint)));
        PackedIntsWriter.Write(index, [.. firsts]);
        file.Section(SectionKind.SourceIndex, index.WrittenMemory);
    }

    private static void WriteBlock(ByteWriter pending, SourceEncoder encoder, Compressor compressor)
    {
        int start = pending.Length;
        pending.UInt32(0);
        pending.UInt32((uint)encoder.Raws.Length);
        pending.UInt32((uint)encoder.Bits.Length);
        pending.Bytes(encoder.Bits);
        if (encoder.Raws.Length > 0)
        {
            Span<byte> target = pending.Reserve(Compressor.GetCompressBound(encoder.Raws.Length));
            pending.Trim(target.Length - compressor.Wrap(encoder.Raws.Written, target));
        }

        pending.PatchUInt32(start, Crc32C.Of(pending.Written[(start + sizeof(uint))..]));
    }
}
