using LogView.Server.Ingest.Parsing.Times;

namespace LogView.Server.Ingest.Parsing;

/// <summary>Finds the layout of a file from some of its lines. Pure: the same lines give the same layout.</summary>
public static class LayoutDetector
{
    /// <summary>Lines that make a detection final; more change it no longer.</summary>
    public const int EnoughLines = 20;

    /// <summary>Lines looked at.</summary>
    public const int MaxLines = 100;

    /// <summary>A time as a number of seconds is looked for in this many words: HPC's cluster logs have it in the fifth.</summary>
    private const int EpochWords = 6;

    /// <summary>Times of one log lie in this span; other ten-digit numbers scatter.</summary>
    private static readonly TimeSpan EpochSpread = TimeSpan.FromDays(5 * 366);

    private static readonly LineFormat[] Tried = [LineFormat.Json, LineFormat.Access, LineFormat.Syslog, LineFormat.Logfmt];

    /// <param name="lines">Whole lines without their ends; blank ones and lines that start with a blank are passed over.</param>
    /// <param name="context">For reading their times.</param>
    public static LineLayout Detect(IReadOnlyList<ReadOnlyMemory<byte>> lines, in TextTimeContext context)
    {
        List<ReadOnlyMemory<byte>> starts = [];
        foreach (ReadOnlyMemory<byte> line in lines)
        {
            bool start = line.Length > 0 && line.Span[0] is not ((byte)' ' or (byte)'\t');
            if (start && starts.Count < MaxLines)
            {
                starts.Add(line);
            }
        }

        if (starts.Count == 0)
        {
            return new LineLayout(LineFormat.Auto);
        }

        foreach (LineFormat format in Tried)
        {
            if (Count(starts, format, context) * 2 > starts.Count)
            {
                return new LineLayout(format);
            }
        }

        int? epoch = FindEpochWord(starts);
        return new LineLayout(LineFormat.Auto, epoch, IsTimeFirst(starts, context));
    }

    private static int Count(List<ReadOnlyMemory<byte>> lines, LineFormat format, in TextTimeContext context)
    {
        var parsed = new ParsedLine();
        int count = 0;
        foreach (ReadOnlyMemory<byte> line in lines)
        {
            bool fits = format switch
            {
                LineFormat.Json => LineParser.IsJsonObject(line.Span),
                LineFormat.Access => AccessLogParser.TryParse(line.Span, context, parsed),
                LineFormat.Syslog => SyslogParser.TryParseCertain(line.Span, context, parsed),
                _ => LogfmtParser.TryParse(line.Span, context, parsed),
            };
            count += fits ? 1 : 0;
        }

        return count;
    }

    private static bool IsTimeFirst(List<ReadOnlyMemory<byte>> lines, in TextTimeContext context)
    {
        int count = 0;
        foreach (ReadOnlyMemory<byte> line in lines)
        {
            count += PlainLineParser.StartsWithTime(line.Span, context) ? 1 : 0;
        }

        // Unindented lines of traces ("Caused by:", "ValueError: …") are among the rest, so half is enough.
        return count > 0 && count * 2 >= lines.Count;
    }

    private static int? FindEpochWord(List<ReadOnlyMemory<byte>> lines)
    {
        for (int word = 0; word < EpochWords; word++)
        {
            if (HasEpochAt(lines, word))
            {
                return word;
            }
        }

        return null;
    }

    private static bool HasEpochAt(List<ReadOnlyMemory<byte>> lines, int word)
    {
        var parsed = new ParsedLine();
        (long first, long last) = (long.MaxValue, long.MinValue);
        int count = 0;
        foreach (ReadOnlyMemory<byte> line in lines)
        {
            parsed.Clear();
            if (LineParser.TryEpoch(line.Span, word, parsed))
            {
                count++;
                first = Math.Min(first, parsed.Timestamp!.Value.UnixNanoseconds);
                last = Math.Max(last, parsed.Timestamp.Value.UnixNanoseconds);
            }
        }

        return count * 10 >= lines.Count * 9 && count >= 2 && (last - first) / 100 <= EpochSpread.Ticks;
    }
}
