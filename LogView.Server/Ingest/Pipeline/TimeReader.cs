using System.Buffers.Text;
using LogView.Client.Contracts.Events;
using LogView.Server.Ingest.Parsing.Times;

namespace LogView.Server.Ingest.Pipeline;

/// <summary>Reads the value of a field that is called a time: a text in any usual form, or a number since 1970 whose unit its size tells.</summary>
internal readonly struct TimeReader(TimeZoneInfo zone, Timestamp receivedAt)
{
    /// <summary>2000-01-01 and 2100-01-01: outside a number in a field called <c>time</c> is a duration or a counter.</summary>
    private const decimal FirstSecond = 946_684_800m;

    private const decimal LastSecond = 4_102_444_800m;
    private const int DateBytes = 10;

    private readonly TextTimeContext _context = new(zone, receivedAt);

    public bool TryRead(ReadOnlySpan<byte> value, bool isNumber, out Timestamp timestamp)
    {
        if (isNumber)
        {
            return TryReadNumber(value, out timestamp);
        }

        ReadOnlySpan<byte> text = value.Trim((byte)' ');
        if (text.Length > 2 && text[0] == '[' && text[^1] == ']')
        {
            text = text[1..^1];
        }

        return TextTime.TryReadAll(text, _context, out timestamp) || TryReadDate(text, out timestamp)
            || (!text.IsEmpty && (text[0] is >= (byte)'0' and <= (byte)'9') && TryReadNumber(text, out timestamp));
    }

    /// <summary>A date alone is its midnight, as in Elasticsearch.</summary>
    private bool TryReadDate(ReadOnlySpan<byte> text, out Timestamp timestamp)
    {
        timestamp = default;
        if (text.Length != DateBytes || text[4] != '-' || text[7] != '-')
        {
            return false;
        }

        Span<byte> midnight = stackalloc byte[DateBytes + 9];
        text.CopyTo(midnight);
        "T00:00:00"u8.CopyTo(midnight[DateBytes..]);
        return TextTime.TryReadAll(midnight, _context, out timestamp);
    }

    private static bool TryReadNumber(ReadOnlySpan<byte> value, out Timestamp timestamp)
    {
        timestamp = default;
        if (!Utf8Parser.TryParse(value, out decimal number, out int used, value.ContainsAny((byte)'e', (byte)'E') ? 'e' : 'f') || used != value.Length)
        {
            return false;
        }

        foreach (decimal unit in (ReadOnlySpan<decimal>)[1m, 1_000m, 1_000_000m, 1_000_000_000m])
        {
            decimal seconds = number / unit;
            if (seconds is >= FirstSecond and < LastSecond)
            {
                timestamp = new Timestamp((long)(seconds * Timestamp.NanosecondsPerSecond));
                return true;
            }
        }

        return false;
    }
}
