using System.Numerics;

namespace LogView.Server.Storage.Embedded.Documents;

/// <summary>Bit counting and setting over ranges of a bitmap.</summary>
internal static class Bits
{
    public static int PopCount(ReadOnlySpan<ulong> words, int from, int to)
    {
        to = Math.Min(to, words.Length * 64);
        if (from >= to)
        {
            return 0;
        }

        int first = from >> 6, last = (to - 1) >> 6;
        ulong firstMask = ulong.MaxValue << (from & 63), lastMask = ulong.MaxValue >> (63 - ((to - 1) & 63));
        if (first == last)
        {
            return BitOperations.PopCount(words[first] & firstMask & lastMask);
        }

        int count = BitOperations.PopCount(words[first] & firstMask) + BitOperations.PopCount(words[last] & lastMask);
        foreach (ulong word in words[(first + 1)..last])
        {
            count += BitOperations.PopCount(word);
        }

        return count;
    }

    public static void SetRange(Span<ulong> words, int from, int to)
    {
        if (from >= to)
        {
            return;
        }

        int first = from >> 6, last = (to - 1) >> 6;
        ulong firstMask = ulong.MaxValue << (from & 63), lastMask = ulong.MaxValue >> (63 - ((to - 1) & 63));
        if (first == last)
        {
            words[first] |= firstMask & lastMask;
            return;
        }

        words[first] |= firstMask;
        words[(first + 1)..last].Fill(ulong.MaxValue);
        words[last] |= lastMask;
    }

    public static void Set(ulong[] words, int doc) => words[doc >> 6] |= 1UL << (doc & 63);

    /// <summary>First index of the ascending list whose value is not below <paramref name="value"/>.</summary>
    public static int LowerBound(int[] list, int count, int value) => LowerBound(list.AsSpan(0, count), value);

    /// <summary>First index of the ascending list whose value is not below <paramref name="value"/>; its length when all are.</summary>
    public static int LowerBound(ReadOnlySpan<int> list, int value)
    {
        int low = 0, high = list.Length;
        while (low < high)
        {
            int middle = (int)((uint)(low + high) >> 1);
            if (list[middle] < value)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
