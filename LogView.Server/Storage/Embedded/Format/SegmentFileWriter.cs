using LogView.Server.Platform;

namespace LogView.Server.Storage.Embedded.Format;

/// <summary>
/// Writes one segment file from front to end. Nothing counts until <see cref="Finish"/> wrote the trailer and synced the file; a file
/// without a trailer is a leftover of a crash.
/// </summary>
internal sealed class SegmentFileWriter : IDisposable
{
    private readonly IFile _file;
    private readonly List<(SectionKind Kind, Extent Extent)> _sections = [];
    private long _position;

    public SegmentFileWriter(IFileSystem files, string path)
    {
        _file = files.Create(path);
        var header = new byte[SegmentFormat.HeaderBytes];
        header[0] = SegmentFormat.Version;
        SegmentFormat.Magic.CopyTo(header.AsSpan(1));
        Append(header);
    }

    public IReadOnlyList<(SectionKind Kind, Extent Extent)> Sections => _sections;

    /// <summary>Where the next section or part of one starts.</summary>
    public long Position => _position;

    public void Section(SectionKind kind, ReadOnlyMemory<byte> bytes)
    {
        Align();
        _sections.Add((kind, Part(bytes)));
    }

    /// <summary>Bytes inside a section that is written in parts; see <see cref="EndSection"/>.</summary>
    public Extent Part(ReadOnlyMemory<byte> bytes)
    {
        var extent = new Extent(_position, bytes.Length, Crc32C.Of(bytes.Span));
        Append(bytes);
        return extent;
    }

    /// <summary>Moves to the next aligned position.</summary>
    public void Align()
    {
        int rest = (int)(_position % SegmentFormat.Alignment);
        if (rest != 0)
        {
            Append(new byte[SegmentFormat.Alignment - rest]);
        }
    }

    /// <summary>Names all bytes since <paramref name="start"/> a section whose parts carry their own checksums.</summary>
    public void EndSection(SectionKind kind, long start) =>
        _sections.Add((kind, new Extent(start, checked((int)(_position - start)), 0)));

    /// <summary>Writes the section table and the trailer and makes the file durable. Its name is not yet.</summary>
    public long Finish()
    {
        Align();
        var table = new ByteWriter();
        table.VarUInt(_sections.Count);
        foreach ((SectionKind kind, Extent extent) in _sections)
        {
            table.Byte((byte)kind);
            table.Int64(extent.Offset);
            table.UInt32((uint)extent.Length);
            table.UInt32(extent.Crc);
        }

        var trailer = new ByteWriter();
        trailer.Int64(_position);
        trailer.UInt32((uint)table.Length);
        trailer.UInt32(Crc32C.Of(table.Written));
        trailer.UInt32(Crc32C.Of(trailer.Written));
        trailer.UInt32(SegmentFormat.TrailerMagic);
        Append(table.WrittenMemory);
        Append(trailer.WrittenMemory);
        _file.Sync();
        return _position;
    }

    public void Dispose() => _file.Dispose();

    private void Append(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > 0)
        {
            _file.Write(_position, [bytes]);
            _position += bytes.Length;
        }
    }
}
