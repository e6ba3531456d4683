using LogView.Client.Contracts.Events;

namespace LogView.Server.Ingest.Parsing;

/// <summary>logcat's threadtime layout after its time: <c>  1702  2395 D WindowManager: text</c>.</summary>
internal static class AndroidHeader
{
    private const int MaxTagBytes = 128;

    public static bool TryTake(ref TextCursor cursor, ParsedLine line)
    {
        TextCursor ahead = cursor;
        ahead.SkipSpaces();
        if (!ahead.TakeNumber(1, 10, out long pid) || !ahead.Take((byte)' '))
        {
            return false;
        }

        ahead.SkipSpaces();
        if (!ahead.TakeNumber(1, 10, out long thread) || !ahead.Take((byte)' ') || ahead.PeekAt(1) != ' '
            || !LevelWords.TryReadLetter(ahead.Peek, out Severity severity))
        {
            return false;
        }

        ahead.Position += 2;
        line.Severity = severity;
        line.Add("process.pid", pid);
        line.Add("process.thread.id", thread);
        int colon = ahead.Rest.IndexOf((byte)':');
        if (colon is > 0 and <= MaxTagBytes)
        {
            line.Add("log.logger", ahead.Rest[..colon].TrimEnd((byte)' '));
            ahead.Position += colon + 1;
        }

        cursor = ahead;
        return true;
    }
}
