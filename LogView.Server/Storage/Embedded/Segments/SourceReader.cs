using LogView.Server.Platform;
using LogView.Server.Storage.Embedded.Format;
using LogView.Server.Storage.Embedded.Sources;
using ZstdSharp;

namespace LogView.Server.Storage.Embedded.Segments;

/// <summary>
/// Reads sources of a sealed segment. Keeps the model and the block read last, since hits are neighbours more often than not. Safe for
/// concurrent use.
/// </summary>
internal sealed class SourceReader(SealedSegment segment)
{
    /// <summary>A model or block that claims more was not written by us: 64 KB of raw texts and one event of 1 MB at most with its derived fields.</summary>
    private const uint MaxBytes = 64 * 1024 * 1024;

    private readonly SegmentFile _file = segment.File;
    private Opened? _opened;
    private Block? _last;

    public (ReadOnlyMemory<byte> Source, ReadOnlyMemory<byte> Derived) Read(int doc)
    {
        try
        {
            Opened opened = Volatile.Read(ref _opened) ?? Open();
            Block? block = Volatile.Read(ref _last);
            if (block is null || doc < block.First || doc >= block.End)
            {
                block = ReadBlock(opened.Model, doc);
                Volatile.Write(ref _last, block);
            }

            return Decode(opened, block, doc);
        }
        catch (Exception e) when (e is ZstdException or DamagedFileException { Path: "" })
        {
            throw new DamagedFileException($"{System.IO.Path.GetFileName(_file.Path)}: the source of event {doc}: {e.Message}", e) { Path = _file.Path };
        }
    }

    /// <summary>Gives back memory that only speeds up the next read.</summary>
    public void Trim()
    {
        Volatile.Write(ref _last, null);
        Volatile.Write(ref _opened, null);
    }

    private static (ReadOnlyMemory<byte> Source, ReadOnlyMemory<byte> Derived) Decode(Opened opened, Block block, int doc)
    {
        var decoder = new SourceDecoder(opened.Model, block.Bits, block.Raws);
        decoder.Seek(block.Starts[doc - block.First]);
        var bytes = new ByteWriter(1024);
        int source = decoder.Read(doc, opened.Columns, bytes);
        ReadOnlyMemory<byte> own = bytes.Written.ToArray();
        return (own[..source], own[source..]);
    }

    private Opened Open()
    {
        ReadOnlySpan<byte> section = _file.Read(SectionKind.SourceModel);
        SourceModel model = SourceModel.Read(Unwrap(section[sizeof(uint)..], new ByteCursor(section).UInt32()));
        var opened = new Opened(model, new SealedColumnTexts(segment, model.Fields));
        Volatile.Write(ref _opened, opened);
        return opened;
    }

    private Block ReadBlock(SourceModel model, int doc)
    {
        ReadOnlySpan<byte> index = _file.Read(SectionKind.SourceIndex);
        int length = new ByteCursor(index).Int32();
        var ends = new PackedInts(index.Slice(sizeof(uint), length));
        var firsts = new PackedInts(index[(sizeof(uint) + length)..]);
        int number = firsts.LowerBound(doc + 1L) - 1;
        if (number < 0 || number + 1 >= ends.Count)
        {
            throw _file.Damaged($"the block of event {doc} is missing");
        }

        int first = (int)firsts[number], end = number + 1 < firsts.Count ? (int)firsts[number + 1] : segment.Events;
        Extent sources = _file.Section(SectionKind.Sources);
        ReadOnlySpan<byte> bytes = _file.ReadUnverified(sources.Offset + ends[number], (int)(ends[number + 1] - ends[number]));
        var cursor = new ByteCursor(bytes);
        if (cursor.UInt32() != Crc32C.Of(bytes[sizeof(uint)..]))
        {
            throw _file.Damaged($"the checksum of block {number} of the sources does not fit");
        }

        uint raws = cursor.UInt32();
        ReadOnlySpan<byte> packed = cursor.Take(cursor.Int32());
        var bits = new byte[packed.Length + BitReader.Padding];
        packed.CopyTo(bits);
        byte[] texts = Unwrap(bytes[cursor.Position..], raws);
        return new Block(first, end, bits, texts, Starts(model, bits, texts, end - first));
    }

    private static (int Bit, int Raw)[] Starts(SourceModel model, byte[] bits, byte[] raws, int events)
    {
        var decoder = new SourceDecoder(model, bits, raws);
        var starts = new (int Bit, int Raw)[events];
        for (int i = 0; i < events; i++)
        {
            starts[i] = decoder.Position;
            decoder.Skip();
        }

        return starts;
    }

    /// <summary>Decompresses a frame; nothing when there is none.</summary>
    private static byte[] Unwrap(ReadOnlySpan<byte> frame, uint length)
    {
        if (length == 0)
        {
            return [];
        }

        if (length > MaxBytes)
        {
            throw new DamagedFileException("a frame has an impossible size");
        }

        using var decompressor = new Decompressor();
        var bytes = new byte[length];
        return decompressor.Unwrap(frame, bytes) == bytes.Length ? bytes : throw new DamagedFileException("a frame has another size than it should");
    }

    private sealed record Opened(SourceModel Model, SealedColumnTexts Columns);

    private sealed record Block(int First, int End, byte[] Bits, byte[] Raws, (int Bit, int Raw)[] Starts);
}
