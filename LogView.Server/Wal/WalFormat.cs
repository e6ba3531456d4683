using System.Buffers.Binary;
using LogView.Server.Platform;

namespace LogView.Server.Wal;

/// <summary>
/// The bytes around events, little endian; described in docs/storage-format.md. A file is a header and frames; a frame is a header and
/// the events of one append. Both headers carry their own CRC-32C, so that a damaged length is never believed.
/// </summary>
internal static class WalFormat
{
    public const byte Version = 1;
    public const int FileHeaderBytes = 32;
    public const int FrameHeaderBytes = 32;

    private const int CrcOffset = 28;

    private static ReadOnlySpan<byte> FileMagic => "LogVWAL"u8;

    public static ReadOnlySpan<byte> FrameMagic => "WFrm"u8;

    public static byte[] FileHeader(long firstSequence, long createdUnixNanoseconds)
    {
        byte[] header = new byte[FileHeaderBytes];
        header[0] = Version;
        FileMagic.CopyTo(header.AsSpan(1));
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(8), firstSequence);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(16), createdUnixNanoseconds);
        WriteCrc(header);
        return header;
    }

    /// <summary>First sequence of the file; null when the bytes are not an undamaged header. Throws <see cref="UnknownWalVersionException"/> on a later format.</summary>
    public static long? ReadFileHeader(ReadOnlySpan<byte> header)
    {
        if (header.Length < FileHeaderBytes || !header[1..8].SequenceEqual(FileMagic) || !CrcFits(header))
        {
            return null;
        }

        return header[0] == Version ? BinaryPrimitives.ReadInt64LittleEndian(header[8..]) : throw new UnknownWalVersionException(header[0]);
    }

    public static void WriteFrameHeader(Span<byte> header, in FrameHeader frame)
    {
        FrameMagic.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], frame.PayloadBytes);
        BinaryPrimitives.WriteInt64LittleEndian(header[8..], frame.FirstSequence);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], frame.Count);
        BinaryPrimitives.WriteUInt32LittleEndian(header[20..], frame.PayloadCrc);
        BinaryPrimitives.WriteInt32LittleEndian(header[24..], frame.BytesIntoGroup);
        WriteCrc(header[..FrameHeaderBytes]);
    }

    /// <summary>False when the bytes are not an undamaged frame header.</summary>
    public static bool TryReadFrameHeader(ReadOnlySpan<byte> header, out FrameHeader frame)
    {
        frame = default;
        if (header.Length < FrameHeaderBytes || !header.StartsWith(FrameMagic) || !CrcFits(header[..FrameHeaderBytes]))
        {
            return false;
        }

        frame = new FrameHeader(
            PayloadBytes: BinaryPrimitives.ReadInt32LittleEndian(header[4..]),
            FirstSequence: BinaryPrimitives.ReadInt64LittleEndian(header[8..]),
            Count: BinaryPrimitives.ReadInt32LittleEndian(header[16..]),
            PayloadCrc: BinaryPrimitives.ReadUInt32LittleEndian(header[20..]),
            BytesIntoGroup: BinaryPrimitives.ReadInt32LittleEndian(header[24..]));
        return frame is { PayloadBytes: > 0 and <= WalLimits.MaxClaimedFrameBytes, FirstSequence: > 0, Count: > 0, BytesIntoGroup: >= 0 };
    }

    private static void WriteCrc(Span<byte> header) =>
        BinaryPrimitives.WriteUInt32LittleEndian(header[CrcOffset..], Crc32C.Of(header[..CrcOffset]));

    private static bool CrcFits(ReadOnlySpan<byte> header) =>
        BinaryPrimitives.ReadUInt32LittleEndian(header[CrcOffset..]) == Crc32C.Of(header[..CrcOffset]);
}

/// <param name="PayloadBytes">Bytes after the header.</param>
/// <param name="FirstSequence">Of the first event; the others follow without gaps.</param>
/// <param name="Count">Events.</param>
/// <param name="PayloadCrc">CRC-32C of the payload.</param>
/// <param name="BytesIntoGroup">Distance back to the first frame of the same group (one fsync), which tells a torn tail from damage.</param>
internal readonly record struct FrameHeader(int PayloadBytes, long FirstSequence, int Count, uint PayloadCrc, int BytesIntoGroup)
{
    public long LastSequence => FirstSequence + Count - 1;

    public int TotalBytes => WalFormat.FrameHeaderBytes + PayloadBytes;
}

/// <summary>The files were written by a later LogView.</summary>
public sealed class UnknownWalVersionException : Exception
{
    public UnknownWalVersionException()
    {
    }

    public UnknownWalVersionException(byte version)
        : this($"The write-ahead log has format version {version}; this LogView reads version {WalFormat.Version}. Use the LogView that wrote it, or a newer one")
    {
    }

    public UnknownWalVersionException(string message)
        : base(message)
    {
    }

    public UnknownWalVersionException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
