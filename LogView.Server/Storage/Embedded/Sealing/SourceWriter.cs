using LogView.Server.Storage.Embedded.Format;
using LogView.Server.Storage.Embedded.Heads;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace LogView.Server.Storage.Embedded.Sealing;

/// <summary>
/// Writes the sources and derived fields in blocks of 16 events: small enough to read one event in microseconds, and with a dictionary made from
/// the segment itself they compress as well as large blocks. Each block is one zstd frame with a checksum of its own.
/// </summary>
internal static class SourceWriter
{
    public const int EventsPerBlock = 16;

    /// <summary>Trained dictionaries gain little beyond this.</summary>
    private const int DictionaryBytes = 64 * 1024;

    /// <summary>Events a dictionary is trained from.</summary>
    private const int Samples = 1_000;

    /// <summary>Bytes of one sample; training time grows with the total.</summary>
    private const int MaxSampleBytes = 2_048;

    /// <summary>A dictionary pays for itself from here on.</summary>
    private const int MinEventsForDictionary = 4_000;

    /// <summary>Higher levels cost more than they save on blocks this small.</summary>
    private const int Level = 3;

    public static void Write(SegmentFileWriter file, Head head, EventOrderMap order)
    {
        byte[] dictionary = order.Count >= MinEventsForDictionary ? Train(head, order) : [];
        file.Section(SectionKind.SourceDictionary, dictionary);
        using var compressor = new Compressor(Level);
        compressor.SetParameter(ZSTD_cParameter.ZSTD_c_checksumFlag, 1);
        if (dictionary.Length > 0)
        {
            compressor.LoadDictionary(dictionary);
        }

        file.Align();
        long start = file.Position;
        var ends = new List<long>();
        var block = new ByteWriter(64 * 1024);
        var pending = new ByteWriter(1024 * 1024);
        for (int from = 0; from < order.Count; from += EventsPerBlock)
        {
            Fill(block, head, order, from);
            Span<byte> target = pending.Reserve(Compressor.GetCompressBound(block.Length));
            int length = compressor.Wrap(block.Written, target);
            pending.Trim(target.Length - length);
            ends.Add(file.Position - start + pending.Length);
            if (pending.Length >= 1024 * 1024)
            {
                file.Part(pending.WrittenMemory);
                pending.Clear();
            }
        }

        file.Part(pending.WrittenMemory);
        file.EndSection(SectionKind.Sources, start);
        var index = new ByteWriter(ends.Count * 4 + 64);
        PackedIntsWriter.Write(index, [0, .. ends]);
        file.Section(SectionKind.SourceIndex, index.WrittenMemory);
    }

    private static void Fill(ByteWriter block, Head head, EventOrderMap order, int from)
    {
        block.Clear();
        int to = Math.Min(order.Count, from + EventsPerBlock);
        for (int i = from; i < to; i++)
        {
            block.VarUInt(head.Sources[order.FromSorted[i]].Length);
            block.VarUInt(head.Derived[order.FromSorted[i]].Length);
        }

        for (int i = from; i < to; i++)
        {
            block.Bytes(head.Sources[order.FromSorted[i]]);
            block.Bytes(head.Derived[order.FromSorted[i]]);
        }
    }

    private static byte[] Train(Head head, EventOrderMap order)
    {
        var samples = new List<byte[]>(Samples);
        for (int i = 0; i < Samples; i++)
        {
            ReadOnlySpan<byte> source = head.Sources[order.FromSorted[(int)((long)i * order.Count / Samples)]];
            samples.Add(source[..Math.Min(source.Length, MaxSampleBytes)].ToArray());
        }

        try
        {
            return DictBuilder.TrainFromBuffer(samples, DictionaryBytes);
        }
        catch (ZstdException)
        {
            // Samples too alike or too small to learn from: the frames stand without.
            return [];
        }
    }
}
