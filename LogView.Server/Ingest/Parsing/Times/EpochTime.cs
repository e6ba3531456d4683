using System.Globalization;
using LogView.Client.Contracts.Events;

namespace LogView.Server.Ingest.Parsing.Times;

/// <summary>Seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by the number of digits.</summary>
public static class EpochTime
{
    /// <summary>Before 2000 and after 2100 a number is something else. 946,684,800 is 2000-01-01, so ten digits start in September 2001 as they must.</summary>
    private const long FirstSecond = 946_684_800;

    private const long LastSecond = 4_102_444_800;

    /// <summary>A text that is such a number and nothing else; seconds may have a fraction.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out Timestamp timestamp)
    {
        timestamp = default;
        var cursor = new TextCursor(text);
        int digits = cursor.CountDigits(20);
        long scale = digits switch
        {
            9 or 10 => Timestamp.NanosecondsPerSecond,
            12 or 13 => Timestamp.NanosecondsPerMillisecond,
            15 or 16 => 1_000,
            18 or 19 => 1,
            _ => 0,
        };
        if (scale == 0 || !long.TryParse(text[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out long number))
        {
            return false;
        }

        cursor.Position = digits;
        int fraction = 0;
        if (scale == Timestamp.NanosecondsPerSecond && cursor.Take((byte)'.'))
        {
            fraction = TimeOfDay.TakeFractionDigits(ref cursor);
        }

        long second = number / (Timestamp.NanosecondsPerSecond / scale);
        if (!cursor.AtEnd || second is < FirstSecond or > LastSecond)
        {
            return false;
        }

        timestamp = new Timestamp(number * scale + fraction);
        return true;
    }
}
