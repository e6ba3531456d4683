using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using LogView.Server.Storage.Embedded.Documents;

namespace LogView.Server.Storage.Embedded.Columns;

/// <summary>Finds the entries with given codes: 32 codes of one byte are compared at once, which makes an index over them needless.</summary>
internal static class CodeScan
{
    /// <summary>Entries whose code is between the two, both included, as a bitmap.</summary>
    public static ulong[] InRange(CodeSpan codes, int low, int high)
    {
        var words = new ulong[DocSet.WordsFor(codes.Count)];
        int done = 0;
        if (codes.Width == 1)
        {
            done = Bytes(codes.Bytes[..codes.Count], (byte)low, (byte)(high - low), words);
        }
        else if (codes.Width == 2)
        {
            done = Shorts(MemoryMarshal.Cast<byte, ushort>(codes.Bytes[..(codes.Count * 2)]), (ushort)low, (ushort)(high - low), words);
        }

        uint span = (uint)(high - low);
        for (int i = done; i < codes.Count; i++)
        {
            words[i >> 6] |= (uint)(codes[i] - low) <= span ? 1UL << (i & 63) : 0;
        }

        return words;
    }

    /// <summary>Entries whose code is marked, as a bitmap.</summary>
    public static ulong[] InSet(CodeSpan codes, bool[] marked)
    {
        var words = new ulong[DocSet.WordsFor(codes.Count)];
        for (int i = 0; i < codes.Count; i++)
        {
            words[i >> 6] |= marked[codes[i]] ? 1UL << (i & 63) : 0;
        }

        return words;
    }

    /// <summary>Counts codes of one byte. Four counters per code keep runs of one code from waiting for each other.</summary>
    public static void Count(ReadOnlySpan<byte> codes, int[] counts)
    {
        const int Codes = 256;
        Span<int> parts = stackalloc int[4 * Codes];
        parts.Clear();
        int i = 0;
        for (; i + 4 <= codes.Length; i += 4)
        {
            parts[codes[i]]++;
            parts[Codes + codes[i + 1]]++;
            parts[2 * Codes + codes[i + 2]]++;
            parts[3 * Codes + codes[i + 3]]++;
        }

        for (; i < codes.Length; i++)
        {
            parts[codes[i]]++;
        }

        for (int code = 0; code < Math.Min(Codes, counts.Length); code++)
        {
            counts[code] += parts[code] + parts[Codes + code] + parts[2 * Codes + code] + parts[3 * Codes + code];
        }
    }

    private static int Bytes(ReadOnlySpan<byte> codes, byte low, byte span, ulong[] words)
    {
        Vector256<byte> lows = Vector256.Create(low), spans = Vector256.Create(span);
        int i = 0;
        for (; i + 64 <= codes.Length; i += 64)
        {
            ulong first = Vector256.LessThanOrEqual(Vector256.Create(codes[i..]) - lows, spans).ExtractMostSignificantBits();
            ulong second = Vector256.LessThanOrEqual(Vector256.Create(codes[(i + 32)..]) - lows, spans).ExtractMostSignificantBits();
            words[i >> 6] = first | second << 32;
        }

        return i;
    }

    private static int Shorts(ReadOnlySpan<ushort> codes, ushort low, ushort span, ulong[] words)
    {
        Vector256<ushort> lows = Vector256.Create(low), spans = Vector256.Create(span);
        int i = 0;
        for (; i + 64 <= codes.Length; i += 64)
        {
            ulong word = 0;
            for (int part = 0; part < 64; part += 16)
            {
                ulong bits = Vector256.LessThanOrEqual(Vector256.Create(codes[(i + part)..]) - lows, spans).ExtractMostSignificantBits();
                word |= bits << part;
            }

            words[i >> 6] = word;
        }

        return i;
    }
}
