using LogView.Client.Contracts.Events;

namespace LogView.Server.Storage.Embedded.Sources;

/// <summary>Timestamps as programs write them: <c>2026-11-22T05:02:11Z</c>, with or without digits of a second.</summary>
internal static class TimeText
{
    public const int MaxDigits = 9;
    public const int MaxLength = SecondsLength + 2 + MaxDigits;
    private const int SecondsLength = 19;
    private static readonly int[] Powers = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000];

    /// <summary>How many digits of a second the text would have; -1 when it cannot be a timestamp.</summary>
    public static int DigitsOf(ReadOnlySpan<byte> text) =>
        text.Length is > SecondsLength and <= MaxLength && text[^1] == 'Z' && text[10] == 'T' && text.Length != SecondsLength + 2
            ? Math.Max(0, text.Length - SecondsLength - 2)
            : -1;

    /// <summary>Writes the instant, cut to so many digits. Returns its length, at most <see cref="MaxLength"/>.</summary>
    public static int Write(long nanoseconds, int digits, Span<byte> into)
    {
        (long seconds, long fraction) = Math.DivRem(nanoseconds, Timestamp.NanosecondsPerSecond);
        if (fraction < 0)
        {
            (seconds, fraction) = (seconds - 1, fraction + Timestamp.NanosecondsPerSecond);
        }

        DateTime instant = DateTime.UnixEpoch.AddTicks(seconds * TimeSpan.TicksPerSecond);
        (int year, int month, int day) = instant;
        "0000-00-00T00:00:00"u8.CopyTo(into);
        Put(into, 3, year);
        Put(into, 6, month);
        Put(into, 9, day);
        Put(into, 12, instant.Hour);
        Put(into, 15, instant.Minute);
        Put(into, 18, instant.Second);
        int length = SecondsLength;
        if (digits > 0)
        {
            into[length++] = (byte)'.';
            into.Slice(length, digits).Fill((byte)'0');
            length += digits;
            Put(into, length - 1, (int)(fraction / Powers[MaxDigits - digits]));
        }

        into[length++] = (byte)'Z';
        return length;
    }

    /// <summary>Puts a number's digits over zeros, the last one at <paramref name="end"/>.</summary>
    private static void Put(Span<byte> into, int end, int number)
    {
        for (; number > 0; number /= 10)
        {
            into[end--] = (byte)('0' + number % 10);
        }
    }
}
