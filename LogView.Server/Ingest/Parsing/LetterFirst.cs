using LogView.Client.Contracts.Events;
using LogView.Server.Ingest.Parsing.Times;

namespace LogView.Server.Ingest.Parsing;

/// <summary>Layouts whose level is one letter in front of the time: glog and klog, Ruby, Jupyter.</summary>
internal static class LetterFirst
{
    public static bool TryParse(ReadOnlySpan<byte> text, in TextTimeContext context, ParsedLine line)
    {
        bool read = text.Length > 20 && (Glog(text, context, line) || Ruby(text, context, line) || Jupyter(text, context, line));
        if (!read)
        {
            line.Clear();
        }

        return read;
    }

    public static bool StartsWithTime(ReadOnlySpan<byte> text, in TextTimeContext context) => TryParse(text, context, new ParsedLine());

    /// <summary><c>I1122 14:02:11.482000   12345 file.go:12] text</c>; newer glog writes the year too: <c>I20261122 …</c>.</summary>
    private static bool Glog(ReadOnlySpan<byte> text, in TextTimeContext context, ParsedLine line)
    {
        var cursor = new TextCursor(text) { Position = 1 };
        int digits = cursor.CountDigits(9);
        if (text[0] is not ((byte)'I' or (byte)'W' or (byte)'E' or (byte)'F' or (byte)'D') || digits is not (4 or 8))
        {
            return false;
        }

        var parts = default(TimeParts);
        if (digits == 8)
        {
            cursor.TakeNumber(4, 4, out int year);
            parts.Year = year;
        }

        cursor.TakeNumber(2, 2, out int month);
        cursor.TakeNumber(2, 2, out parts.Day);
        parts.Month = month;
        if (!cursor.Take((byte)' ') || !TimeOfDay.Take(ref cursor, ref parts) || !parts.TryResolve(context, out Timestamp timestamp))
        {
            return false;
        }

        cursor.SkipSpaces();
        if (!cursor.TakeNumber(1, 18, out long thread) || !cursor.Take((byte)' ') || !cursor.TakeUntil((byte)']', out ReadOnlySpan<byte> origin))
        {
            return false;
        }

        line.Timestamp = timestamp;
        Fill(line, text[0], cursor);
        line.Add("process.thread.id", thread);
        AddOrigin(line, origin);
        return true;
    }

    /// <summary><c>I, [2026-11-22T14:02:11.482000 #1234]  INFO -- prog: text</c>.</summary>
    private static bool Ruby(ReadOnlySpan<byte> text, in TextTimeContext context, ParsedLine line)
    {
        var cursor = new TextCursor(text) { Position = 1 };
        if (!cursor.Take(", ["u8) || !TextTime.TryRead(cursor.Rest, context, out Timestamp timestamp, out int length))
        {
            return false;
        }

        cursor.Position += length;
        if (!cursor.Take(" #"u8) || !cursor.TakeNumber(1, 10, out long pid) || !cursor.TakeUntil((byte)']', out _)
            || !cursor.TakeUntil((byte)':', out ReadOnlySpan<byte> head))
        {
            return false;
        }

        line.Timestamp = timestamp;
        line.Add("process.pid", pid);
        int dashes = head.IndexOf("-- "u8);
        line.Add("process.name", dashes < 0 ? default : head[(dashes + 3)..].Trim((byte)' '));
        Fill(line, text[0], cursor);
        return true;
    }

    /// <summary><c>[I 2026-11-22 14:02:11.482 ServerApp] text</c>, Tornado's <c>[I 261122 14:02:11 web:12] text</c>.</summary>
    private static bool Jupyter(ReadOnlySpan<byte> text, in TextTimeContext context, ParsedLine line)
    {
        if (text[0] != '[' || text[2] != ' ' || !LevelWords.TryReadLetter(text[1], out _)
            || !TextTime.TryRead(text[3..], context, out Timestamp timestamp, out int length))
        {
            return false;
        }

        var cursor = new TextCursor(text) { Position = 3 + length };
        if (!cursor.TakeUntil((byte)']', out ReadOnlySpan<byte> logger))
        {
            return false;
        }

        line.Timestamp = timestamp;
        line.Add("log.logger", logger.Trim((byte)' '));
        Fill(line, text[1], cursor);
        return true;
    }

    private static void Fill(ParsedLine line, byte letter, in TextCursor cursor)
    {
        LevelWords.TryReadLetter(letter, out Severity severity);
        line.Severity = severity;
        PlainLineParser.SetMessage(line, cursor.Rest);
    }

    private static void AddOrigin(ParsedLine line, ReadOnlySpan<byte> origin)
    {
        int colon = origin.LastIndexOf((byte)':');
        if (colon > 0 && TextCursor.AllDigits(origin[(colon + 1)..]) && origin.Length - colon < 9)
        {
            line.Add("log.origin.file.name", origin[..colon]);
            line.Add("log.origin.file.line", long.Parse(origin[(colon + 1)..], System.Globalization.CultureInfo.InvariantCulture));
        }
    }
}
