using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;
using LogView.Server.Ingest.Files.Joining;

namespace LogView.Server.Ingest.Files.Reading;

/// <summary>Takes the lines of one file as UTF-8; the text is only valid during the call.</summary>
internal interface ILines
{
    void Take(ReadOnlySpan<byte> line, LineSpan span);
}

/// <summary>
/// Cuts the bytes of one file into lines: LF or CRLF, byte order marks, UTF-16 and code pages, NUL bytes of sparse files, lines without end.
/// Nothing is dropped but line ends, byte order marks and NULs before a line.
/// </summary>
internal sealed class LineSplitter(Encoding encoding)
{
    private readonly Encoding _configured = encoding;
    private Encoding? _encoding;
    private int _unit = 1;
    private bool _inSplit;
    private bool _nuls;

    /// <summary>Hands out the whole lines in <paramref name="data"/> and returns how many bytes are done with.</summary>
    /// <param name="data">Bytes of the file from the first one that is not done with.</param>
    /// <param name="offset">Of its first byte in the file.</param>
    /// <param name="lines">Takes the lines.</param>
    public int Split(ReadOnlySpan<byte> data, long offset, ILines lines)
    {
        int at = 0;
        if (_encoding is null && !TryStart(data, offset, out at))
        {
            return 0;
        }

        while (true)
        {
            at += SkipNuls(data[at..]);
            int end = IndexOfLineEnd(data[at..]);
            int length = end < 0 ? data.Length - at : end;
            if (length > FilesLimits.MaxLineBytes)
            {
                at += EmitPiece(data[at..], offset + at, lines);
                continue;
            }

            if (end < 0)
            {
                return at;
            }

            Emit(data.Slice(at, length), offset + at, offset + at + length + _unit, _inSplit ? LineFlags.Split : LineFlags.None, lines);
            _inSplit = false;
            at += length + _unit;
        }
    }

    /// <summary>Hands out what is left as a line without its end.</summary>
    public void Finish(ReadOnlySpan<byte> rest, long offset, ILines lines)
    {
        int at = 0;
        if (_encoding is null && !TryStart(rest, offset, out at))
        {
            _encoding = _configured;
        }

        at += SkipNuls(rest[at..]);
        if (at < rest.Length)
        {
            LineFlags flags = LineFlags.Unfinished | (_inSplit ? LineFlags.Split : LineFlags.None);
            Emit(rest[at..], offset + at, offset + rest.Length, flags, lines);
        }

        _inSplit = false;
    }

    /// <summary>Looks at the byte order mark. At another offset it was seen before: then its encoding has to be told again by the file's start.</summary>
    public void StartWith(ReadOnlySpan<byte> head) => TryStart(head, 0, out _);

    private bool TryStart(ReadOnlySpan<byte> head, long offset, out int mark)
    {
        mark = 0;
        if (offset > 0)
        {
            Use(_configured);
            return true;
        }

        if (head.Length < 3 && (head.IsEmpty || head[0] is 0xEF or 0xFE or 0xFF))
        {
            return false;
        }

        (Encoding encoding, mark) = head switch
        {
            _ when head.StartsWith(Encoding.UTF8.Preamble) => (Encoding.UTF8, 3),
            _ when head.StartsWith(Encoding.Unicode.Preamble) => (Encoding.Unicode, 2),
            _ when head.StartsWith(Encoding.BigEndianUnicode.Preamble) => (Encoding.BigEndianUnicode, 2),
            _ => (_configured, 0),
        };
        Use(encoding);
        return true;
    }

    private void Use(Encoding encoding)
    {
        _encoding = encoding;
        _unit = encoding is UnicodeEncoding ? 2 : 1;
    }

    private int SkipNuls(ReadOnlySpan<byte> data)
    {
        if (_unit != 1 || data.IsEmpty || data[0] != 0)
        {
            return 0;
        }

        _nuls = true;
        int end = data.IndexOfAnyExcept((byte)0);
        return end < 0 ? data.Length : end;
    }

    private int IndexOfLineEnd(ReadOnlySpan<byte> data)
    {
        if (_unit == 1)
        {
            return data.IndexOf((byte)'\n');
        }

        ushort lineEnd = IsBigEndian ? (ushort)0x0A00 : (ushort)0x000A;
        int index = MemoryMarshal.Cast<byte, ushort>(data).IndexOf(lineEnd);
        return index < 0 ? -1 : index * 2;
    }

    private bool IsBigEndian => _encoding!.CodePage == Encoding.BigEndianUnicode.CodePage;

    /// <summary>One piece of a line that is too long, cut between characters.</summary>
    private int EmitPiece(ReadOnlySpan<byte> data, long offset, ILines lines)
    {
        int length = FilesLimits.MaxLineBytes & ~1;
        while (_unit == 1 && length > FilesLimits.MaxLineBytes - 8 && (data[length] & 0xC0) == 0x80)
        {
            length--;
        }

        _inSplit = true;
        Emit(data[..length], offset, offset + length, LineFlags.Split, lines);
        return length;
    }

    private void Emit(ReadOnlySpan<byte> line, long start, long end, LineFlags flags, ILines lines)
    {
        ReadOnlySpan<byte> text = TrimReturn(line);
        flags |= _nuls ? LineFlags.Nuls : LineFlags.None;
        _nuls = false;
        if (_encoding is UTF8Encoding)
        {
            bool valid = Utf8.IsValid(text);
            lines.Take(valid ? text : InvalidText.Escape(text), new LineSpan(start, end, valid ? flags : flags | LineFlags.InvalidText));
            return;
        }

        string decoded = _encoding!.GetString(text);
        bool whole = !decoded.Contains('\uFFFD', StringComparison.Ordinal);
        lines.Take(Encoding.UTF8.GetBytes(decoded), new LineSpan(start, end, whole ? flags : flags | LineFlags.InvalidText));
    }

    private ReadOnlySpan<byte> TrimReturn(ReadOnlySpan<byte> line)
    {
        bool carriage = line.Length >= _unit && (_unit == 1 ? line[^1] == '\r' : IsBigEndian ? line[^1] == '\r' && line[^2] == 0 : line[^2] == '\r' && line[^1] == 0);
        return carriage ? line[..^_unit] : line;
    }
}

/// <summary>Bytes that are no UTF-8 are kept as <c>\xNN</c>, so that every byte can still be told.</summary>
internal static class InvalidText
{
    public static byte[] Escape(ReadOnlySpan<byte> bytes)
    {
        StringBuilder text = new(bytes.Length + 16);
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out Rune rune, out int length) == System.Buffers.OperationStatus.Done)
            {
                text.Append(rune.ToString());
            }
            else
            {
                foreach (byte b in bytes[..length])
                {
                    text.Append("\\x").Append(b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
                }
            }

            bytes = bytes[length..];
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
