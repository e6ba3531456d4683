using LogView.Client.Contracts.Events;
using LogView.Server.Ingest.Parsing.Times;

namespace LogView.Server.Ingest.Parsing;

/// <summary>
/// <c>VERSION SP TIMESTAMP SP HOSTNAME SP APP-NAME SP PROCID SP MSGID SP STRUCTURED-DATA</c>, RFC 5424 section 6. Stops at the first part
/// that is missing or broken; what follows is the message.
/// </summary>
internal static class Rfc5424Header
{
    /// <summary>Takes the header; false, taking nothing, when there is no version. Without a priority the time must be there too.</summary>
    public static bool TryTake(ref TextCursor cursor, in TextTimeContext context, ParsedLine line, bool hasPriority)
    {
        TextCursor ahead = cursor;
        if (!ahead.TakeNumber(1, 3, out int version) || version == 0 || ahead.Peek is not (0 or (byte)' '))
        {
            return false;
        }

        ahead.Take((byte)' ');
        bool hasTime = TakeTime(ref ahead, context, line);
        bool nothing = ahead.AtEnd || (ahead.Peek == '-' && ahead.PeekAt(1) is 0 or (byte)' ');
        if (!hasTime && !(hasPriority && nothing))
        {
            return false;
        }

        cursor = ahead;
        line.Add("log.syslog.version", FieldValue.Of(version.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        if (!hasTime)
        {
            cursor.Take((byte)'-');
        }

        if (TakePart(ref cursor, "host.name", line) && TakePart(ref cursor, "process.name", line) && TakePid(ref cursor, line)
            && TakePart(ref cursor, "log.syslog.msgid", line))
        {
            StructuredData.Take(ref cursor, line);
        }

        return true;
    }

    private static bool TakeTime(ref TextCursor cursor, in TextTimeContext context, ParsedLine line)
    {
        if (!TextCursor.IsDigit(cursor.Peek) || !TextTime.TryRead(cursor.Rest, context, out Timestamp timestamp, out int length)
            || cursor.PeekAt(length) is not (0 or (byte)' '))
        {
            return false;
        }

        cursor.Position += length;
        line.Timestamp = timestamp;
        return true;
    }

    private static bool TakePart(ref TextCursor cursor, string name, ParsedLine line)
    {
        bool taken = TakeWord(ref cursor, out ReadOnlySpan<byte> word);
        if (taken && !word.SequenceEqual("-"u8))
        {
            line.Add(name, word);
        }

        return taken;
    }

    private static bool TakePid(ref TextCursor cursor, ParsedLine line)
    {
        bool taken = TakeWord(ref cursor, out ReadOnlySpan<byte> word);
        if (taken && !word.SequenceEqual("-"u8))
        {
            SyslogParser.AddPid(line, word);
        }

        return taken;
    }

    /// <summary>A blank and a word of printable ASCII.</summary>
    private static bool TakeWord(ref TextCursor cursor, out ReadOnlySpan<byte> word)
    {
        TextCursor ahead = cursor;
        bool blank = ahead.Take((byte)' ');
        word = ahead.TakeWord();
        if (!blank || word.IsEmpty || word.IndexOfAnyExceptInRange((byte)'!', (byte)'~') >= 0)
        {
            return false;
        }

        cursor = ahead;
        return true;
    }
}
