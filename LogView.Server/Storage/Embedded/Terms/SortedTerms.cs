using System.Runtime.InteropServices;
using LogView.Server.Storage.Embedded.Format;

namespace LogView.Server.Storage.Embedded.Terms;

/// <summary>Reads what <see cref="SortedTermsWriter"/> wrote, over the bytes of a mapped section.</summary>
internal readonly ref struct SortedTerms
{
    private readonly ReadOnlySpan<byte> _blocks;
    private readonly ReadOnlySpan<byte> _lengths;
    private readonly ReadOnlySpan<byte> _texts;

    public SortedTerms(ReadOnlySpan<byte> bytes)
    {
        var cursor = new ByteCursor(bytes);
        Count = cursor.Int32();
        int lengths = cursor.Int32(), texts = cursor.Int32();
        _blocks = cursor.Take((Count + SortedTermsWriter.BlockSize - 1) / SortedTermsWriter.BlockSize * SortedTermsWriter.BlockEntryBytes);
        _lengths = cursor.Take(lengths);
        _texts = cursor.Take(texts);
        Length = cursor.Position;
    }

    public int Count { get; }

    /// <summary>Bytes that the terms take in the section.</summary>
    public int Length { get; }

    /// <summary>All texts one after the other.</summary>
    public ReadOnlySpan<byte> Texts => _texts;

    public ReadOnlySpan<byte> this[int term]
    {
        get
        {
            TermWalk walk = WalkFrom(term / SortedTermsWriter.BlockSize);
            while (walk.Term < term)
            {
                walk.MoveNext();
            }

            return walk.Text;
        }
    }

    /// <summary>A walk that stands on the first term of a block.</summary>
    public TermWalk WalkFrom(int block)
    {
        ReadOnlySpan<byte> entry = _blocks.Slice(block * SortedTermsWriter.BlockEntryBytes, SortedTermsWriter.BlockEntryBytes);
        return new TermWalk(
            _texts, _lengths, block * SortedTermsWriter.BlockSize, Count, MemoryMarshal.Read<int>(entry), MemoryMarshal.Read<int>(entry[4..]));
    }

    /// <summary>The first term that is not below <paramref name="text"/>; <see cref="Count"/> when all are.</summary>
    public int LowerBound(ReadOnlySpan<byte> text)
    {
        int low = 0, high = _blocks.Length / SortedTermsWriter.BlockEntryBytes;
        while (low < high)
        {
            int middle = (int)((uint)(low + high) >> 1);
            if (WalkFrom(middle).Text.SequenceCompareTo(text) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        if (low == 0)
        {
            return 0;
        }

        TermWalk walk = WalkFrom(low - 1);
        int end = Math.Min(Count, low * SortedTermsWriter.BlockSize);
        while (walk.Term < end && walk.Text.SequenceCompareTo(text) < 0)
        {
            walk.MoveNext();
        }

        return walk.Term;
    }

    /// <summary>The number of the text, or -1.</summary>
    public int Find(ReadOnlySpan<byte> text)
    {
        int term = LowerBound(text);
        return term < Count && this[term].SequenceEqual(text) ? term : -1;
    }

    /// <summary>The term whose bytes hold position <paramref name="at"/> of <see cref="Texts"/>.</summary>
    public TermWalk WalkTo(int at)
    {
        int low = 0, high = _blocks.Length / SortedTermsWriter.BlockEntryBytes;
        while (low + 1 < high)
        {
            int middle = (int)((uint)(low + high) >> 1);
            if (MemoryMarshal.Read<int>(_blocks[(middle * SortedTermsWriter.BlockEntryBytes)..]) <= at)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        TermWalk walk = WalkFrom(low);
        while (walk.End <= at)
        {
            walk.MoveNext();
        }

        return walk;
    }
}

/// <summary>Steps through terms one after the other.</summary>
internal ref struct TermWalk
{
    private readonly ReadOnlySpan<byte> _texts;
    private readonly ReadOnlySpan<byte> _lengths;
    private readonly int _count;
    private int _lengthAt;

    public TermWalk(ReadOnlySpan<byte> texts, ReadOnlySpan<byte> lengths, int term, int count, int start, int lengthAt)
    {
        _texts = texts;
        _lengths = lengths;
        (Term, _count, Start, _lengthAt) = (term, count, start, lengthAt);
        End = start;
        ReadLength();
    }

    public int Term { get; private set; }

    /// <summary>Where the term's bytes start in all texts.</summary>
    public int Start { get; private set; }

    public int End { get; private set; }

    public readonly bool AtEnd => Term >= _count;

    public readonly ReadOnlySpan<byte> Text => _texts[Start..End];

    public void MoveNext()
    {
        Term++;
        Start = End;
        ReadLength();
    }

    private void ReadLength()
    {
        if (Term >= _count)
        {
            return;
        }

        int length = _lengths[_lengthAt++];
        for (int shift = 7; length >= 1 << shift; shift += 7)
        {
            length = (length & ((1 << shift) - 1)) | _lengths[_lengthAt++] << shift;
        }

        End = Start + length;
    }
}
