namespace LogView.Server.Ingest.Parsing.Times;

/// <summary>Reads <c>14:02[:11[.482]]</c>, a following AM or PM, and a following zone.</summary>
internal static class TimeOfDay
{
    private const int NanosecondDigits = 9;
    private const int SecondsPerHour = 3600;

    /// <summary>Zones that logs name by letters. Ambiguous ones (IST, BST in Asia) are left out; an unknown name is not read as a zone.</summary>
    private static readonly (byte[] Name, int Hours)[] NamedZones =
    [
        ("UTC"u8.ToArray(), 0), ("GMT"u8.ToArray(), 0), ("KST"u8.ToArray(), 9), ("JST"u8.ToArray(), 9),
        ("CET"u8.ToArray(), 1), ("CEST"u8.ToArray(), 2), ("EET"u8.ToArray(), 2), ("EEST"u8.ToArray(), 3), ("MSK"u8.ToArray(), 3),
        ("EST"u8.ToArray(), -5), ("EDT"u8.ToArray(), -4), ("CST"u8.ToArray(), -6), ("CDT"u8.ToArray(), -5),
        ("MST"u8.ToArray(), -7), ("MDT"u8.ToArray(), -6), ("PST"u8.ToArray(), -8), ("PDT"u8.ToArray(), -7),
    ];

    /// <param name="cursor">At the hour.</param>
    /// <param name="parts">Takes what was read.</param>
    /// <param name="separator">Between hour, minute and second.</param>
    /// <param name="needSeconds">False: <c>14:02</c> is enough.</param>
    public static bool Take(ref TextCursor cursor, ref TimeParts parts, byte separator = (byte)':', bool needSeconds = true)
    {
        if (!cursor.TakeNumber(1, 2, out parts.Hour) || !cursor.Take(separator) || !cursor.TakeNumber(2, 2, out parts.Minute))
        {
            return false;
        }

        bool seconds = cursor.Peek == separator && cursor.PeekAt(1) is >= (byte)'0' and <= (byte)'9';
        if (seconds)
        {
            cursor.Position++;
            if (!cursor.TakeNumber(2, 2, out parts.Second))
            {
                return false;
            }

            TakeFraction(ref cursor, ref parts);
        }

        TakeHalfOfDay(ref cursor, ref parts);
        return (seconds || !needSeconds) && !TextCursor.IsDigit(cursor.Peek);
    }

    /// <summary>Takes <c>Z</c>, <c>+09:00</c>, <c>-0500</c>, <c>+09</c> or a known name, with one blank before it at most.</summary>
    public static void TakeZone(ref TextCursor cursor, ref TimeParts parts)
    {
        TextCursor ahead = cursor;
        bool blank = ahead.Take((byte)' ');
        if (TakeOffset(ref ahead, blank, out int seconds) || TakeName(ref ahead, out seconds))
        {
            parts.OffsetSeconds = seconds;
            cursor = ahead;
        }
    }

    /// <summary>The nanoseconds of a fraction's digits; digits past the ninth are passed over.</summary>
    public static int TakeFractionDigits(ref TextCursor cursor)
    {
        int digits = cursor.CountDigits(NanosecondDigits);
        cursor.TakeNumber(digits, NanosecondDigits, out int nanoseconds);
        for (int i = digits; i < NanosecondDigits; i++)
        {
            nanoseconds *= 10;
        }

        while (TextCursor.IsDigit(cursor.Peek))
        {
            cursor.Position++;
        }

        return nanoseconds;
    }

    private static void TakeFraction(ref TextCursor cursor, ref TimeParts parts)
    {
        bool fraction = cursor.Peek is (byte)'.' or (byte)',' && TextCursor.IsDigit(cursor.PeekAt(1));
        bool colonMilliseconds = cursor.Peek == ':' && cursor.CountDigitsAfterNext() == 3;
        if (fraction || colonMilliseconds)
        {
            cursor.Position++;
            parts.Nanoseconds = TakeFractionDigits(ref cursor);
        }
    }

    private static void TakeHalfOfDay(ref TextCursor cursor, ref TimeParts parts)
    {
        int blank = cursor.Peek == ' ' ? 1 : 0;
        byte half = (byte)(cursor.PeekAt(blank) | 0x20);
        bool named = half is (byte)'a' or (byte)'p' && (cursor.PeekAt(blank + 1) | 0x20) == 'm' && !TextCursor.IsLetter(cursor.PeekAt(blank + 2));
        if (named && parts.Hour is >= 1 and <= 12)
        {
            parts.Hour = parts.Hour % 12 + (half == 'p' ? 12 : 0);
            cursor.Position += blank + 2;
        }
    }

    private static int CountDigitsAfterNext(this ref TextCursor cursor)
    {
        TextCursor ahead = cursor;
        ahead.Position++;
        return ahead.CountDigits(4);
    }

    private static bool TakeOffset(ref TextCursor cursor, bool afterBlank, out int seconds)
    {
        seconds = 0;
        if (cursor.Peek is (byte)'Z' or (byte)'z' && !TextCursor.IsLetter(cursor.PeekAt(1)))
        {
            cursor.Position++;
            return true;
        }

        int sign = cursor.Peek switch { (byte)'+' => 1, (byte)'-' => -1, _ => 0 };
        TextCursor ahead = cursor;
        ahead.Position++;
        if (sign == 0 || !ahead.TakeNumber(2, 2, out int hours) || hours > 23)
        {
            return false;
        }

        bool colon = ahead.Peek == ':' && TextCursor.IsDigit(ahead.PeekAt(1));
        ahead.Position += colon ? 1 : 0;
        int minutes = 0;
        int digits = ahead.CountDigits(3);
        // After a blank "-05" may be text; a zone there has its minutes.
        if (digits == 2 ? !ahead.TakeNumber(2, 2, out minutes) || minutes > 59 : digits != 0 || colon || afterBlank)
        {
            return false;
        }

        seconds = sign * (hours * SecondsPerHour + minutes * 60);
        cursor = ahead;
        return true;
    }

    private static bool TakeName(ref TextCursor cursor, out int seconds)
    {
        foreach ((byte[] name, int hours) in NamedZones)
        {
            if (cursor.Rest.StartsWith(name) && !char.IsAsciiLetterOrDigit((char)cursor.PeekAt(name.Length)) && cursor.PeekAt(name.Length) != '_')
            {
                cursor.Position += name.Length;
                seconds = hours * SecondsPerHour;
                return true;
            }
        }

        seconds = 0;
        return false;
    }
}
