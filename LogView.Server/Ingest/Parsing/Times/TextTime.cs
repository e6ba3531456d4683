using LogView.Client.Contracts.Events;

namespace LogView.Server.Ingest.Parsing.Times;

/// <summary>
/// Reads the times that programs write in front of their lines. Pure and linear; knows the forms of ISO 8601 and its relatives, RFC 3164,
/// ctime, the common log format, log4j, Spark, HDFS, Android, MySQL, Redis, Tomcat and java.util.logging. Numbers of seconds since 1970
/// are read by <see cref="EpochTime"/>, because only a whole file can tell them from other numbers.
/// </summary>
public static class TextTime
{
    private const int ShortestTime = 8;

    /// <summary>The time at the very start of <paramref name="text"/>. <paramref name="length"/> is what it takes up, its zone included.</summary>
    /// <param name="allowTimeOnly">Also <c>14:02:11</c> alone: the newest such time. Only where the line shows elsewhere that it is one.</param>
    public static bool TryRead(
        ReadOnlySpan<byte> text, in TextTimeContext context, out Timestamp timestamp, out int length, bool allowTimeOnly = false)
    {
        timestamp = default;
        length = 0;
        if (text.Length < ShortestTime)
        {
            return false;
        }

        var cursor = new TextCursor(text);
        var parts = default(TimeParts);
        bool read = TextCursor.IsDigit(text[0])
            ? NumericDates.Take(ref cursor, ref parts, allowTimeOnly)
            : NamedDates.Take(ref cursor, ref parts);
        if (!read || !parts.TryResolve(context, out timestamp))
        {
            return false;
        }

        length = cursor.Position;
        return true;
    }

    /// <summary>A text that is a time and nothing else, with blanks around it at most.</summary>
    public static bool TryReadAll(ReadOnlySpan<byte> text, in TextTimeContext context, out Timestamp timestamp)
    {
        ReadOnlySpan<byte> trimmed = text.Trim((byte)' ');
        return (TryRead(trimmed, context, out timestamp, out int length) && length == trimmed.Length) || EpochTime.TryRead(trimmed, out timestamp);
    }
}
