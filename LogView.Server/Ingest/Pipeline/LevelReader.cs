using System.Buffers.Text;
using LogView.Client.Contracts.Events;
using LogView.Server.Ingest.Parsing;

namespace LogView.Server.Ingest.Pipeline;

/// <summary>Reads the value of a field that is called a level: a word, a letter, or a number of syslog, pino and bunyan, or Monolog.</summary>
internal static class LevelReader
{
    public static bool TryRead(ReadOnlySpan<byte> value, bool isNumber, out Severity severity)
    {
        ReadOnlySpan<byte> text = value.Trim(" []:"u8);
        severity = Severity.Unknown;
        if (text.IsEmpty)
        {
            return false;
        }

        if (isNumber || text[0] is >= (byte)'0' and <= (byte)'9')
        {
            severity = Utf8Parser.TryParse(text, out int number, out int used) && used == text.Length ? OfNumber(number) : Severity.Unknown;
            return severity != Severity.Unknown;
        }

        return text.Length == 1 ? LevelWords.TryReadLetter((byte)(text[0] & ~0x20), out severity) : LevelWords.TryRead(text, out severity);
    }

    /// <summary>True when the bytes are the severity's value of <c>log.level</c>.</summary>
    public static bool IsNormal(ReadOnlySpan<byte> value, Severity severity) => value.SequenceEqual(Name(severity));

    public static ReadOnlySpan<byte> Name(Severity severity) => severity switch
    {
        Severity.Trace => "trace"u8,
        Severity.Debug => "debug"u8,
        Severity.Info => "info"u8,
        Severity.Warn => "warn"u8,
        Severity.Error => "error"u8,
        Severity.Fatal => "fatal"u8,
        _ => default,
    };

    /// <summary>0-7 syslog (RFC 5424 6.2.1), 10-60 pino and bunyan with what lies between, 100-600 Monolog.</summary>
    private static Severity OfNumber(int number) => number switch
    {
        >= 0 and <= 7 => LevelWords.OfSyslog(number),
        < 10 => Severity.Unknown,
        < 20 => Severity.Trace,
        < 30 => Severity.Debug,
        < 40 => Severity.Info,
        < 50 => Severity.Warn,
        < 60 => Severity.Error,
        < 70 => Severity.Fatal,
        100 => Severity.Debug,
        200 or 250 => Severity.Info,
        300 => Severity.Warn,
        400 => Severity.Error,
        500 or 550 or 600 => Severity.Fatal,
        _ => Severity.Unknown,
    };
}
