using LogView.Client.Contracts.Events;

namespace LogView.Server.Ingest.Parsing;

/// <summary>The words that programs write for levels in lines of text, any case, and the severities they mean.</summary>
public static class LevelWords
{
    private const int LongestWord = 13;

    private static readonly Dictionary<string, Severity> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["trace"] = Severity.Trace, ["trc"] = Severity.Trace, ["trce"] = Severity.Trace, ["verbose"] = Severity.Trace, ["vrb"] = Severity.Trace,
        ["finer"] = Severity.Trace, ["finest"] = Severity.Trace, ["silly"] = Severity.Trace,
        ["debug"] = Severity.Debug, ["dbg"] = Severity.Debug, ["dbug"] = Severity.Debug, ["fine"] = Severity.Debug,
        ["debug1"] = Severity.Debug, ["debug2"] = Severity.Debug, ["debug3"] = Severity.Debug, ["debug4"] = Severity.Debug, ["debug5"] = Severity.Debug,
        ["info"] = Severity.Info, ["inf"] = Severity.Info, ["information"] = Severity.Info, ["informational"] = Severity.Info,
        ["notice"] = Severity.Info, ["log"] = Severity.Info, ["config"] = Severity.Info, ["success"] = Severity.Info, ["system"] = Severity.Info,
        ["warn"] = Severity.Warn, ["warning"] = Severity.Warn, ["wrn"] = Severity.Warn,
        ["error"] = Severity.Error, ["err"] = Severity.Error, ["eror"] = Severity.Error, ["fail"] = Severity.Error, ["severe"] = Severity.Error,
        ["crit"] = Severity.Fatal, ["critical"] = Severity.Fatal, ["fatal"] = Severity.Fatal, ["ftl"] = Severity.Fatal, ["alert"] = Severity.Fatal,
        ["emerg"] = Severity.Fatal, ["emergency"] = Severity.Fatal, ["panic"] = Severity.Fatal, ["dpanic"] = Severity.Fatal,
    };

    /// <summary>Words that mean a level wherever they stand in capitals; the rest (<c>LOG</c>, <c>SYSTEM</c>) only where a level is expected.</summary>
    private static readonly HashSet<string> Unmistakable = new(StringComparer.Ordinal)
    {
        "TRACE", "DEBUG", "INFO", "NOTICE", "WARN", "WARNING", "ERROR", "SEVERE", "CRITICAL", "FATAL",
    };

    private static readonly Dictionary<string, Severity>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        Words.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Capitals =
        Unmistakable.GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool TryRead(ReadOnlySpan<byte> word, out Severity severity)
    {
        severity = Severity.Unknown;
        Span<char> chars = stackalloc char[LongestWord];
        return Widen(word, chars, out int length) && Lookup.TryGetValue(chars[..length], out severity);
    }

    /// <summary>Only words that are levels even in the middle of a line: <c>ERROR</c>, not <c>error</c>.</summary>
    public static bool TryReadCapitals(ReadOnlySpan<byte> word, out Severity severity)
    {
        severity = Severity.Unknown;
        Span<char> chars = stackalloc char[LongestWord];
        return Widen(word, chars, out int length) && Capitals.Contains(chars[..length]) && Lookup.TryGetValue(chars[..length], out severity);
    }

    /// <summary>The letters of Android, glog, klog and Ruby: V D I W E F, and A (assert).</summary>
    public static bool TryReadLetter(byte letter, out Severity severity)
    {
        severity = letter switch
        {
            (byte)'V' or (byte)'T' => Severity.Trace,
            (byte)'D' => Severity.Debug,
            (byte)'I' or (byte)'N' => Severity.Info,
            (byte)'W' => Severity.Warn,
            (byte)'E' => Severity.Error,
            (byte)'F' or (byte)'C' or (byte)'A' => Severity.Fatal,
            _ => Severity.Unknown,
        };
        return severity != Severity.Unknown;
    }

    /// <summary>Severity numbers of syslog, RFC 5424 section 6.2.1.</summary>
    public static Severity OfSyslog(int code) => code switch
    {
        0 or 1 or 2 => Severity.Fatal,
        3 => Severity.Error,
        4 => Severity.Warn,
        5 or 6 => Severity.Info,
        7 => Severity.Debug,
        _ => Severity.Unknown,
    };

    private static bool Widen(ReadOnlySpan<byte> word, Span<char> chars, out int length)
    {
        length = word.Length;
        if (word.Length is < 3 or > LongestWord)
        {
            return false;
        }

        for (int i = 0; i < word.Length; i++)
        {
            chars[i] = (char)word[i];
        }

        return true;
    }
}
