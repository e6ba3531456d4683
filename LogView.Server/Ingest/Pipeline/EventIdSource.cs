using System.Security.Cryptography;

namespace LogView.Server.Ingest.Pipeline;

/// <summary>
/// Makes ids of 26 characters in Crockford's base 32 that sort in the order they were made (ULID, github.com/ulid/spec): 48 bits of milliseconds and 80
/// bits that start at random each millisecond and count up within it. Unique over restarts by chance of 2^-79; a clock that goes back while LogView runs
/// is not followed.
/// </summary>
public sealed class EventIdSource(TimeProvider clock)
{
    private const int Length = 26;
    private const int RandomBits = 80;
    private const string Digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private readonly Lock _lock = new();
    private long _millisecond;
    private UInt128 _next;

    /// <summary>The first of <paramref name="count"/> ids in a row.</summary>
    public UInt128 Take(int count)
    {
        long now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        lock (_lock)
        {
            if (now > _millisecond)
            {
                _millisecond = now;
                Span<byte> random = stackalloc byte[16];
                RandomNumberGenerator.Fill(random);
                // The top bit stays free, so that counting cannot run into the next millisecond.
                _next = ((UInt128)(ulong)now << RandomBits) | (BitConverter.ToUInt128(random) >> (128 - RandomBits + 1));
            }

            UInt128 first = _next;
            _next += (UInt128)count;
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
}
