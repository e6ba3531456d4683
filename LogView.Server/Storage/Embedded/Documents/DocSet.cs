using System.Numerics;

namespace LogView.Server.Storage.Embedded.Documents;

/// <summary>
/// Which events of one segment, by their number in it: a range, an ascending list, or a bitmap. Immutable; the arrays given to it are
/// its own from then on.
/// </summary>
internal sealed class DocSet
{
    public static readonly DocSet None = new(0, 0, null, null, 0);

    private DocSet(int from, int to, int[]? list, ulong[]? words, int count) =>
        (From, To, List, Words, Count) = (from, to, list, words, count);

    /// <summary>No event before this one is in the set.</summary>
    public int From { get; }

    /// <summary>No event at or after this one is in the set.</summary>
    public int To { get; }

    /// <summary>The events in ascending order, <see cref="Count"/> of them; null for a range or bitmap.</summary>
    public int[]? List { get; }

    /// <summary>One bit per event; null for a range or list.</summary>
    public ulong[]? Words { get; }

    public int Count { get; }

    public bool IsEmpty => Count == 0;

    public bool IsRange => List is null && Words is null;

    public static DocSet Range(int from, int to) => from >= to ? None : new DocSet(from, to, null, null, to - from);

    public static DocSet OfList(int[] docs, int count) =>
        count == 0 ? None : new DocSet(docs[0], docs[count - 1] + 1, docs, null, count);

    public static DocSet OfBitmap(ulong[] words)
    {
        int count = 0;
        foreach (ulong word in words)
        {
            count += BitOperations.PopCount(word);
        }

        if (count == 0)
        {
            return None;
        }

        int first = words.AsSpan().IndexOfAnyExcept(0UL), last = words.AsSpan().LastIndexOfAnyExcept(0UL);
        int from = (first << 6) + BitOperations.TrailingZeroCount(words[first]);
        return new DocSet(from, (last << 6) + 64 - BitOperations.LeadingZeroCount(words[last]), null, words, count);
    }

    public static int WordsFor(int events) => (events + 63) >> 6;

    public bool Contains(int doc) =>
        doc >= From && doc < To
        && (Words is not null ? (Words[doc >> 6] >> (doc & 63) & 1) != 0
            : List is null || List[Bits.LowerBound(List, Count, doc)] == doc);

    /// <summary>How many of the events <c>[from, to)</c> are in the set.</summary>
    public int CountIn(int from, int to)
    {
        if (IsRange)
        {
            return Math.Max(0, Math.Min(to, To) - Math.Max(from, From));
        }

        return List is not null ? Bits.LowerBound(List, Count, to) - Bits.LowerBound(List, Count, from) : Bits.PopCount(Words!, from, to);
    }

    /// <summary>A bitmap of <paramref name="events"/> bits with these events; shared with the set when it is one already.</summary>
    public ulong[] ToWords(int events)
    {
        if (Words is not null)
        {
            return Words;
        }

        var words = new ulong[WordsFor(events)];
        if (List is not null)
        {
            for (int i = 0; i < Count; i++)
            {
                words[List[i] >> 6] |= 1UL << (List[i] & 63);
            }
        }
        else
        {
            Bits.SetRange(words, From, To);
        }

        return words;
    }

    /// <summary>All events of the set in ascending order.</summary>
    public int[] ToArray()
    {
        var docs = new int[Count];
        int done = 0;
        for (var walk = new DocWalk(this); done < docs.Length;)
        {
            done += walk.Next(docs.AsSpan(done));
        }

        return docs;
    }
}
