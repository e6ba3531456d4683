using System.Runtime.InteropServices;
using LogView.Server.Storage.Embedded.Columns;
using LogView.Server.Storage.Embedded.Documents;
using LogView.Server.Storage.Embedded.Format;
using LogView.Server.Storage.Embedded.Terms;

namespace LogView.Server.Storage.Embedded.Segments;

/// <summary>The words of a text field of a sealed segment, read in place.</summary>
internal sealed class SealedText : TextColumn
{
    private const int TermsPerCheck = 8_192;

    private readonly SegmentFile _file;
    private readonly Extent _extent;
    private readonly int _events;
    private readonly ColumnLayout _layout;
    private readonly int _texts;
    private readonly int _docsAt;
    private readonly int _termsAt;
    private readonly int _postingsAt;
    private readonly int _patternsAt;

    public SealedText(SegmentFile file, Extent extent, int events)
    {
        (_file, _extent, _events) = (file, extent, events);
        var cursor = new ByteCursor(file.Read(extent));
        _layout = (ColumnLayout)cursor.Byte();
        _texts = cursor.Int32();
        (_termsAt, _postingsAt, _patternsAt) = (cursor.Int32(), cursor.Int32(), cursor.Int32());
        _docsAt = cursor.Position;
        cursor.Skip(_layout == ColumnLayout.Listed ? _texts * sizeof(int) : 0);
    }

    /// <summary>What takes how many bytes, for people who measure.</summary>
    public (string Part, int Bytes)[] Parts =>
        [("words", _postingsAt - _termsAt), ("events of words", _patternsAt - _postingsAt), ("order of words", _extent.Length - _patternsAt)];

    private ReadOnlySpan<byte> Bytes => _file.ReadUnverified(_extent.Offset, _extent.Length);

    private SortedTerms Terms => new(Bytes[_termsAt.._postingsAt]);

    private Postings Postings => new(Bytes[_postingsAt.._patternsAt], _events);

    private ReadOnlySpan<int> Docs => MemoryMarshal.Cast<byte, int>(Bytes[_docsAt.._termsAt]);

    public override DocSet Exists(int events)
    {
        if (_layout == ColumnLayout.Full)
        {
            return DocSet.Range(0, events);
        }

        var words = new ulong[DocSet.WordsFor(events)];
        foreach (int doc in Docs)
        {
            Bits.Set(words, doc);
        }

        return DocSet.OfBitmap(words);
    }

    public override int Find(ReadOnlySpan<byte> word) => Terms.Find(word);

    public override List<int> FindAll(WordCondition test, CancellationToken cancellationToken)
    {
        List<int> found = [];
        if (test.Prefix is { } prefix)
        {
            AddWithPrefix(prefix, test, found);
        }
        else if (test.Contains is { Length: > 0 } part)
        {
            AddContaining(part, test, found, cancellationToken);
        }
        else
        {
            AddPassing(test, found, cancellationToken);
        }

        return found;
    }

    public override DocSet WithWord(int word, int events) => Postings.Read(word);

    public override DocSet WithAny(List<int> words, int events, CancellationToken cancellationToken)
    {
        Postings postings = Postings;
        if (words.Count == 1)
        {
            return postings.Read(words[0]);
        }

        var bitmap = new ulong[DocSet.WordsFor(events)];
        for (int i = 0; i < words.Count; i++)
        {
            if (i % TermsPerCheck == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            postings.AddTo(words[i], bitmap);
        }

        return DocSet.OfBitmap(bitmap);
    }

    public override DocSet WithPhrase(
        ReadOnlySpan<int> words, DocSet within, int events, out bool isExact, CancellationToken cancellationToken)
    {
        Postings postings = Postings;
        var ranks = new int[words.Length];
        var frequencies = new int[words.Length];
        for (int i = 0; i < words.Length; i++)
        {
            (frequencies[i], ranks[i]) = postings.Describe(words[i]);
        }

        int[] order = words.ToArray();
        Array.Sort(frequencies, order);
        DocSet candidates = within;
        for (int i = 0; i < order.Length && !candidates.IsEmpty; i++)
        {
            candidates = DocSets.And(postings.Read(order[i]), candidates);
        }

        // A word of one event has no rank; that event's text decides.
        isExact = candidates.IsEmpty || Array.IndexOf(ranks, 0) < 0;
        return candidates.IsEmpty || !isExact
            ? candidates
            : new PhraseScan(new Patterns(Bytes[_patternsAt..], _texts), ranks).Run(candidates, _layout == ColumnLayout.Listed ? Docs : [], cancellationToken);
    }

    private void AddWithPrefix(byte[] prefix, WordCondition test, List<int> found)
    {
        SortedTerms terms = Terms;
        int first = terms.LowerBound(prefix);
        if (first == terms.Count)
        {
            return;
        }

        TermWalk walk = terms.WalkFrom(first / SortedTermsWriter.BlockSize);
        while (walk.Term < first)
        {
            walk.MoveNext();
        }

        for (; !walk.AtEnd && walk.Text.StartsWith(prefix); walk.MoveNext())
        {
            if (test.IsExact || test.Passes(walk.Text))
            {
                found.Add(walk.Term);
            }
        }
    }

    /// <summary>One scan over all words' bytes; a hit that spans two words is none.</summary>
    private void AddContaining(byte[] part, WordCondition test, List<int> found, CancellationToken cancellationToken)
    {
        SortedTerms terms = Terms;
        ReadOnlySpan<byte> texts = terms.Texts;
        for (int from = 0, hits = 0; from < texts.Length; hits++)
        {
            int hit = texts[from..].IndexOf(part);
            if (hit < 0)
            {
                return;
            }

            if (hits % TermsPerCheck == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            TermWalk walk = terms.WalkTo(from + hit);
            bool inside = from + hit + part.Length <= walk.End;
            if (inside && (test.IsExact || test.Passes(walk.Text)))
            {
                found.Add(walk.Term);
            }

            from = inside ? walk.End : from + hit + 1;
        }
    }

    private void AddPassing(WordCondition test, List<int> found, CancellationToken cancellationToken)
    {
        SortedTerms terms = Terms;
        if (terms.Count == 0)
        {
            return;
        }

        for (TermWalk walk = terms.WalkFrom(0); !walk.AtEnd; walk.MoveNext())
        {
            if (walk.Term % TermsPerCheck == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (test.Passes(walk.Text))
            {
                found.Add(walk.Term);
            }
        }
    }
}
