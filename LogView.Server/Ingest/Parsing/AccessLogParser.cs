using System.Globalization;
using System.Net;
using System.Text;
using LogView.Client.Contracts.Events;
using LogView.Server.Ingest.Parsing.Times;

namespace LogView.Server.Ingest.Parsing;

/// <summary>
/// Common and combined log format (Apache's mod_log_config), a virtual host in front, and what nginx and Apache are often told to append:
/// the time taken as seconds (<c>$request_time</c>, also <c>rt=</c>) or microseconds (<c>%D</c>), and the forwarded addresses.
/// </summary>
public static class AccessLogParser
{
    private const long NanosecondsPerMicrosecond = 1_000;
    private const int FirstErrorStatus = 400;

    /// <summary>Fills <paramref name="line"/>; false, leaving it clear, when the text is not an access log line.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, in TextTimeContext context, ParsedLine line)
    {
        line.Clear();
        var cursor = new TextCursor(text);
        if (TakeClient(ref cursor, line) && TakeTime(ref cursor, context, line) && TakeRequest(ref cursor, line) && TakeStatus(ref cursor, line))
        {
            TakeReferrerAndAgent(ref cursor, line);
            AccessLogTail.Take(ref cursor, line);
            return true;
        }

        line.Clear();
        return false;
    }

    internal static void AddAddress(ParsedLine line, ReadOnlySpan<byte> address)
    {
        line.Add("source.address", address);
        string text = Encoding.UTF8.GetString(address);
        if (IPAddress.TryParse(text, out IPAddress? ip) && (text.Contains('.', StringComparison.Ordinal) || text.Contains(':', StringComparison.Ordinal)))
        {
            line.Add("source.ip", FieldValue.Of(ip.ToString()));
        }
    }

    /// <summary><c>GET /path?query HTTP/1.1</c>, as the request line of access and error logs.</summary>
    internal static void AddRequest(ParsedLine line, string request)
    {
        int first = request.IndexOf(' ', StringComparison.Ordinal);
        int last = request.LastIndexOf(" HTTP/", StringComparison.Ordinal);
        bool method = first is > 0 and < 20 && request.AsSpan(0, first).IndexOfAnyExceptInRange('A', 'Z') < 0;
        if (!method)
        {
            return;
        }

        string target = last > first ? request[(first + 1)..last] : request[(first + 1)..];
        line.Add("http.request.method", FieldValue.Of(request[..first]));
        if (last > first)
        {
            line.Add("http.version", FieldValue.Of(request[(last + " HTTP/".Length)..]));
        }

        AddTarget(line, target);
    }

    private static void AddTarget(ParsedLine line, string target)
    {
        line.Add("url.original", FieldValue.Of(target));
        int scheme = target.IndexOf("://", StringComparison.Ordinal);
        int pathStart = scheme > 0 && target[0] != '/' ? target.IndexOf('/', scheme + 3) : 0;
        string relative = pathStart < 0 ? "/" : target[pathStart..];
        int question = relative.IndexOf('?', StringComparison.Ordinal);
        line.Add("url.path", FieldValue.Of(question < 0 ? relative : relative[..question]));
        if (question >= 0)
        {
            line.Add("url.query", FieldValue.Of(relative[(question + 1)..]));
        }
    }

    /// <summary><c>[vhost[:port] ]client ident user [</c>: users may have blanks, so the bracket ends them.</summary>
    private static bool TakeClient(ref TextCursor cursor, ParsedLine line)
    {
        int bracket = cursor.Rest.IndexOf(" ["u8);
        if (bracket is < 5 or > 512)
        {
            return false;
        }

        Span<Range> parts = stackalloc Range[5];
        ReadOnlySpan<byte> head = cursor.Rest[..bracket];
        int count = Split(head, parts);
        // "client ident user" has three words; a virtual host in front is a fourth, told from a user with a blank by what follows it.
        bool host = count >= 4 && LooksLikeAddress(head[parts[1]]);
        if (count < 3 || (count > 4 && host))
        {
            return false;
        }

        int client = host ? 1 : 0;
        if (host)
        {
            AddVirtualHost(line, head[parts[0]]);
        }

        AddAddress(line, head[parts[client]]);
        ReadOnlySpan<byte> user = head[parts[client + 2].Start..];
        if (!user.SequenceEqual("-"u8))
        {
            line.Add("user.name", user);
        }

        cursor.Position += bracket + 2;
        return true;
    }

    private static int Split(ReadOnlySpan<byte> head, Span<Range> parts)
    {
        int count = 0;
        int start = 0;
        for (int i = 0; i <= head.Length && count < parts.Length; i++)
        {
            if (i == head.Length || head[i] == ' ')
            {
                parts[count++] = start..i;
                start = i + 1;
            }
        }

        return count;
    }

    private static bool LooksLikeAddress(ReadOnlySpan<byte> word) =>
        word.Length >= 2 && (word.Contains((byte)'.') || word.Contains((byte)':')) && IPAddress.TryParse(Encoding.ASCII.GetString(word), out _);

    private static void AddVirtualHost(ParsedLine line, ReadOnlySpan<byte> word)
    {
        int colon = word.LastIndexOf((byte)':');
        bool port = colon > 0 && TextCursor.AllDigits(word[(colon + 1)..]) && word.Length - colon <= 6;
        line.Add("url.domain", port ? word[..colon] : word);
        if (port)
        {
            line.Add("url.port", long.Parse(word[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture));
        }
    }

    private static bool TakeTime(ref TextCursor cursor, in TextTimeContext context, ParsedLine line)
    {
        if (!TextTime.TryRead(cursor.Rest, context, out Timestamp timestamp, out int length))
        {
            return false;
        }

        cursor.Position += length;
        line.Timestamp = timestamp;
        return cursor.Take("] "u8);
    }

    private static bool TakeRequest(ref TextCursor cursor, ParsedLine line)
    {
        if (!QuotedText.TryTake(ref cursor, EscapeRule.AccessLog, out string request))
        {
            return false;
        }

        AddRequest(line, request);
        return cursor.Take((byte)' ');
    }

    private static bool TakeStatus(ref TextCursor cursor, ParsedLine line)
    {
        if (!cursor.TakeNumber(3, 3, out int status) || cursor.Peek is not (0 or (byte)' '))
        {
            return false;
        }

        line.Add("http.response.status_code", status);
        line.Add("event.outcome", FieldValue.Of(status < FirstErrorStatus ? "success" : "failure"));
        cursor.SkipSpaces();
        ReadOnlySpan<byte> bytes = cursor.TakeWord();
        if (TextCursor.AllDigits(bytes) && long.TryParse(bytes, NumberStyles.None, CultureInfo.InvariantCulture, out long size))
        {
            line.Add("http.response.body.bytes", size);
        }

        return true;
    }

    private static void TakeReferrerAndAgent(ref TextCursor cursor, ParsedLine line)
    {
        TextCursor ahead = cursor;
        if (!ahead.Take((byte)' ') || !QuotedText.TryTake(ref ahead, EscapeRule.AccessLog, out string referrer) || !ahead.Take((byte)' ')
            || !QuotedText.TryTake(ref ahead, EscapeRule.AccessLog, out string agent))
        {
            return;
        }

        cursor = ahead;
        if (referrer is not ("" or "-"))
        {
            line.Add("http.request.referrer", FieldValue.Of(referrer));
        }

        if (agent is not ("" or "-"))
        {
            line.Add("user_agent.original", FieldValue.Of(agent));
        }
    }

    internal static bool TryNanoseconds(ReadOnlySpan<byte> word, out long nanoseconds)
    {
        nanoseconds = 0;
        var cursor = new TextCursor(word);
        if (!cursor.TakeNumber(1, 9, out long number))
        {
            return false;
        }

        if (cursor.Take((byte)'.'))
        {
            bool digits = TextCursor.IsDigit(cursor.Peek);
            nanoseconds = number * Timestamp.NanosecondsPerSecond + Times.TimeOfDay.TakeFractionDigits(ref cursor);
            return digits && cursor.AtEnd;
        }

        nanoseconds = number * NanosecondsPerMicrosecond;
        return cursor.AtEnd;
    }
}
