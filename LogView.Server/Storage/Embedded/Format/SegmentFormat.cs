namespace LogView.Server.Storage.Embedded.Format;

/// <summary>
/// Constants of a segment file; docs/storage-format.md describes it byte by byte. Version in byte 0, then the sections, the section table
/// and at the very end a trailer of fixed size that says where the table is.
/// </summary>
internal static class SegmentFormat
{
    public const byte Version = 2;

    /// <summary>Bytes of the header: the version and <see cref="Magic"/>.</summary>
    public const int HeaderBytes = 8;

    /// <summary>Table offset (8), table length (4), table CRC (4), CRC of these 16 bytes (4), <see cref="TrailerMagic"/> (4).</summary>
    public const int TrailerBytes = 24;

    public const uint TrailerMagic = 0x5345_564C;

    /// <summary>Sections start at multiples of it, so that a reader may look at them as 64-bit words.</summary>
    public const int Alignment = 8;

    public static ReadOnlySpan<byte> Magic => "LVSEGMT"u8;
}

/// <summary>What a section holds. Numbers are part of the format.</summary>
internal enum SectionKind : byte
{
    /// <summary>Counts and bounds of the segment.</summary>
    Summary = 1,

    /// <summary>Timestamps, ascending.</summary>
    Times = 2,

    /// <summary>Sequences, in the order of the events.</summary>
    Sequences = 3,

    /// <summary>Event ids and the filter over those that shippers gave.</summary>
    Ids = 4,

    /// <summary>What the sources have in common: layouts, templates, words.</summary>
    SourceModel = 5,

    /// <summary>Where each block of sources starts, and its first event.</summary>
    SourceIndex = 6,

    /// <summary>The sources: blocks, each with a CRC of its own.</summary>
    Sources = 7,

    /// <summary>Field names and where their columns lie.</summary>
    Fields = 8,

    /// <summary>The columns; each has its CRC in the field table.</summary>
    Columns = 9,
}

/// <summary>A stretch of a segment file and the CRC of its bytes.</summary>
internal readonly record struct Extent(long Offset, int Length, uint Crc);
