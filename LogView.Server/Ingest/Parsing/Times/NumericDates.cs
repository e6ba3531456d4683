namespace LogView.Server.Ingest.Parsing.Times;

/// <summary>Dates that start with a digit. Decided by how many digits come first and what follows them.</summary>
internal static class NumericDates
{
    private const int CompactDateDigits = 8;
    private const int CompactDateTimeDigits = 14;

    public static bool Take(ref TextCursor cursor, ref TimeParts parts, bool allowTimeOnly)
    {
        int digits = cursor.CountDigits(CompactDateTimeDigits + 1);
        byte next = cursor.PeekAt(digits);
        return (digits, next) switch
        {
            (4, (byte)'-' or (byte)'/' or (byte)'.') => TakeYearFirst(ref cursor, ref parts, next),
            (CompactDateDigits, _) => TakeCompact(ref cursor, ref parts),
            (CompactDateTimeDigits, _) => TakeCompact(ref cursor, ref parts),
            (6, (byte)' ') => TakeShortCompact(ref cursor, ref parts),
            (1 or 2, (byte)'/') => TakeSlashes(ref cursor, ref parts),
            (1 or 2, (byte)'-') => TakeDashes(ref cursor, ref parts),
            (1 or 2, (byte)'.') => TakeDayMonthYear(ref cursor, ref parts, (byte)'.'),
            (1 or 2, (byte)' ') => TakeDayNameYear(ref cursor, ref parts, (byte)' '),
            (2, (byte)':') when allowTimeOnly => TimeOfDay.Take(ref cursor, ref parts),
            _ => false,
        };
    }

    /// <summary><c>2026-11-22T14:02:11.482Z</c>, <c>2026/11/22 14:02:11</c>, <c>2005-06-03-15.42.50.675872</c>.</summary>
    private static bool TakeYearFirst(ref TextCursor cursor, ref TimeParts parts, byte separator)
    {
        cursor.TakeNumber(4, 4, out int year);
        parts.Year = year;
        cursor.Position++;
        if (!TakeMonthNumber(ref cursor, ref parts) || !cursor.Take(separator) || !cursor.TakeNumber(1, 2, out parts.Day))
        {
            return false;
        }

        byte between = cursor.Peek;
        if (between is not ((byte)'T' or (byte)'t' or (byte)' ' or (byte)'_' or (byte)'-' or (byte)':' or (byte)','))
        {
            return false;
        }

        cursor.Position++;
        cursor.SkipSpaces();
        bool dotted = between == '-' && cursor.PeekAt(2) == '.';
        if (!TimeOfDay.Take(ref cursor, ref parts, dotted ? (byte)'.' : (byte)':', needSeconds: false))
        {
            return false;
        }

        TimeOfDay.TakeZone(ref cursor, ref parts);
        return true;
    }

    /// <summary><c>20261122T140211Z</c>, <c>20261122 14:02:11.482</c>, <c>20261122140211</c>, <c>20261122-140211</c>.</summary>
    private static bool TakeCompact(ref TextCursor cursor, ref TimeParts parts)
    {
        cursor.TakeNumber(4, 4, out int year);
        cursor.TakeNumber(2, 2, out int month);
        cursor.TakeNumber(2, 2, out parts.Day);
        (parts.Year, parts.Month) = (year, month);
        if (cursor.Peek is (byte)'T' or (byte)' ' or (byte)'_' or (byte)'-')
        {
            cursor.Position++;
        }

        bool colons = cursor.PeekAt(2) == ':';
        if (colons ? !TimeOfDay.Take(ref cursor, ref parts) : !TakeSixDigits(ref cursor, ref parts))
        {
            return false;
        }

        TimeOfDay.TakeZone(ref cursor, ref parts);
        return true;
    }

    /// <summary><c>081109 203615</c> (HDFS), <c>261122  9:02:11</c> (MySQL before 5.7).</summary>
    private static bool TakeShortCompact(ref TextCursor cursor, ref TimeParts parts)
    {
        cursor.TakeNumber(2, 2, out int year);
        cursor.TakeNumber(2, 2, out int month);
        cursor.TakeNumber(2, 2, out parts.Day);
        (parts.Year, parts.Month) = (FullYear(year), month);
        cursor.SkipSpaces();
        return cursor.CountDigits(7) == 6 ? TakeSixDigits(ref cursor, ref parts) : TimeOfDay.Take(ref cursor, ref parts);
    }

    private static bool TakeSixDigits(ref TextCursor cursor, ref TimeParts parts)
    {
        if (!cursor.TakeNumber(2, 2, out parts.Hour) || !cursor.TakeNumber(2, 2, out parts.Minute) || !cursor.TakeNumber(2, 2, out parts.Second))
        {
            return false;
        }

        if (cursor.Peek is (byte)'.' or (byte)',' && TextCursor.IsDigit(cursor.PeekAt(1)))
        {
            cursor.Position++;
            parts.Nanoseconds = TimeOfDay.TakeFractionDigits(ref cursor);
        }

        return !TextCursor.IsDigit(cursor.Peek);
    }

    /// <summary><c>22/Nov/2026:14:02:11 +0900</c>, <c>17/06/09 20:10:40</c> (Spark), <c>11/22/2026 2:02:11 PM</c>, <c>22/11/2026 14:02:11</c>.</summary>
    private static bool TakeSlashes(ref TextCursor cursor, ref TimeParts parts)
    {
        TextCursor ahead = cursor;
        ahead.TakeNumber(1, 2, out int first);
        ahead.Position++;
        if (TextCursor.IsLetter(ahead.Peek))
        {
            return TakeDayNameYear(ref cursor, ref parts, (byte)'/');
        }

        if (!ahead.TakeNumber(1, 2, out int second) || !ahead.Take((byte)'/'))
        {
            return false;
        }

        int yearDigits = ahead.CountDigits(5);
        if (yearDigits == 4)
        {
            return TakeMonthDayYear(ref cursor, ref parts, dayFirst: first > 12);
        }

        if (yearDigits != 2 || !ahead.TakeNumber(2, 2, out parts.Day))
        {
            return false;
        }

        (parts.Year, parts.Month) = (FullYear(first), second);
        cursor = ahead;
        return TakeClock(ref cursor, ref parts);
    }

    /// <summary><c>22-Nov-2026 14:02:11.482</c> (Tomcat, BIND), <c>03-17 16:13:38.811</c> (Android), <c>22-11-2026 14:02:11</c>.</summary>
    private static bool TakeDashes(ref TextCursor cursor, ref TimeParts parts)
    {
        TextCursor ahead = cursor;
        ahead.TakeNumber(1, 2, out int first);
        ahead.Position++;
        if (TextCursor.IsLetter(ahead.Peek))
        {
            return TakeDayNameYear(ref cursor, ref parts, (byte)'-');
        }

        if (!ahead.TakeNumber(2, 2, out int second))
        {
            return false;
        }

        if (ahead.Peek == '-')
        {
            return TakeDayMonthYear(ref cursor, ref parts, (byte)'-');
        }

        (parts.Month, parts.Day) = (first, second);
        cursor = ahead;
        return cursor.Peek == ' ' && TakeClock(ref cursor, ref parts);
    }

    private static bool TakeDayMonthYear(ref TextCursor cursor, ref TimeParts parts, byte separator)
    {
        if (!cursor.TakeNumber(1, 2, out parts.Day) || !cursor.Take(separator) || !TakeMonthNumber(ref cursor, ref parts)
            || !cursor.Take(separator) || !cursor.TakeNumber(4, 4, out int year))
        {
            return false;
        }

        parts.Year = year;
        return TakeClock(ref cursor, ref parts);
    }

    private static bool TakeMonthDayYear(ref TextCursor cursor, ref TimeParts parts, bool dayFirst)
    {
        cursor.TakeNumber(1, 2, out int first);
        cursor.Position++;
        cursor.TakeNumber(1, 2, out int second);
        cursor.Position++;
        cursor.TakeNumber(4, 4, out int year);
        parts.Year = year;
        (parts.Month, parts.Day) = dayFirst ? (second, first) : (first, second);
        return TakeClock(ref cursor, ref parts);
    }

    /// <summary><c>22/Nov/2026:14:02:11</c>, <c>22 Nov 2026 14:02:11.482</c>, and without the year <c>22 Nov 14:02:11.482</c> (Redis 3).</summary>
    private static bool TakeDayNameYear(ref TextCursor cursor, ref TimeParts parts, byte separator)
    {
        if (!cursor.TakeNumber(1, 2, out parts.Day) || !cursor.Take(separator) || !NamedDates.TakeMonth(ref cursor, ref parts))
        {
            return false;
        }

        if (!cursor.Take(separator))
        {
            return false;
        }

        if (cursor.CountDigits(5) == 4)
        {
            cursor.TakeNumber(4, 4, out int year);
            parts.Year = year;
            return TakeClock(ref cursor, ref parts);
        }

        return separator == ' ' && TimeOfDay.Take(ref cursor, ref parts);
    }

    private static bool TakeClock(ref TextCursor cursor, ref TimeParts parts)
    {
        if (cursor.Peek is not ((byte)' ' or (byte)':' or (byte)'T' or (byte)','))
        {
            return false;
        }

        cursor.Position++;
        cursor.SkipSpaces();
        if (!TimeOfDay.Take(ref cursor, ref parts))
        {
            return false;
        }

        TimeOfDay.TakeZone(ref cursor, ref parts);
        return true;
    }

    private static bool TakeMonthNumber(ref TextCursor cursor, ref TimeParts parts)
    {
        bool taken = cursor.TakeNumber(1, 2, out int month);
        parts.Month = month;
        return taken;
    }

    /// <summary>Two digits of a year: 70 to 99 are 19xx, as POSIX has it.</summary>
    private static int FullYear(int twoDigits) => twoDigits < 70 ? 2000 + twoDigits : 1900 + twoDigits;
}
