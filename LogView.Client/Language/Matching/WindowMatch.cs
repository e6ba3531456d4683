using LogView.Client.Language.Text;

namespace LogView.Client.Language.Matching;

/// <summary>All words of a phrase inside a window, in any order (<c>"a b"~5</c>). A word asked for twice must stand twice.</summary>
internal static class WindowMatch
{
    public static bool IsMatch(ReadOnlySpan<char> text, WordTest[] words, int slop)
    {
        Span<int> last = stackalloc int[words.Length];
        last.Fill(int.MinValue);
        Span<char> buffer = stackalloc char[FoldedWord.StackLength];
        int position = 0;
        foreach (Word word in Words.Enumerate(text))
        {
            ReadOnlySpan<char> folded = FoldedWord.Of(text, word, buffer);
            if (Take(words, last, folded, word.IsRun, position) && IsWithin(last, words.Length + slop))
            {
                return true;
            }

            position++;
        }

        return false;
    }

    /// <summary>Gives the position to the fitting word that was seen longest ago, so that repeats of a word spread over its places.</summary>
    private static bool Take(WordTest[] words, Span<int> last, ReadOnlySpan<char> folded, bool isRun, int position)
    {
        int oldest = -1;
        for (int i = 0; i < words.Length; i++)
        {
            if ((oldest < 0 || last[i] < last[oldest]) && words[i].Fits(folded, isRun))
            {
                oldest = i;
            }
        }

        if (oldest < 0)
        {
            return false;
        }

        last[oldest] = position;
        return true;
    }

    private static bool IsWithin(ReadOnlySpan<int> last, int window)
    {
        int min = int.MaxValue, max = int.MinValue;
        foreach (int position in last)
        {
            min = Math.Min(min, position);
            max = Math.Max(max, position);
        }

        return min != int.MinValue && max - min < window;
    }
}
