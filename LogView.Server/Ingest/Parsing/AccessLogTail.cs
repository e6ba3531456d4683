using LogView.Client.Contracts.Events;

namespace LogView.Server.Ingest.Parsing;

/// <summary>What stands after the user agent: words, numbers, <c>name=value</c> and quoted texts in any order.</summary>
internal static class AccessLogTail
{
    private const int MaxParts = 32;

    private static readonly string[] DurationNames = ["rt", "request_time", "req_time", "duration", "time"];

    public static void Take(ref TextCursor cursor, ParsedLine line)
    {
        long? microseconds = null;
        bool duration = false;
        for (int i = 0; i < MaxParts && !cursor.AtEnd; i++)
        {
            cursor.SkipSpaces();
            if (cursor.Peek == '"')
            {
                if (!QuotedText.TryTake(ref cursor, EscapeRule.AccessLog, out string quoted))
                {
                    break;
                }

                AddForwarded(line, quoted);
                continue;
            }

            ReadOnlySpan<byte> word = cursor.TakeWord();
            bool named = IsNamedDuration(word, out int equals);
            if (duration || !AccessLogParser.TryNanoseconds(named ? word[(equals + 1)..] : word, out long nanoseconds))
            {
                continue;
            }

            if (word.Contains((byte)'.'))
            {
                line.Add("event.duration", nanoseconds);
                duration = true;
            }
            else
            {
                microseconds ??= nanoseconds;
            }
        }

        if (!duration && microseconds is { } whole)
        {
            line.Add("event.duration", whole);
        }
    }

    private static bool IsNamedDuration(ReadOnlySpan<byte> word, out int equals)
    {
        equals = word.IndexOf((byte)'=');
        if (equals <= 0)
        {
            return false;
        }

        foreach (string name in DurationNames)
        {
            if (System.Text.Ascii.Equals(word[..equals], name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The first quoted text that starts with an address is <c>X-Forwarded-For</c>: its first address is the real client.</summary>
    private static void AddForwarded(ParsedLine line, string quoted)
    {
        int comma = quoted.IndexOf(',', StringComparison.Ordinal);
        string first = (comma < 0 ? quoted : quoted[..comma]).Trim();
        bool address = first.AsSpan().ContainsAny('.', ':') && System.Net.IPAddress.TryParse(first, out _);
        if (address && line.Find("client.ip") is null)
        {
            line.Add("client.ip", FieldValue.Of(first));
        }
    }
}
