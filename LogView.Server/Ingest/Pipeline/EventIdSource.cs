using System.Security.Cryptography;

namespace LogView.Server.Ingest.Pipeline;

/// <summary>
/// Makes ids of 26 characters in Crockford's base 32 that sort in the order they were made (ULID, github.com/ulid/spec): 48 bits of milliseconds and 80
/// bits that start at random with the process and count up from then on, so that neighbours differ little and pack into few bytes. Two processes that make
/// a billion ids each get one twice with a chance below 2^-48, and only when it is in the same millisecond; a clock that goes back while LogView runs is not followed.
/// </summary>
public sealed class EventIdSource(TimeProvider clock)
{
    private const int Length = 26;
    private const int RandomBits = 80;
    private const string Digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private readonly Lock _lock = new();
    private readonly UInt128 _first = Random();
    private long _millisecond;
    private UInt128 _made;

    /// <summary>The first of <paramref name="count"/> ids in a row.</summary>
    public UInt128 Take(int count)
    {
        long now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        lock (_lock)
        {
            _millisecond = Math.Max(_millisecond, now);
            UInt128 first = ((UInt128)(ulong)_millisecond << RandomBits) | (_first + _made);
            _made += (UInt128)count;
            return first;
        }
    }

    public EventId Next() => Format(Take(1));

    public static EventId Format(UInt128 id) => new(string.Create(Length, id, static (chars, value) =>
    {
        ulong low = (ulong)value, high = (ulong)(value >> 64);
        for (int i = Length - 1; i >= 0; i--)
        {
            chars[i] = Digits[(int)(low & 31)];
            low = (low >> 5) | (high << 59);
            high >>= 5;
        }
    }));

    /// <summary>The top bit stays free, so that counting cannot run into the next millisecond.</summary>
    private static UInt128 Random()
    {
        Span<byte> random = stackalloc byte[16];
        RandomNumberGenerator.Fill(random);
        return BitConverter.ToUInt128(random) >> (128 - RandomBits + 1);
    }
}
