using System.Buffers;
using System.Text;
using LogView.Client.Contracts.Events;
using LogView.Server.Ingest.Parsing.Times;

namespace LogView.Server.Ingest.Parsing;

/// <summary>
/// Error logs of nginx (<c>2026/11/22 14:02:11 [error] 12#34: *56 text, client: …, server: …, request: "…"</c>) and of Apache
/// (<c>[Sun Nov 22 14:02:11.482 2026] [core:error] [pid 12:tid 34] [client 192.0.2.1:567] text</c>, also without module and pid).
/// </summary>
public static class ErrorLogParser
{
    private static readonly SearchValues<byte> DigitsAndDots = SearchValues.Create("0123456789."u8);

    /// <summary>Fills <paramref name="line"/>; false, leaving it clear, when the text is neither.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, in TextTimeContext context, ParsedLine line)
    {
        line.Clear();
        var cursor = new TextCursor(text);
        bool read = cursor.Peek == '[' ? TakeApache(ref cursor, context, line) : TakeNginx(ref cursor, context, line);
        if (!read)
        {
            line.Clear();
        }

        return read;
    }

    private static bool TakeNginx(ref TextCursor cursor, in TextTimeContext context, ParsedLine line)
    {
        if (cursor.PeekAt(4) != '/' || !TakeTime(ref cursor, context, line) || !cursor.Take(" ["u8)
            || !cursor.TakeUntil((byte)']', out ReadOnlySpan<byte> level) || !LevelWords.TryRead(level, out Severity severity)
            || !cursor.Take((byte)' ') || !cursor.TakeNumber(1, 10, out long pid) || !cursor.Take((byte)'#')
            || !cursor.TakeNumber(1, 10, out long thread) || !cursor.Take(": "u8))
        {
            return false;
        }

        line.Severity = severity;
        line.Add("process.pid", pid);
        line.Add("process.thread.id", thread);
        if (cursor.Peek == '*' && TextCursor.IsDigit(cursor.PeekAt(1)))
        {
            cursor.Position++;
            cursor.TakeNumber(1, 18, out long connection);
            line.Add("nginx.error.connection_id", connection);
            cursor.SkipSpaces();
        }

        line.Message = Encoding.UTF8.GetString(cursor.Rest);
        AddNginxDetails(cursor.Rest, line);
        return true;
    }

    private static void AddNginxDetails(ReadOnlySpan<byte> message, ParsedLine line)
    {
        if (TryDetail(message, ", client: "u8, out ReadOnlySpan<byte> client))
        {
            AccessLogParser.AddAddress(line, client);
        }

        if (TryDetail(message, ", host: \""u8, out ReadOnlySpan<byte> host))
        {
            line.Add("url.domain", host.TrimEnd((byte)'"'));
        }

        int request = message.LastIndexOf(", request: \""u8);
        if (request >= 0)
        {
            var cursor = new TextCursor(message) { Position = request + ", request: ".Length };
            if (QuotedText.TryTake(ref cursor, EscapeRule.AccessLog, out string text))
            {
                AccessLogParser.AddRequest(line, text);
            }
        }
    }

    private static bool TryDetail(ReadOnlySpan<byte> message, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        int at = message.LastIndexOf(name);
        value = at < 0 ? default : message[(at + name.Length)..];
        int comma = value.IndexOf((byte)',');
        value = comma < 0 ? value : value[..comma];
        return !value.IsEmpty;
    }

    private static bool TakeApache(ref TextCursor cursor, in TextTimeContext context, ParsedLine line)
    {
        cursor.Position++;
        if (!TextCursor.IsLetter(cursor.Peek) || !TakeTime(ref cursor, context, line) || !cursor.Take("] ["u8)
            || !cursor.TakeUntil((byte)']', out ReadOnlySpan<byte> level))
        {
            return false;
        }

        int colon = level.IndexOf((byte)':');
        if (!LevelWords.TryRead(level[(colon + 1)..], out Severity severity))
        {
            return false;
        }

        line.Severity = severity;
        line.Add("apache.error.module", colon > 0 ? level[..colon] : default);
        TakeApacheGroups(ref cursor, line);
        cursor.SkipSpaces();
        line.Message = Encoding.UTF8.GetString(cursor.Rest);
        return true;
    }

    private static void TakeApacheGroups(ref TextCursor cursor, ParsedLine line)
    {
        TextCursor ahead = cursor;
        while (ahead.Take(" ["u8) && ahead.TakeUntil((byte)']', out ReadOnlySpan<byte> group))
        {
            if (group.StartsWith("pid "u8))
            {
                AddPid(line, group["pid ".Length..]);
            }
            else if (group.StartsWith("client "u8))
            {
                AddClient(line, group["client ".Length..]);
            }
            else
            {
                break;
            }

            cursor = ahead;
        }
    }

    private static void AddPid(ParsedLine line, ReadOnlySpan<byte> group)
    {
        var cursor = new TextCursor(group);
        if (cursor.TakeNumber(1, 18, out long pid))
        {
            line.Add("process.pid", pid);
        }

        if (cursor.Take(":tid "u8) && cursor.TakeNumber(1, 18, out long thread))
        {
            line.Add("process.thread.id", thread);
        }
    }

    private static void AddClient(ParsedLine line, ReadOnlySpan<byte> client)
    {
        int colon = client.LastIndexOf((byte)':');
        bool port = colon > 0 && TextCursor.AllDigits(client[(colon + 1)..]) && IsDigitsAndDots(client[..colon]);
        AccessLogParser.AddAddress(line, port ? client[..colon] : client);
    }

    private static bool IsDigitsAndDots(ReadOnlySpan<byte> text) => text.IndexOfAnyExcept(DigitsAndDots) < 0;

    private static bool TakeTime(ref TextCursor cursor, in TextTimeContext context, ParsedLine line)
    {
        bool read = TextTime.TryRead(cursor.Rest, context, out Timestamp timestamp, out int length);
        cursor.Position += length;
        line.Timestamp = read ? timestamp : null;
        return read;
    }
}
