using System.Runtime.InteropServices;

namespace LogView.Server.Storage.Embedded.Format;

/// <summary>
/// A Bloom filter over ids: says for sure that an id is not in the segment, so that a shipper's id costs one look per segment instead of a
/// search. Ten bits and six probes per id: one in a hundred looks is in vain.
/// </summary>
internal static class IdFilter
{
    private const int BitsPerId = 10;
    private const int Probes = 6;

    public static byte[] Make(IEnumerable<ulong> hashes, int count)
    {
        var words = new ulong[count * BitsPerId / 64 + 1];
        foreach (ulong hash in hashes)
        {
            for (int probe = 0; probe < Probes; probe++)
            {
                ulong bit = Bit(hash, probe, words.Length);
                words[bit >> 6] |= 1UL << (int)(bit & 63);
            }
        }

        return MemoryMarshal.AsBytes(words.AsSpan()).ToArray();
    }

    public static bool MayContain(ReadOnlySpan<byte> filter, ulong hash)
    {
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(filter);
        for (int probe = 0; probe < Probes; probe++)
        {
            ulong bit = Bit(hash, probe, words.Length);
            if ((words[(int)(bit >> 6)] >> (int)(bit & 63) & 1) == 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>FNV-1a (64 bits) with a final mix; part of the format.</summary>
    public static ulong Hash(ReadOnlySpan<byte> id)
    {
        ulong hash = 0xCBF2_9CE4_8422_2325;
        foreach (byte b in id)
        {
            hash = (hash ^ b) * 0x0000_0100_0000_01B3;
        }

        hash ^= hash >> 33;
        hash *= 0xFF51_AFD7_ED55_8CCD;
        return hash ^ hash >> 33;
    }

    private static ulong Bit(ulong hash, int probe, int words) =>
        unchecked((uint)hash + (ulong)probe * ((hash >> 32) | 1)) % ((ulong)words * 64);
}
