using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace LogView.Server.Ingest.Files.Reading;

/// <summary>
/// What the read part of a file looks like: its first bytes and the last ones that were read. A file whose bytes are others is another
/// file, though device, inode and size fit: it was truncated and grew again, or the inode was given to a new file. Made of the bytes as they were
/// read, never by reading again: the file may be another by then.
/// </summary>
/// <param name="Position">Bytes that were read.</param>
/// <param name="HeadLength">Bytes hashed from the start.</param>
/// <param name="Head">First 16 hexadecimal digits of their SHA-256.</param>
/// <param name="TailLength">Bytes hashed that end at the position.</param>
/// <param name="Tail">As <paramref name="Head"/>.</param>
internal sealed record FileAnchor(long Position, int HeadLength, string Head, int TailLength, string Tail)
{
    /// <summary>Enough for the first few lines with their times.</summary>
    public const int MaxHead = 1024;

    /// <summary>Enough for most of a line.</summary>
    public const int MaxTail = 128;

    private const int HashBytes = 8;

    public static readonly FileAnchor Empty = new(0, 0, "", 0, "");

    public static FileAnchor Of(long position, ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail) =>
        position == 0 ? Empty : new FileAnchor(position, head.Length, Hash(head), tail.Length, Hash(tail));

    /// <summary>True when the file still has these bytes.</summary>
    public bool Fits(SafeFileHandle file)
    {
        Span<byte> buffer = stackalloc byte[MaxHead];
        return HeadLength <= MaxHead && TailLength <= MaxTail && TailLength <= Position
            && ReadAll(file, buffer[..HeadLength], 0) && (HeadLength == 0 || Same(buffer[..HeadLength], Head))
            && ReadAll(file, buffer[..TailLength], Position - TailLength) && (TailLength == 0 || Same(buffer[..TailLength], Tail));
    }

    /// <summary>True when these bytes, the last ones before the position, end as the anchor's do.</summary>
    public bool FitsTail(ReadOnlySpan<byte> last) => TailLength <= last.Length && (TailLength == 0 || Same(last[^TailLength..], Tail));

    /// <summary>True when the text starts as the anchor's file did.</summary>
    public bool FitsHead(ReadOnlySpan<byte> head) => HeadLength > 0 && HeadLength <= head.Length && Same(head[..HeadLength], Head);

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, HashBytes));

    private static bool Same(ReadOnlySpan<byte> bytes, string hash) => string.Equals(Hash(bytes), hash, StringComparison.Ordinal);

    private static bool ReadAll(SafeFileHandle file, Span<byte> buffer, long offset)
    {
        int done = 0;
        while (done < buffer.Length)
        {
            int read = RandomAccess.Read(file, buffer[done..], offset + done);
            if (read == 0)
            {
                return false;
            }

            done += read;
        }

        return true;
    }
}
