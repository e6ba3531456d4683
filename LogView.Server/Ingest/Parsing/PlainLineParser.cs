using System.Text;
using LogView.Client.Contracts.Events;
using LogView.Server.Ingest.Parsing.Times;

namespace LogView.Server.Ingest.Parsing;

/// <summary>
/// A line that a program wrote through a logging library: a time, perhaps a level, thread and logger, and text. Knows the usual layouts of
/// log4j, logback, Spring Boot, java.util.logging, Tomcat, NLog, Serilog, Microsoft's console, Python, gunicorn, Celery, Ruby, Go, zap,
/// glog/klog, PostgreSQL, MySQL, Redis, Android, HDFS, Spark and Windows' CBS without being told which one it is.
/// </summary>
public static class PlainLineParser
{
    /// <summary>Where a time may stand that is not at the start (<c>update-alternatives 2026-11-22 14:02:11: …</c>).</summary>
    private const int InnerTimeBytes = 64;

    /// <summary>Fills <paramref name="line"/>; false, leaving it clear, when there is neither a time nor a level to be found.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, in TextTimeContext context, ParsedLine line)
    {
        line.Clear();
        if (LetterFirst.TryParse(text, context, line) || TimeFirst(text, context, line) || LevelFirst(text, context, line)
            || InnerTime(text, context, line))
        {
            return true;
        }

        line.Clear();
        return false;
    }

    /// <summary>True when a time stands at the start, perhaps behind a bracket: such a line begins a new event.</summary>
    public static bool StartsWithTime(ReadOnlySpan<byte> text, in TextTimeContext context)
    {
        int open = text.Length > 0 && text[0] is (byte)'[' or (byte)'(' or (byte)'<' or (byte)'"' ? 1 : 0;
        return TextTime.TryRead(text[open..], context, out _, out _, allowTimeOnly: true) || LetterFirst.StartsWithTime(text, context);
    }

    internal static void SetMessage(ParsedLine line, ReadOnlySpan<byte> rest)
    {
        ReadOnlySpan<byte> message = rest.TrimStart(" \t"u8);
        if (!message.IsEmpty)
        {
            line.Message = Encoding.UTF8.GetString(message);
        }
    }

    private static bool TimeFirst(ReadOnlySpan<byte> text, in TextTimeContext context, ParsedLine line)
    {
        byte open = text.Length > 0 ? text[0] : (byte)0;
        byte close = open switch { (byte)'[' => (byte)']', (byte)'(' => (byte)')', (byte)'<' => (byte)'>', _ => 0 };
        int start = close != 0 ? 1 : 0;
        if (!TextTime.TryRead(text[start..], context, out Timestamp timestamp, out int length, allowTimeOnly: true))
        {
            return false;
        }

        var cursor = new TextCursor(text) { Position = start + length };
        bool timeOnly = length < "2026-11-22".Length + 2 && text[start..].IndexOf((byte)':') == 2;
        line.Timestamp = timestamp;
        if (close != 0 && !cursor.Take(close) && !TakeRestOfBracket(ref cursor, close, line))
        {
            return Nothing(line);
        }

        if (AndroidHeader.TryTake(ref cursor, line))
        {
            SetMessage(line, cursor.Rest);
            return true;
        }

        HeaderWords.Take(ref cursor, line);
        if (timeOnly && line.Severity == Severity.Unknown)
        {
            return Nothing(line);
        }

        SetMessage(line, cursor.Rest);
        return true;
    }

    /// <summary>Serilog's <c>[14:02:11 INF]</c> and Celery's <c>[2026-11-22 14:02:11,482: INFO/MainProcess]</c>.</summary>
    private static bool TakeRestOfBracket(ref TextCursor cursor, byte close, ParsedLine line)
    {
        TextCursor ahead = cursor;
        if (!ahead.TakeUntil(close, out ReadOnlySpan<byte> rest) || rest.Length > HeaderWords.MaxGroupBytes)
        {
            return false;
        }

        ReadOnlySpan<byte> words = rest.Trim(": "u8);
        int slash = words.IndexOf((byte)'/');
        if (LevelWords.TryRead(slash < 0 ? words : words[..slash], out Severity severity))
        {
            line.Severity = severity;
            line.Add("process.name", slash < 0 ? default : words[(slash + 1)..]);
        }

        cursor = ahead;
        return true;
    }

    /// <summary><c>ERROR 2026-11-22 14:02:11 …</c>, <c>[INFO] …</c>, <c>warn: Category[0]</c>, <c>INFO:root:text</c>.</summary>
    private static bool LevelFirst(ReadOnlySpan<byte> text, in TextTimeContext context, ParsedLine line)
    {
        var cursor = new TextCursor(text);
        if (!HeaderWords.TakeLeadingLevel(ref cursor, line))
        {
            return false;
        }

        TextCursor ahead = cursor;
        ahead.SkipSpaces();
        int open = ahead.Peek == '[' ? 1 : 0;
        ahead.Position += open;
        if (TextTime.TryRead(ahead.Rest, context, out Timestamp timestamp, out int length))
        {
            line.Timestamp = timestamp;
            ahead.Position += length;
            ahead.Position += open == 1 && ahead.Peek == ']' ? 1 : 0;
            cursor = ahead;
        }

        HeaderWords.TakeAfterLevel(ref cursor, line);
        SetMessage(line, cursor.Rest);
        return true;
    }

    /// <summary>A full date and time behind a few words; the message stays the whole line.</summary>
    private static bool InnerTime(ReadOnlySpan<byte> text, in TextTimeContext context, ParsedLine line)
    {
        for (int i = 1; i < Math.Min(text.Length, InnerTimeBytes); i++)
        {
            bool wordStart = text[i - 1] is (byte)' ' or (byte)'[' or (byte)'\t' or (byte)'(' or (byte)'"' or (byte)'|' or (byte)'=';
            bool fullYear = wordStart && text.Length > i + 4 && text[i] is (byte)'1' or (byte)'2' && text[i + 4] is (byte)'-' or (byte)'/';
            bool named = wordStart && TextCursor.IsDigit(text[i]) && text[Math.Min(i + 2, text.Length - 1)] is (byte)' ' or (byte)'/';
            if ((fullYear || named) && TextTime.TryRead(text[i..], context, out Timestamp timestamp, out int length))
            {
                line.Timestamp = timestamp;
                HeaderWords.FindCapitals(text, line);
                RedisMark(text, i, i + length, line);
                return true;
            }
        }

        return HeaderWords.FindCapitals(text, line);
    }

    /// <summary><c>1234:M 22 Nov 2026 14:02:11.482 # text</c>: the mark after the time is the level.</summary>
    private static void RedisMark(ReadOnlySpan<byte> text, int start, int end, ParsedLine line)
    {
        int colon = text.IndexOf((byte)':');
        bool redis = start == colon + 3 && TextCursor.AllDigits(text[..colon]) && text.Length > end + 2 && text[end] == ' ' && text[end + 2] == ' ';
        Severity severity = !redis ? Severity.Unknown : text[end + 1] switch
        {
            (byte)'.' => Severity.Trace,
            (byte)'-' => Severity.Debug,
            (byte)'*' => Severity.Info,
            (byte)'#' => Severity.Warn,
            _ => Severity.Unknown,
        };
        if (severity != Severity.Unknown)
        {
            line.Severity = severity;
            line.Add("process.pid", long.Parse(text[..colon], System.Globalization.CultureInfo.InvariantCulture));
            SetMessage(line, text[(end + 2)..]);
        }
    }

    private static bool Nothing(ParsedLine line)
    {
        line.Clear();
        return false;
    }
}
