using System.Buffers;
using System.Text;

namespace LogView.Server.Ingest.Parsing;

/// <summary>
/// RFC 5424 section 6.3: <c>[id name="value" …][…]</c> → <c>log.syslog.structured_data.id.name</c>. Also takes values without quotes and
/// elements without an id, which some senders write. A broken element ends it: from there on it is message.
/// </summary>
internal static class StructuredData
{
    private const string Prefix = "log.syslog.structured_data";
    private const int MaxNameBytes = 256;

    private static readonly SearchValues<byte> NameEnds = SearchValues.Create(" =]\""u8);

    public static void Take(ref TextCursor cursor, ParsedLine line)
    {
        TextCursor ahead = cursor;
        if (!ahead.Take((byte)' '))
        {
            return;
        }

        if (ahead.Peek == '-' && ahead.PeekAt(1) is 0 or (byte)' ')
        {
            ahead.Position++;
            cursor = ahead;
            return;
        }

        int kept = line.Fields.Count;
        if (ahead.Peek != '[')
        {
            return;
        }

        while (ahead.Peek == '[')
        {
            if (!TakeElement(ref ahead, line))
            {
                line.Truncate(kept);
                return;
            }
        }

        cursor = ahead;
    }

    private static bool TakeElement(ref TextCursor cursor, ParsedLine line)
    {
        cursor.Position++;
        string prefix = Prefix;
        if (!TakeName(ref cursor, out ReadOnlySpan<byte> name))
        {
            return false;
        }

        if (cursor.Peek != '=')
        {
            prefix = $"{Prefix}.{Encoding.UTF8.GetString(name)}";
        }
        else if (!TakeValue(ref cursor, prefix, name, line))
        {
            return false;
        }

        while (cursor.Peek == ' ')
        {
            cursor.SkipSpaces();
            if (cursor.Peek != ']' && !(TakeName(ref cursor, out name) && TakeValue(ref cursor, prefix, name, line)))
            {
                return false;
            }
        }

        return cursor.Take((byte)']');
    }

    private static bool TakeName(ref TextCursor cursor, out ReadOnlySpan<byte> name)
    {
        int length = cursor.Rest.IndexOfAny(NameEnds);
        name = length is > 0 and <= MaxNameBytes ? cursor.Rest[..length] : default;
        cursor.Position += name.Length;
        return name.Length > 0;
    }

    private static bool TakeValue(ref TextCursor cursor, string prefix, scoped ReadOnlySpan<byte> name, ParsedLine line)
    {
        if (!cursor.Take((byte)'='))
        {
            return false;
        }

        string field = $"{prefix}.{Encoding.UTF8.GetString(name)}";
        if (cursor.Peek != '"')
        {
            bool bare = TakeName(ref cursor, out ReadOnlySpan<byte> value);
            line.Add(field, value);
            return bare;
        }

        if (!QuotedText.TryTake(ref cursor, EscapeRule.QuoteBackslashBracket, out string text))
        {
            return false;
        }

        line.Add(field, Client.Contracts.Events.FieldValue.Of(text));
        return true;
    }
}
