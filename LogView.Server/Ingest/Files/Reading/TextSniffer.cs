using System.Text;

namespace LogView.Server.Ingest.Files.Reading;

/// <summary>Tells text from other files by their first bytes.</summary>
internal static class TextSniffer
{
    public const int SampleBytes = 4096;

    /// <summary>A crash can leave a few NULs in a log; a binary file is full of them and of other control bytes.</summary>
    private const int MaxControlPercent = 10;

    /// <summary>Fewer prove nothing, however short the file is.</summary>
    private const int FewControls = 16;

    private static readonly byte[][] Magic =
    [
        [0x7F, (byte)'E', (byte)'L', (byte)'F'], "LPKSHHRH"u8.ToArray(), "PK\x03\x04"u8.ToArray(), [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z'],
        "BZh"u8.ToArray(), [0x28, 0xB5, 0x2F, 0xFD], "SQLite format 3"u8.ToArray(), [0x89, (byte)'P', (byte)'N', (byte)'G'], "%PDF-"u8.ToArray(),
    ];

    public static bool IsGzip(ReadOnlySpan<byte> head) => head.Length >= 3 && head[0] == 0x1F && head[1] == 0x8B && head[2] == 8;

    /// <summary>Leading NULs say nothing: a file that was truncated under its writer starts with them.</summary>
    public static bool IsBinary(ReadOnlySpan<byte> head, Encoding encoding)
    {
        if (encoding is UnicodeEncoding || head.StartsWith(Encoding.Unicode.Preamble) || head.StartsWith(Encoding.BigEndianUnicode.Preamble))
        {
            return false;
        }

        foreach (byte[] magic in Magic)
        {
            if (head.StartsWith(magic))
            {
                return true;
            }
        }

        ReadOnlySpan<byte> rest = head.TrimStart((byte)0);
        int controls = 0;
        foreach (byte b in rest)
        {
            controls += b < 0x20 && b is not ((byte)'\t' or (byte)'\n' or (byte)'\r' or 0x1B or (byte)'\f' or 8) ? 1 : 0;
        }

        return controls > FewControls && controls * 100 > rest.Length * MaxControlPercent;
    }
}
