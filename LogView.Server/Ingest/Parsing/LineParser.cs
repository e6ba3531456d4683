using System.Text.Json;
using LogView.Client.Contracts.Events;
using LogView.Server.Ingest.Parsing.Times;

namespace LogView.Server.Ingest.Parsing;

/// <summary>Reads one line by a format. Pure: the same line, format and context always give the same result. Never throws, linear in the line.</summary>
public static class LineParser
{
    /// <summary>
    /// Fills <paramref name="line"/> by <paramref name="layout"/>. A JSON object is taken as one under every format but plain; a line that is not of
    /// its format is read as plain text, so nothing is ever lost.
    /// </summary>
    /// <param name="text">One line or several joined ones (only the first has a header); valid UTF-8 without the line end.</param>
    /// <param name="layout">What <see cref="LayoutDetector"/> found or configuration says.</param>
    /// <param name="context">For times without zone or year.</param>
    /// <param name="line">Cleared first.</param>
    public static void Parse(ReadOnlySpan<byte> text, in LineLayout layout, in TextTimeContext context, ParsedLine line)
    {
        line.Clear();
        if (layout.Format != LineFormat.Plain && IsJsonObject(text))
        {
            line.IsJson = true;
            return;
        }

        if (layout.EpochWord is { } word && TryEpoch(text, word, line))
        {
            HeaderWords.FindCapitals(text, line);
            return;
        }

        _ = TryText(text, layout.Format, context, line) || PlainLineParser.TryParse(text, context, line);
    }

    private static bool TryText(ReadOnlySpan<byte> text, LineFormat format, in TextTimeContext context, ParsedLine line) =>
        format switch
        {
            LineFormat.Logfmt => LogfmtParser.TryParse(text, context, line),
            LineFormat.Syslog => SyslogParser.TryParse(text, context, line),
            LineFormat.Access => AccessLogParser.TryParse(text, context, line) || ErrorLogParser.TryParse(text, context, line),
            _ => ErrorLogParser.TryParse(text, context, line),
        };

    /// <summary>True for exactly one JSON object of at most <see cref="EventLimits.MaxJsonDepth"/> levels, blanks around it allowed.</summary>
    public static bool IsJsonObject(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> trimmed = text.Trim(" \t\r\n"u8);
        if (trimmed.Length < 2 || trimmed[0] != '{' || trimmed[^1] != '}')
        {
            return false;
        }

        var reader = new Utf8JsonReader(trimmed, new JsonReaderOptions { MaxDepth = EventLimits.MaxJsonDepth });
        try
        {
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    internal static bool TryEpoch(ReadOnlySpan<byte> text, int wordIndex, ParsedLine line)
    {
        var cursor = new TextCursor(text);
        for (int i = 0; i <= wordIndex; i++)
        {
            cursor.SkipSpaces();
            ReadOnlySpan<byte> word = cursor.TakeWord();
            if (i == wordIndex && EpochTime.TryRead(word.Trim("[](),:"u8), out Timestamp timestamp))
            {
                line.Timestamp = timestamp;
                return true;
            }
        }

        return false;
    }
}
