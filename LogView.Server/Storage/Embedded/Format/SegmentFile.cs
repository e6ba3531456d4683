using System.Buffers.Binary;
using System.Collections.Concurrent;
using LogView.Server.Platform;

namespace LogView.Server.Storage.Embedded.Format;

/// <summary>
/// An open segment file. The trailer and the section table are checked when it opens; each section's CRC on its first use, so that opening
/// a thousand segments reads only their ends. Counted references keep the mapping alive while a search uses it.
/// </summary>
internal sealed class SegmentFile
{
    private readonly FileBytes _bytes;
    private readonly Dictionary<SectionKind, Extent> _sections = [];
    private readonly ConcurrentDictionary<long, bool> _verified = new();
    private int _references = 1;

    private SegmentFile(FileBytes bytes, string path) => (_bytes, Path) = (bytes, path);

    public string Path { get; }

    public long Length => _bytes.Length;

    public IEnumerable<KeyValuePair<SectionKind, Extent>> Sections => _sections;

    /// <summary>Throws <see cref="DamagedFileException"/> when the file is not a whole segment, <see cref="IOException"/> when it cannot be read.</summary>
    public static SegmentFile Open(IFileSystem files, string path)
    {
        FileBytes bytes = FileBytes.Open(files, path);
        var file = new SegmentFile(bytes, path);
        try
        {
            file.ReadTable();
            return file;
        }
        catch (DamagedFileException)
        {
            bytes.Dispose();
            throw;
        }
    }

    /// <summary>False when the segment has been closed already; otherwise each call needs one <see cref="Release"/>.</summary>
    public bool TryAddReference()
    {
        int seen = Volatile.Read(ref _references);
        while (seen > 0)
        {
            int found = Interlocked.CompareExchange(ref _references, seen + 1, seen);
            if (found == seen)
            {
                return true;
            }

            seen = found;
        }

        return false;
    }

    public void Release()
    {
        if (Interlocked.Decrement(ref _references) == 0)
        {
            _bytes.Dispose();
        }
    }

    public Extent Section(SectionKind kind) =>
        _sections.TryGetValue(kind, out Extent extent) ? extent : throw Damaged($"section {kind} is missing");

    /// <summary>The bytes of a section, verified on first use.</summary>
    public ReadOnlySpan<byte> Read(SectionKind kind) => Read(Section(kind));

    /// <summary>The bytes of an extent, verified on first use. Valid while the caller holds a reference.</summary>
    public ReadOnlySpan<byte> Read(Extent extent)
    {
        ReadOnlySpan<byte> bytes = ReadUnverified(extent.Offset, extent.Length);
        if (!_verified.ContainsKey(extent.Offset))
        {
            if (Crc32C.Of(bytes) != extent.Crc)
            {
                throw Damaged($"the checksum of {extent.Length} bytes at {extent.Offset} does not fit");
            }

            _verified[extent.Offset] = true;
        }

        return bytes;
    }

    /// <summary>Bytes whose own checksum the caller verifies.</summary>
    public ReadOnlySpan<byte> ReadUnverified(long offset, int length)
    {
        if (offset < 0 || length < 0 || offset + length > _bytes.Length)
        {
            throw Damaged($"{length} bytes at {offset} are past the end");
        }

        return _bytes.Span(offset, length);
    }

    public DamagedFileException Damaged(string what) => new($"{System.IO.Path.GetFileName(Path)}: {what}") { Path = Path };

    private void ReadTable()
    {
        if (Length < SegmentFormat.HeaderBytes + SegmentFormat.TrailerBytes)
        {
            throw Damaged("the file is cut off");
        }

        ReadOnlySpan<byte> header = _bytes.Span(0, SegmentFormat.HeaderBytes);
        if (header[0] != SegmentFormat.Version || !header[1..].SequenceEqual(SegmentFormat.Magic))
        {
            throw Damaged($"expected a segment of version {SegmentFormat.Version}");
        }

        ReadOnlySpan<byte> trailer = _bytes.Span(Length - SegmentFormat.TrailerBytes, SegmentFormat.TrailerBytes);
        if (BinaryPrimitives.ReadUInt32LittleEndian(trailer[20..]) != SegmentFormat.TrailerMagic
            || BinaryPrimitives.ReadUInt32LittleEndian(trailer[16..]) != Crc32C.Of(trailer[..16]))
        {
            throw Damaged("the trailer is not whole");
        }

        var table = new Extent(
            BinaryPrimitives.ReadInt64LittleEndian(trailer), BinaryPrimitives.ReadInt32LittleEndian(trailer[8..]), BinaryPrimitives.ReadUInt32LittleEndian(trailer[12..]));
        var cursor = new ByteCursor(Read(table));
        for (int left = cursor.VarInt32(); left > 0; left--)
        {
            var kind = (SectionKind)cursor.Byte();
            _sections[kind] = new Extent(cursor.Int64(), cursor.Int32(), cursor.UInt32());
        }
    }
}
