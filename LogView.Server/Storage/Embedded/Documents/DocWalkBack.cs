using System.Numerics;

namespace LogView.Server.Storage.Embedded.Documents;

/// <summary>Walks a set in descending order: newest first in a sorted segment.</summary>
internal struct DocWalkBack(DocSet set)
{
    private int _left = set.List is null ? set.To : set.Count;

    /// <summary>Fills <paramref name="docs"/> with the next events, descending; 0 at the end.</summary>
    public int Next(Span<int> docs)
    {
        if (set.Words is not null)
        {
            return NextOfBitmap(set.Words, docs);
        }

        int taken = Math.Min(docs.Length, set.List is null ? _left - set.From : _left);
        for (int i = 0; i < taken; i++)
        {
            _left--;
            docs[i] = set.List is null ? _left : set.List[_left];
        }

        return taken;
    }

    private int NextOfBitmap(ulong[] words, Span<int> docs)
    {
        int taken = 0;
        while (taken < docs.Length && _left > set.From)
        {
            int last = _left - 1;
            ulong word = words[last >> 6] & (ulong.MaxValue >> (63 - (last & 63)));
            int origin = last & ~63;
            for (; word != 0 && taken < docs.Length; taken++)
            {
                int bit = 63 - BitOperations.LeadingZeroCount(word);
                docs[taken] = origin + bit;
                word &= ~(1UL << bit);
            }

            _left = word == 0 ? origin : origin + 64 - BitOperations.LeadingZeroCount(word);
        }

        return taken;
    }
}
