using System.Buffers;
using System.Globalization;
using System.Text;
using LogView.Client.Contracts.Events;
using LogView.Server.Ingest.Parsing.Times;

namespace LogView.Server.Ingest.Parsing;

/// <summary>
/// <c>time=… level=info msg="it works" status=200</c>, as go-kit, logrus, Heroku and Grafana write it. All pairs become fields under their own
/// names; the usual names also give time, level and message.
/// </summary>
public static class LogfmtParser
{
    private const int MinPairs = 2;
    private const int MaxKeyBytes = 128;
    private const int MaxNumberBytes = 18;

    private static readonly SearchValues<byte> DigitsAndDots = SearchValues.Create("0123456789."u8);
    private static readonly SearchValues<byte> NotInKeys = SearchValues.Create("\"'()[]{}<>,;|\\`"u8);
    private static readonly HashSet<string> TimeNames = new(StringComparer.Ordinal) { "time", "ts", "timestamp", "@timestamp", "t", "at", "date" };
    private static readonly HashSet<string> LevelNames = new(StringComparer.Ordinal) { "level", "lvl", "severity", "log.level", "loglevel" };
    private static readonly HashSet<string> MessageNames = new(StringComparer.Ordinal) { "msg", "message" };

    /// <summary>Fills <paramref name="line"/>; false, leaving it clear, when the text is not two pairs or more with at most a few bare words between.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, in TextTimeContext context, ParsedLine line)
    {
        line.Clear();
        var cursor = new TextCursor(text);
        int pairs = 0;
        int bare = 0;
        cursor.SkipSpaces();
        while (!cursor.AtEnd)
        {
            if (!TakeKey(ref cursor, out ReadOnlySpan<byte> key) || (pairs == 0 && cursor.Peek != '='))
            {
                line.Clear();
                return false;
            }

            if (cursor.Take((byte)'='))
            {
                pairs++;
                TakeValue(ref cursor, Encoding.UTF8.GetString(key), context, line);
            }
            else
            {
                bare++;
            }

            cursor.SkipSpaces();
        }

        bool isLogfmt = pairs >= MinPairs && bare * 2 <= pairs;
        if (!isLogfmt)
        {
            line.Clear();
        }

        return isLogfmt;
    }

    private static bool TakeKey(ref TextCursor cursor, out ReadOnlySpan<byte> key)
    {
        int length = cursor.Rest.IndexOfAny((byte)' ', (byte)'=', (byte)'\t');
        key = length < 0 ? cursor.Rest : cursor.Rest[..length];
        cursor.Position += key.Length;
        return key.Length is > 0 and <= MaxKeyBytes && key.IndexOfAny(NotInKeys) < 0 && key[0] > ' ';
    }

    private static void TakeValue(ref TextCursor cursor, string key, in TextTimeContext context, ParsedLine line)
    {
        if (QuotedText.TryTake(ref cursor, EscapeRule.Json, out string text))
        {
            line.Add(key, FieldValue.Of(text));
            Use(key, Encoding.UTF8.GetBytes(text), text, context, line);
            return;
        }

        ReadOnlySpan<byte> word = cursor.TakeWord();
        if (word.IsEmpty)
        {
            return;
        }

        string value = Encoding.UTF8.GetString(word);
        line.Add(key, Typed(word, value));
        Use(key, word, value, context, line);
    }

    private static void Use(string key, ReadOnlySpan<byte> utf8, string text, in TextTimeContext context, ParsedLine line)
    {
        if (line.Timestamp is null && TimeNames.Contains(key) && TextTime.TryReadAll(utf8, context, out Timestamp timestamp))
        {
            line.Timestamp = timestamp;
        }
        else if (line.Severity == Severity.Unknown && LevelNames.Contains(key) && LevelWords.TryRead(utf8, out Severity severity))
        {
            line.Severity = severity;
        }
        else if (line.Message is null && MessageNames.Contains(key))
        {
            line.Message = text;
        }
    }

    /// <summary>A number only when its text comes back from it: <c>007</c>, <c>1e5</c> and version numbers stay strings.</summary>
    private static FieldValue Typed(ReadOnlySpan<byte> utf8, string text)
    {
        if (text is "true" or "false")
        {
            return FieldValue.Of(text is "true");
        }

        ReadOnlySpan<byte> digits = utf8[0] == '-' ? utf8[1..] : utf8;
        bool plain = digits.Length is > 0 and <= MaxNumberBytes && digits.IndexOfAnyExcept(DigitsAndDots) < 0 && digits[^1] != '.' && digits[0] != '.'
            && (digits[0] != '0' || digits.Length == 1 || digits[1] == '.');
        if (!plain)
        {
            return FieldValue.Of(text);
        }

        int dots = digits.Count((byte)'.');
        return dots == 0 ? FieldValue.Of(long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture))
            : dots == 1 ? FieldValue.Of(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture))
            : FieldValue.Of(text);
    }
}
