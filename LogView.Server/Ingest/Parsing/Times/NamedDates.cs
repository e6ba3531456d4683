namespace LogView.Server.Ingest.Parsing.Times;

/// <summary>Dates that start with the English name of a month or of a weekday.</summary>
internal static class NamedDates
{
    private const string Months = "janfebmaraprmayjunjulaugsepoctnovdec";
    private const string Weekdays = "monTueWedThuFriSatSun";

    /// <summary><c>Nov 22 14:02:11</c>, <c>Sun Nov 22 14:02:11.482 2026</c>, <c>Sun, 22 Nov 2026 14:02:11 GMT</c>, <c>Nov 22, 2026 2:02:11 PM</c>.</summary>
    public static bool Take(ref TextCursor cursor, ref TimeParts parts)
    {
        if (NameAt(cursor, Weekdays) >= 0)
        {
            cursor.Position += 3;
            if (cursor.Take((byte)','))
            {
                cursor.SkipSpaces();
                return TextCursor.IsDigit(cursor.Peek) && NumericDates.Take(ref cursor, ref parts, allowTimeOnly: false);
            }

            if (!cursor.Take((byte)' '))
            {
                return false;
            }

            cursor.SkipSpaces();
        }

        return TakeMonthFirst(ref cursor, ref parts);
    }

    public static bool TakeMonth(ref TextCursor cursor, ref TimeParts parts)
    {
        int month = NameAt(cursor, Months);
        if (month < 0)
        {
            return false;
        }

        parts.Month = month + 1;
        cursor.Position += 3;
        return true;
    }

    private static bool TakeMonthFirst(ref TextCursor cursor, ref TimeParts parts)
    {
        if (!TakeMonth(ref cursor, ref parts) || !cursor.Take((byte)' '))
        {
            return false;
        }

        cursor.SkipSpaces();
        if (!cursor.TakeNumber(1, 2, out parts.Day) || !(cursor.Take(", "u8) || cursor.Take((byte)' ')))
        {
            return false;
        }

        cursor.SkipSpaces();
        TakeYear(ref cursor, ref parts);
        if (!TimeOfDay.Take(ref cursor, ref parts))
        {
            return false;
        }

        TimeOfDay.TakeZone(ref cursor, ref parts);
        TakeTrailingYear(ref cursor, ref parts);
        return true;
    }

    private static void TakeYear(ref TextCursor cursor, ref TimeParts parts)
    {
        if (cursor.CountDigits(5) == 4 && cursor.PeekAt(4) == ' ')
        {
            cursor.TakeNumber(4, 4, out int year);
            cursor.Position++;
            parts.Year = year;
        }
    }

    private static void TakeTrailingYear(ref TextCursor cursor, ref TimeParts parts)
    {
        TextCursor ahead = cursor;
        if (parts.Year is null && ahead.Take((byte)' ') && ahead.CountDigits(5) == 4 && IsYear(ahead))
        {
            ahead.TakeNumber(4, 4, out int year);
            parts.Year = year;
            cursor = ahead;
        }
    }

    /// <summary>In <c>Nov 22 14:02:11 2001 …</c> the number could be a host's name too; a year stands before a bracket, a blank or the end.</summary>
    private static bool IsYear(in TextCursor cursor) =>
        cursor.PeekAt(4) is 0 or (byte)']' or (byte)' ' or (byte)':' or (byte)',' or (byte)'\t' && cursor.Peek is (byte)'1' or (byte)'2';

    private static int NameAt(in TextCursor cursor, string names)
    {
        if (TextCursor.IsLetter(cursor.PeekAt(3)))
        {
            return -1;
        }

        for (int i = 0; i < names.Length; i += 3)
        {
            if (Same(cursor.Peek, names[i]) && Same(cursor.PeekAt(1), names[i + 1]) && Same(cursor.PeekAt(2), names[i + 2]))
            {
                return i / 3;
            }
        }

        return -1;
    }

    private static bool Same(byte b, char c) => (b | 0x20) == (c | 0x20);
}
