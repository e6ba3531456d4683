using System.Numerics;

namespace LogView.Server.Storage.Embedded.Documents;

/// <summary>Walks a set in ascending order, as many events at a time as the caller has room for.</summary>
internal struct DocWalk(DocSet set)
{
    private int _position = set.List is null ? set.From : 0;

    /// <summary>Fills <paramref name="docs"/> with the next events; 0 at the end.</summary>
    public int Next(Span<int> docs)
    {
        if (set.List is not null)
        {
            int taken = Math.Min(docs.Length, set.Count - _position);
            set.List.AsSpan(_position, taken).CopyTo(docs);
            _position += taken;
            return taken;
        }

        return set.Words is not null ? NextOfBitmap(set.Words, docs) : NextOfRange(docs);
    }

    private int NextOfRange(Span<int> docs)
    {
        int taken = Math.Min(docs.Length, set.To - _position);
        for (int i = 0; i < taken; i++)
        {
            docs[i] = _position + i;
        }

        _position += taken;
        return taken;
    }

    private int NextOfBitmap(ulong[] words, Span<int> docs)
    {
        int taken = 0;
        while (taken < docs.Length && _position < set.To)
        {
            ulong word = words[_position >> 6] & (ulong.MaxValue << (_position & 63));
            if (word == 0)
            {
                _position = (_position | 63) + 1;
                continue;
            }

            int origin = _position & ~63;
            for (; word != 0 && taken < docs.Length; word &= word - 1)
            {
                docs[taken++] = origin + BitOperations.TrailingZeroCount(word);
            }

            _position = word == 0 ? origin + 64 : origin + BitOperations.TrailingZeroCount(word);
        }

        return taken;
    }
}
