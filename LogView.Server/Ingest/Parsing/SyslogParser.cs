using System.Buffers;
using System.Text;
using LogView.Client.Contracts.Events;
using LogView.Server.Ingest.Parsing.Times;

namespace LogView.Server.Ingest.Parsing;

/// <summary>
/// One syslog message: RFC 5424, RFC 3164 and what is sent in their name (RFC 3339 times without a version, no priority as in files, Cisco's
/// sequence numbers, missing parts). Lenient: what can be read becomes fields, the rest is the message, nothing is lost. Pure and linear.
/// </summary>
public static class SyslogParser
{
    /// <summary>Facility 23, severity 7.</summary>
    private const int MaxPriority = 191;

    private const int MaxTagBytes = 128;

    private static readonly SearchValues<byte> BareTagBytes = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_-./"u8);

    /// <summary>Fills <paramref name="line"/>; false, leaving it clear, when the text has neither a priority nor a syslog header.</summary>
    /// <param name="text">One message without its frame; valid UTF-8.</param>
    /// <param name="context">Zone and newest instant for RFC 3164 times.</param>
    /// <param name="line">Cleared first.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, in TextTimeContext context, ParsedLine line)
    {
        line.Clear();
        var cursor = new TextCursor(text.TrimEnd("\r\n\0"u8));
        bool hasPriority = TakePriority(ref cursor, line);
        if (Rfc5424Header.TryTake(ref cursor, context, line, hasPriority))
        {
            TakeMessage(ref cursor, line);
            return true;
        }

        TextCursor ahead = cursor;
        TakeSequenceNumber(ref ahead);
        bool hasTime = TakeTime(ref ahead, context, line);
        if (!hasTime)
        {
            TakeMessage(ref cursor, line);
            return hasPriority;
        }

        cursor = ahead;
        TakeHost(ref cursor, line);
        TakeTag(ref cursor, line, bareTag: !hasPriority);
        TakeMessage(ref cursor, line);
        return true;
    }

    /// <summary>Stricter than <see cref="TryParse"/>, for telling formats apart: a time with a priority, or with a host and a program's tag.</summary>
    public static bool TryParseCertain(ReadOnlySpan<byte> text, in TextTimeContext context, ParsedLine line)
    {
        if (!TryParse(text, context, line))
        {
            return false;
        }

        bool certain = line.Find("log.syslog.priority") is not null
            ? line.Timestamp is not null || line.Find("log.syslog.version") is not null
            : HasFileHeader(text, line);
        if (!certain)
        {
            line.Clear();
        }

        return certain;
    }

    /// <summary>In files the time is one word (RFC 3339) or starts with a month; host and tag are not levels, and the tag has its colon.</summary>
    private static bool HasFileHeader(ReadOnlySpan<byte> text, ParsedLine line)
    {
        int blank = text.IndexOf((byte)' ');
        bool oneWordTime = blank > "2026-11-22T14:02".Length;
        bool monthTime = text.Length > 3 && TextCursor.IsLetter(text[0]) && text[3] == ' ';
        return (oneWordTime || monthTime)
            && line.Find("host.name") is { } host && IsHost(host.AsString())
            && line.Find("process.name") is { } program && IsHost(program.AsString())
            && text.IndexOf(": "u8) > 0;
    }

    private static bool IsHost(string word) =>
        word[0] is not ('[' or '(' or '<' or '{' or '"') && !LevelWords.TryRead(Encoding.UTF8.GetBytes(word), out _);

    private static bool TakePriority(ref TextCursor cursor, ParsedLine line)
    {
        TextCursor ahead = cursor;
        if (!ahead.Take((byte)'<') || !ahead.TakeNumber(1, 3, out int priority) || priority > MaxPriority || !ahead.Take((byte)'>'))
        {
            return false;
        }

        cursor = ahead;
        int facility = priority >> 3;
        int severity = priority & 7;
        line.Severity = LevelWords.OfSyslog(severity);
        line.Add("log.syslog.priority", priority);
        line.Add("log.syslog.facility.code", facility);
        line.Add("log.syslog.facility.name", FieldValue.Of(SyslogNames.Facility(facility)));
        line.Add("log.syslog.severity.code", severity);
        line.Add("log.syslog.severity.name", FieldValue.Of(SyslogNames.Severity(severity)));
        return true;
    }

    /// <summary>Cisco: <c>123: *Nov 22 14:02:11.482: %SYS-5-CONFIG_I: …</c>; the star says that its clock is not set.</summary>
    private static void TakeSequenceNumber(ref TextCursor cursor)
    {
        TextCursor ahead = cursor;
        if (ahead.TakeNumber(1, 12, out long _) && ahead.Take(": "u8))
        {
            cursor = ahead;
        }

        if (cursor.Peek is (byte)'*' or (byte)'.' && TextCursor.IsLetter(cursor.PeekAt(1)))
        {
            cursor.Position++;
        }
    }

    private static bool TakeTime(ref TextCursor cursor, in TextTimeContext context, ParsedLine line)
    {
        if (!TextTime.TryRead(cursor.Rest, context, out Timestamp timestamp, out int length))
        {
            return false;
        }

        byte after = cursor.PeekAt(length);
        if (after is not (0 or (byte)' ' or (byte)':' or (byte)'\t'))
        {
            return false;
        }

        cursor.Position += length;
        line.Timestamp = timestamp;
        return true;
    }

    private static void TakeHost(ref TextCursor cursor, ParsedLine line)
    {
        SkipSeparators(ref cursor);
        TextCursor ahead = cursor;
        ReadOnlySpan<byte> word = ahead.TakeWord();
        bool isTag = word.EndsWith(":"u8) || word.EndsWith("]"u8);
        bool alone = ahead.AtEnd && word.IndexOfAny((byte)':', (byte)'[') >= 0;
        if (word.IsEmpty || isTag || alone || word[0] == '%')
        {
            return;
        }

        cursor = ahead;
        SkipSeparators(ref cursor);
        if (!word.SequenceEqual("-"u8))
        {
            line.Add("host.name", word);
        }
    }

    /// <param name="bareTag">In files: a first word in lower case is the program even without its colon.</param>
    private static void TakeTag(ref TextCursor cursor, ParsedLine line, bool bareTag)
    {
        SkipSeparators(ref cursor);
        TextCursor ahead = cursor;
        ReadOnlySpan<byte> word = ahead.TakeWord();
        if (word.SequenceEqual("-"u8))
        {
            cursor = ahead;
            return;
        }

        bool colon = word.EndsWith(":"u8);
        ReadOnlySpan<byte> tag = colon ? word[..^1] : word;
        bool hasPid = SplitPid(tag, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> pid);
        bool bare = bareTag && !colon && !hasPid && IsBareTag(tag) && !ahead.Rest.StartsWith(" message repeated"u8);
        if (name.IsEmpty || tag.Length > MaxTagBytes || !(colon || hasPid || bare))
        {
            return;
        }

        cursor = ahead;
        line.Add(name[0] == '%' ? "event.code" : "process.name", name);
        AddPid(line, pid);
    }

    /// <summary>A pid that is a number is <c>process.pid</c>; anything else keeps its text.</summary>
    internal static void AddPid(ParsedLine line, ReadOnlySpan<byte> pid)
    {
        var cursor = new TextCursor(pid);
        if (cursor.TakeNumber(1, 18, out long number) && cursor.AtEnd)
        {
            line.Add("process.pid", number);
        }
        else
        {
            line.Add("log.syslog.procid", pid);
        }
    }

    private static bool SplitPid(ReadOnlySpan<byte> tag, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> pid)
    {
        int open = tag.IndexOf((byte)'[');
        bool has = open > 0 && tag[^1] == ']';
        name = has ? tag[..open] : tag;
        pid = has ? tag[(open + 1)..^1] : default;
        return has;
    }

    private static bool IsBareTag(ReadOnlySpan<byte> word) =>
        word.Length > 0 && word[0] is >= (byte)'a' and <= (byte)'z'
        && word.IndexOfAnyExcept(BareTagBytes) < 0;

    private static void TakeMessage(ref TextCursor cursor, ParsedLine line)
    {
        cursor.Take((byte)' ');
        cursor.Take("\uFEFF"u8);
        if (!cursor.AtEnd)
        {
            line.Message = Encoding.UTF8.GetString(cursor.Rest);
        }
    }

    private static void SkipSeparators(ref TextCursor cursor)
    {
        cursor.SkipSpaces();
        if (cursor.Peek == ':' && cursor.PeekAt(1) is (byte)' ' or 0)
        {
            cursor.Position++;
            cursor.SkipSpaces();
        }
    }
}
