using System.Buffers;
using LogView.Client.Contracts.Events;

namespace LogView.Server.Ingest.Parsing;

/// <summary>
/// Level, thread, process and logger between a line's time and its message. Nothing before the level is taken for a header unless a level
/// follows: a line that only looks like one stays message.
/// </summary>
internal static class HeaderWords
{
    /// <summary>A bracket longer than this is text.</summary>
    public const int MaxGroupBytes = 100;

    /// <summary>Words before the level.</summary>
    private const int MaxWords = 6;

    /// <summary>Words looked at for a level in capitals when the layout is unknown.</summary>
    private const int MaxCapitalWords = 10;

    private const int MaxLoggerBytes = 200;

    private static readonly SearchValues<byte> NotLogger = SearchValues.Create("()[]{}<>\"'=,;!?*+&%@"u8);

    public static void Take(ref TextCursor cursor, ParsedLine line)
    {
        SkipSeparators(ref cursor);
        if (line.Severity == Severity.Unknown && !TakeUpToLevel(ref cursor, line))
        {
            FindCapitals(cursor.Rest, line);
            return;
        }

        TakeAfterLevel(ref cursor, line);
    }

    /// <summary>A level as the first thing of a line: in brackets, with a colon, or in capitals.</summary>
    public static bool TakeLeadingLevel(ref TextCursor cursor, ParsedLine line)
    {
        TextCursor ahead = cursor;
        if (TryGroup(ref ahead, out ReadOnlySpan<byte> group))
        {
            return TakeLevel(ref cursor, ahead, group, line);
        }

        int end = ahead.Rest.IndexOfAny(" :\t|"u8);
        ReadOnlySpan<byte> word = end < 0 ? default : ahead.Rest[..end];
        bool sure = end > 0 && (ahead.PeekAt(end) == ':' || LevelWords.TryReadCapitals(word, out _));
        ahead.Position += word.Length;
        return sure && TakeLevel(ref cursor, ahead, word, line);
    }

    /// <summary>Looks for an unmistakable level among the first words; takes nothing.</summary>
    public static bool FindCapitals(ReadOnlySpan<byte> text, ParsedLine line)
    {
        var cursor = new TextCursor(text);
        for (int i = 0; i < MaxCapitalWords && !cursor.AtEnd && line.Severity == Severity.Unknown; i++)
        {
            cursor.SkipSpaces();
            ReadOnlySpan<byte> word = cursor.TakeWord().Trim("[]():,<>|"u8);
            if (LevelWords.TryReadCapitals(word, out Severity severity))
            {
                line.Severity = severity;
            }
        }

        return line.Severity != Severity.Unknown;
    }

    /// <summary><c>12345 --- [main] c.s.Checkout :</c> and its shorter relatives.</summary>
    public static void TakeAfterLevel(ref TextCursor cursor, ParsedLine line)
    {
        SkipSeparators(ref cursor);
        TakeSpringPid(ref cursor, line);
        for (int i = 0; i < 2; i++)
        {
            TextCursor ahead = cursor;
            if (!TryGroup(ref ahead, out ReadOnlySpan<byte> group))
            {
                break;
            }

            AddGroup(line, group);
            cursor = ahead;
            SkipSeparators(ref cursor);
        }

        TakeLogger(ref cursor, line);
    }

    private static bool TakeUpToLevel(ref TextCursor cursor, ParsedLine line)
    {
        TextCursor ahead = cursor;
        int kept = line.Fields.Count;
        for (int i = 0; i < MaxWords && !ahead.AtEnd; i++)
        {
            if (TryGroup(ref ahead, out ReadOnlySpan<byte> group))
            {
                if (TakeLevel(ref cursor, ahead, group, line))
                {
                    return true;
                }

                AddGroup(line, group);
            }
            else if (!TakeWordBeforeLevel(ref ahead, ref cursor, line, first: i == 0, out bool found))
            {
                break;
            }
            else if (found)
            {
                return true;
            }

            SkipSeparators(ref ahead);
        }

        line.Truncate(kept);
        return false;
    }

    /// <summary>A number (pid), a name set off by a dash or bar, or the level. False: plain text begins.</summary>
    private static bool TakeWordBeforeLevel(ref TextCursor ahead, ref TextCursor cursor, ParsedLine line, bool first, out bool found)
    {
        int length = ahead.Rest.IndexOfAny(" \t|"u8);
        ReadOnlySpan<byte> word = length < 0 ? ahead.Rest : ahead.Rest[..length];
        ahead.Position += word.Length;
        bool colon = word.EndsWith(":"u8);
        ReadOnlySpan<byte> bare = word.TrimEnd(":,"u8);
        bool expected = colon || first || ahead.Peek == '|' || IsDash(ahead) || LevelWords.TryReadCapitals(bare, out _);
        found = expected && TakeLevel(ref cursor, ahead, bare, line);
        if (found)
        {
            return true;
        }

        if (TextCursor.AllDigits(bare) && bare.Length <= 10)
        {
            line.Add("process.pid", long.Parse(bare, System.Globalization.CultureInfo.InvariantCulture));
            return true;
        }

        bool name = (ahead.Peek == '|' || IsDash(ahead)) && bare.IndexOfAny(NotLogger) < 0 && bare.Length is > 0 and <= MaxLoggerBytes;
        if (name)
        {
            line.Add("log.logger", bare);
        }

        return name;
    }

    private static bool IsDash(in TextCursor cursor) => cursor.Rest.StartsWith(" - "u8);

    /// <summary>Reads <paramref name="word"/> as a level, also with what libraries put before it: <c>production.ERROR</c>.</summary>
    private static bool TakeLevel(ref TextCursor cursor, in TextCursor after, scoped ReadOnlySpan<byte> word, ParsedLine line)
    {
        ReadOnlySpan<byte> bare = word.Trim(" "u8);
        int dot = bare.IndexOf((byte)'.');
        if (!LevelWords.TryRead(bare, out Severity severity) && !(dot > 0 && LevelWords.TryReadCapitals(bare[(dot + 1)..], out severity)))
        {
            return false;
        }

        line.Severity = severity;
        cursor = after;
        return true;
    }

    private static void TakeSpringPid(ref TextCursor cursor, ParsedLine line)
    {
        TextCursor ahead = cursor;
        if (ahead.TakeNumber(1, 10, out long pid) && ahead.Take(" ---"u8))
        {
            line.Add("process.pid", pid);
            cursor = ahead;
            SkipSeparators(ref cursor);
        }
    }

    /// <summary>A dotted name with a colon, or any one word before a dash or a bar.</summary>
    private static void TakeLogger(ref TextCursor cursor, ParsedLine line)
    {
        TextCursor ahead = cursor;
        int length = ahead.Rest.IndexOfAny(" \t|\n"u8);
        ReadOnlySpan<byte> word = length < 0 ? ahead.Rest : ahead.Rest[..length];
        if (word.Length is 0 or > MaxLoggerBytes || !(TextCursor.IsLetter(word[0]) || word[0] == '_'))
        {
            return;
        }

        ahead.Position += word.Length;
        bool colon = word[^1] == ':';
        ReadOnlySpan<byte> name = colon ? word[..^1] : word;
        TextCursor next = ahead;
        next.SkipSpaces();
        bool setOff = next.Peek == '|' || next.Rest.StartsWith("- "u8) || next.Rest.StartsWith(": "u8);
        bool dotted = name.IndexOfAny(".$"u8) > 0 || name.IndexOf("::"u8) > 0;
        bool category = TrimCategory(ref name);
        if (name.IndexOfAny(NotLogger) >= 0 || name.Contains((byte)'/') || !(setOff || (colon && dotted) || category))
        {
            return;
        }

        line.Add("log.logger", name);
        cursor = setOff ? next : ahead;
        cursor.Take((byte)'\n');
        SkipSeparators(ref cursor);
    }

    /// <summary>Microsoft's console writes <c>info: Shop.Checkout[14]</c>.</summary>
    private static bool TrimCategory(ref ReadOnlySpan<byte> name)
    {
        int open = name.LastIndexOf((byte)'[');
        bool category = open > 0 && name[^1] == ']' && name.Contains((byte)'.') && TextCursor.AllDigits(name[(open + 1)..^1]);
        name = category ? name[..open] : name;
        return category;
    }

    private static void AddGroup(ParsedLine line, ReadOnlySpan<byte> group)
    {
        ReadOnlySpan<byte> text = group.Trim(" "u8);
        if (TextCursor.AllDigits(text) && text.Length <= 10 && line.Find("process.pid") is null)
        {
            line.Add("process.pid", long.Parse(text, System.Globalization.CultureInfo.InvariantCulture));
        }
        else if (line.Find("process.thread.name") is null)
        {
            line.Add("process.thread.name", text);
        }
    }

    private static bool TryGroup(ref TextCursor cursor, out ReadOnlySpan<byte> group)
    {
        group = default;
        byte close = cursor.Peek switch { (byte)'[' => (byte)']', (byte)'(' => (byte)')', (byte)'<' => (byte)'>', _ => 0 };
        if (close == 0)
        {
            return false;
        }

        ReadOnlySpan<byte> rest = cursor.Rest[1..];
        int end = rest[..Math.Min(rest.Length, MaxGroupBytes)].IndexOf(close);
        if (end < 0)
        {
            return false;
        }

        group = rest[..end];
        cursor.Position += end + 2;
        return true;
    }

    private static void SkipSeparators(ref TextCursor cursor)
    {
        while (cursor.Peek is (byte)' ' or (byte)'\t' or (byte)'|' or (byte)':' or (byte)','
            || (cursor.Peek == '-' && cursor.PeekAt(1) is (byte)' ' or (byte)'-'))
        {
            cursor.Position++;
        }
    }
}
