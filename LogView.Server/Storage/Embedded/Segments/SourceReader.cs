using LogView.Server.Storage.Embedded.Format;
using LogView.Server.Storage.Embedded.Sealing;
using ZstdSharp;

namespace LogView.Server.Storage.Embedded.Segments;

/// <summary>
/// Reads sources of a sealed segment. Keeps the block read last, since hits are neighbours more often than not, and one zstd context;
/// a second thread that comes meanwhile makes its own.
/// </summary>
internal sealed class SourceReader(SegmentFile file, int events)
{
    /// <summary>A frame that claims more was not written by us: 16 events of 1 MB and their derived fields.</summary>
    private const ulong MaxBlockBytes = 64 * 1024 * 1024;

    private Decompressor? _spare;
    private Block? _last;

    public (ReadOnlyMemory<byte> Source, ReadOnlyMemory<byte> Derived) Read(int doc)
    {
        int number = doc / SourceWriter.EventsPerBlock;
        Block? block = Volatile.Read(ref _last);
        if (block is null || block.Number != number)
        {
            block = ReadBlock(number);
            Volatile.Write(ref _last, block);
        }

        return block.Find(doc % SourceWriter.EventsPerBlock, Math.Min(SourceWriter.EventsPerBlock, events - number * SourceWriter.EventsPerBlock));
    }

    /// <summary>Gives back memory that only speeds up the next read.</summary>
    public void Trim()
    {
        Volatile.Write(ref _last, null);
        Interlocked.Exchange(ref _spare, null)?.Dispose();
    }

    private Block ReadBlock(int number)
    {
        var index = new PackedInts(file.Read(SectionKind.SourceIndex));
        if (number + 1 >= index.Count)
        {
            throw file.Damaged($"block {number} of the sources is missing");
        }

        Extent sources = file.Section(SectionKind.Sources);
        ReadOnlySpan<byte> frame = file.ReadUnverified(sources.Offset + index[number], (int)(index[number + 1] - index[number]));
        Decompressor decompressor = Interlocked.Exchange(ref _spare, null) ?? NewDecompressor();
        try
        {
            if (Decompressor.GetDecompressedSize(frame) > MaxBlockBytes)
            {
                throw file.Damaged($"block {number} of the sources has an impossible size");
            }

            byte[] bytes = decompressor.Unwrap(frame).ToArray();
            Interlocked.Exchange(ref _spare, decompressor)?.Dispose();
            return new Block(number, bytes);
        }
        catch (ZstdException e)
        {
            decompressor.Dispose();
            throw new DamagedFileException($"{System.IO.Path.GetFileName(file.Path)}: block {number} of the sources: {e.Message}", e) { Path = file.Path };
        }
    }

    private Decompressor NewDecompressor()
    {
        var decompressor = new Decompressor();
        ReadOnlySpan<byte> dictionary = file.Read(SectionKind.SourceDictionary);
        if (!dictionary.IsEmpty)
        {
            decompressor.LoadDictionary(dictionary);
        }

        return decompressor;
    }

    private sealed record Block(int Number, byte[] Bytes)
    {
        public (ReadOnlyMemory<byte> Source, ReadOnlyMemory<byte> Derived) Find(int index, int count)
        {
            var cursor = new ByteCursor(Bytes);
            Span<int> lengths = stackalloc int[2 * SourceWriter.EventsPerBlock];
            int before = 0;
            for (int i = 0; i < 2 * count; i++)
            {
                lengths[i] = cursor.VarInt32();
                before += i < 2 * index ? lengths[i] : 0;
            }

            int start = cursor.Position + before;
            ReadOnlyMemory<byte> source = Bytes.AsMemory(start, lengths[2 * index]);
            return (source, Bytes.AsMemory(start + source.Length, lengths[2 * index + 1]));
        }
    }
}
