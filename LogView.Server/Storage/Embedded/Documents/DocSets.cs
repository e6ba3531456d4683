using System.Runtime.InteropServices;

namespace LogView.Server.Storage.Embedded.Documents;

/// <summary>Set operations; each picks the cheapest form for its result.</summary>
internal static class DocSets
{
    /// <summary>From so many times the length on, searching beats walking.</summary>
    private const int MuchLonger = 16;

    public static DocSet And(DocSet left, DocSet right)
    {
        if (left.IsEmpty || right.IsEmpty)
        {
            return DocSet.None;
        }

        if (left.IsRange || right.IsRange)
        {
            return left.IsRange ? Slice(right, left.From, left.To) : Slice(left, right.From, right.To);
        }

        if (left.List is not null || right.List is not null)
        {
            return left.List is not null && (right.List is null || left.Count <= right.Count) ? Filter(left, right) : Filter(right, left);
        }

        var words = new ulong[Math.Min(left.Words!.Length, right.Words!.Length)];
        for (int i = 0; i < words.Length; i++)
        {
            words[i] = left.Words[i] & right.Words[i];
        }

        return DocSet.OfBitmap(words);
    }

    /// <param name="left">One set.</param>
    /// <param name="right">The other.</param>
    /// <param name="events">Events of the segment.</param>
    public static DocSet Or(DocSet left, DocSet right, int events)
    {
        if (left.IsEmpty || right.IsEmpty)
        {
            return left.IsEmpty ? right : left;
        }

        if (left.IsRange && right.IsRange && left.From <= right.To && right.From <= left.To)
        {
            return DocSet.Range(Math.Min(left.From, right.From), Math.Max(left.To, right.To));
        }

        if (left.List is not null && right.List is not null && left.Count + right.Count < events / 32)
        {
            return Merge(left, right);
        }

        ulong[] a = left.ToWords(events), b = right.ToWords(events);
        var words = new ulong[DocSet.WordsFor(events)];
        for (int i = 0; i < words.Length; i++)
        {
            words[i] = (i < a.Length ? a[i] : 0) | (i < b.Length ? b[i] : 0);
        }

        return DocSet.OfBitmap(words);
    }

    /// <summary>The events of <paramref name="left"/> that are not in <paramref name="right"/>.</summary>
    public static DocSet Except(DocSet left, DocSet right, int events)
    {
        if (left.IsEmpty || right.IsEmpty)
        {
            return left;
        }

        if (left.List is not null)
        {
            return Filter(left, right, keep: false);
        }

        ulong[] a = left.ToWords(events), b = right.ToWords(events);
        var words = new ulong[DocSet.WordsFor(events)];
        for (int i = 0; i < words.Length; i++)
        {
            words[i] = (i < a.Length ? a[i] : 0) & ~(i < b.Length ? b[i] : 0);
        }

        return DocSet.OfBitmap(words);
    }

    /// <summary>The events of the set in <c>[from, to)</c>.</summary>
    public static DocSet Slice(DocSet set, int from, int to)
    {
        if (from <= set.From && to >= set.To)
        {
            return set;
        }

        if (set.IsRange)
        {
            return DocSet.Range(Math.Max(from, set.From), Math.Min(to, set.To));
        }

        if (set.List is not null)
        {
            int first = Bits.LowerBound(set.List, set.Count, from), last = Bits.LowerBound(set.List, set.Count, to);
            return last <= first ? DocSet.None : DocSet.OfList(set.List[first..last], last - first);
        }

        var words = new ulong[set.Words!.Length];
        to = Math.Min(to, words.Length * 64);
        Bits.SetRange(words, Math.Max(0, from), to);
        for (int i = 0; i < words.Length; i++)
        {
            words[i] &= set.Words[i];
        }

        return DocSet.OfBitmap(words);
    }

    /// <summary>From a list that need not be sorted nor free of repeats.</summary>
    public static DocSet OfUnsorted(List<int> docs)
    {
        if (docs.Count == 0)
        {
            return DocSet.None;
        }

        docs.Sort();
        Span<int> span = CollectionsMarshal.AsSpan(docs);
        int kept = 1;
        for (int i = 1; i < span.Length; i++)
        {
            if (span[i] != span[kept - 1])
            {
                span[kept++] = span[i];
            }
        }

        return DocSet.OfList(span[..kept].ToArray(), kept);
    }

    private static DocSet Filter(DocSet list, DocSet by, bool keep = true)
    {
        ReadOnlySpan<int> asked = list.List.AsSpan(0, list.Count);
        var docs = new int[list.Count];
        int count = by.List is { } other ? FilterByList(asked, other.AsSpan(0, by.Count), keep, docs) : 0;
        if (by.List is null)
        {
            foreach (int doc in asked)
            {
                docs[count] = doc;
                count += by.Contains(doc) == keep ? 1 : 0;
            }
        }

        return DocSet.OfList(docs, count);
    }

    /// <summary>Two ascending lists side by side; a much longer one is searched from where the last event was found.</summary>
    private static int FilterByList(ReadOnlySpan<int> asked, ReadOnlySpan<int> by, bool keep, int[] docs)
    {
        bool isMuchLonger = by.Length / MuchLonger > asked.Length;
        int count = 0, at = 0;
        foreach (int doc in asked)
        {
            if (isMuchLonger)
            {
                at += Bits.LowerBound(by[at..], doc);
            }
            else
            {
                while (at < by.Length && by[at] < doc)
                {
                    at++;
                }
            }

            docs[count] = doc;
            count += (at < by.Length && by[at] == doc) == keep ? 1 : 0;
        }

        return count;
    }

    private static DocSet Merge(DocSet left, DocSet right)
    {
        var docs = new int[left.Count + right.Count];
        int count = 0, i = 0, j = 0;
        while (i < left.Count || j < right.Count)
        {
            int a = i < left.Count ? left.List![i] : int.MaxValue, b = j < right.Count ? right.List![j] : int.MaxValue;
            docs[count++] = Math.Min(a, b);
            i += a <= b ? 1 : 0;
            j += b <= a ? 1 : 0;
        }

        return DocSet.OfList(docs, count);
    }
}
