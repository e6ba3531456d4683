using System.Text;

namespace LogView.Server.Ingest.Parsing;

internal enum EscapeRule : byte
{
    /// <summary>Structured data of syslog: a backslash escapes <c>" \ ]</c> and stands for itself before anything else.</summary>
    QuoteBackslashBracket,

    /// <summary>logfmt: as in a Go or JSON string.</summary>
    Json,

    /// <summary>Access logs: <c>\"</c> and <c>\\</c>; <c>\x22</c> is nginx's way to write any byte.</summary>
    AccessLog,
}

/// <summary>A text between double quotes.</summary>
internal static class QuotedText
{
    /// <summary>Takes the text and both quotes; false, taking nothing, when the closing quote is missing.</summary>
    public static bool TryTake(ref TextCursor cursor, EscapeRule rule, out string text)
    {
        text = "";
        ReadOnlySpan<byte> rest = cursor.Rest;
        if (rest.IsEmpty || rest[0] != '"')
        {
            return false;
        }

        int end = FindEnd(rest);
        if (end < 0)
        {
            return false;
        }

        ReadOnlySpan<byte> inner = rest[1..end];
        text = inner.Contains((byte)'\\') ? Unescape(inner, rule) : Encoding.UTF8.GetString(inner);
        cursor.Position += end + 1;
        return true;
    }

    private static int FindEnd(ReadOnlySpan<byte> rest)
    {
        int at = 1;
        while (at < rest.Length)
        {
            int step = rest[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (step < 0)
            {
                return -1;
            }

            at += step;
            if (rest[at] == '"')
            {
                return at;
            }

            at += 2;
        }

        return -1;
    }

    private static string Unescape(ReadOnlySpan<byte> inner, EscapeRule rule)
    {
        byte[] bytes = new byte[inner.Length];
        int length = 0;
        for (int i = 0; i < inner.Length; i++)
        {
            byte b = inner[i];
            if (b == '\\' && i + 1 < inner.Length)
            {
                i += TakeEscape(inner[i..], rule, bytes, ref length);
                continue;
            }

            bytes[length++] = b;
        }

        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    /// <summary>Writes what an escape means and says how many bytes it has beyond the backslash. What it writes is never longer than the escape.</summary>
    private static int TakeEscape(ReadOnlySpan<byte> escape, EscapeRule rule, byte[] bytes, ref int length)
    {
        byte next = escape[1];
        if (next is (byte)'"' or (byte)'\\' || (next == ']' && rule == EscapeRule.QuoteBackslashBracket) || (next == '/' && rule == EscapeRule.Json))
        {
            bytes[length++] = next;
            return 1;
        }

        if (rule != EscapeRule.QuoteBackslashBracket && TryControl(next, out byte control))
        {
            bytes[length++] = control;
            return 1;
        }

        if (next == 'x' && rule == EscapeRule.AccessLog && TryHex(escape, 2, out int code))
        {
            bytes[length++] = (byte)code;
            return 3;
        }

        if (next == 'u' && rule == EscapeRule.Json && TryHex(escape, 4, out code))
        {
            Rune rune = Rune.TryCreate(code, out Rune valid) ? valid : Rune.ReplacementChar;
            length += rune.EncodeToUtf8(bytes.AsSpan(length));
            return 5;
        }

        bytes[length++] = (byte)'\\';
        bytes[length++] = next;
        return 1;
    }

    private static bool TryControl(byte letter, out byte control)
    {
        control = letter switch { (byte)'n' => (byte)'\n', (byte)'t' => (byte)'\t', (byte)'r' => (byte)'\r', _ => (byte)0 };
        return control != 0;
    }

    private static bool TryHex(ReadOnlySpan<byte> escape, int digits, out int code)
    {
        code = 0;
        return escape.Length >= 2 + digits
            && int.TryParse(escape.Slice(2, digits), System.Globalization.NumberStyles.AllowHexSpecifier,
                System.Globalization.CultureInfo.InvariantCulture, out code);
    }
}
