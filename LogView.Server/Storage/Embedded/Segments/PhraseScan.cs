using System.Buffers;
using LogView.Server.Storage.Embedded.Documents;
using LogView.Server.Storage.Embedded.Format;
using LogView.Server.Storage.Embedded.Sealing;

namespace LogView.Server.Storage.Embedded.Segments;

/// <summary>
/// Finds a phrase in the candidates that have all its words. Each pattern is decided once: yes (its fixed words have the phrase), no (not
/// even the slots could make it), or the text's own slots have to be read.
/// </summary>
internal ref struct PhraseScan
{
    private const int DocsPerCheck = 8_192;
    private const byte Unknown = 0;
    private const byte Yes = 1;
    private const byte No = 2;
    private const byte Depends = 3;

    private readonly Patterns _patterns;
    private readonly int[] _phrase;
    private readonly byte[] _verdicts;
    private readonly List<int> _ranks = [];
    private ByteCursor _slots;

    /// <summary>How many slots each pattern has; -1: not looked up yet. Made when the first slot is read.</summary>
    private int[]? _slotCounts;

    /// <summary>The text whose slots the cursor stands on; -1: none.</summary>
    private int _at = -1;

    public PhraseScan(Patterns patterns, int[] phrase)
    {
        _patterns = patterns;
        _phrase = phrase;
        _verdicts = ArrayPool<byte>.Shared.Rent(patterns.Count);
        _verdicts.AsSpan(0, patterns.Count).Clear();
    }

    /// <summary>May be called once.</summary>
    /// <param name="candidates">Events that have all words.</param>
    /// <param name="docs">The event of each text; empty when text n is event n's.</param>
    /// <param name="cancellationToken">Ends the scan.</param>
    public DocSet Run(DocSet candidates, ReadOnlySpan<int> docs, CancellationToken cancellationToken)
    {
        int[] asked = candidates.ToArray();
        int count = 0, text = 0;
        for (int i = 0; i < asked.Length; i++)
        {
            if (i % DocsPerCheck == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (docs.IsEmpty ? Has(asked[i]) : HasListed(docs, ref text, asked[i]))
            {
                asked[count++] = asked[i];
            }
        }

        ArrayPool<byte>.Shared.Return(_verdicts);
        return DocSet.OfList(asked, count);
    }

    private bool HasListed(ReadOnlySpan<int> docs, ref int text, int doc)
    {
        int found = docs[text..].BinarySearch(doc);
        text += found < 0 ? ~found : found;
        while (text > 0 && docs[text - 1] == doc)
        {
            text--;
        }

        bool has = false;
        for (; text < docs.Length && docs[text] == doc; text++)
        {
            has = has || Has(text);
        }

        return has;
    }

    private bool Has(int text)
    {
        int pattern = _patterns.Ids[text];
        byte verdict = _verdicts[pattern];
        if (verdict == Unknown)
        {
            _verdicts[pattern] = verdict = Decide(pattern);
        }

        return verdict == Yes || verdict == Depends && HasWithSlots(text, pattern);
    }

    private readonly byte Decide(int pattern)
    {
        _patterns.Read(pattern, _ranks);
        byte verdict = No;
        for (int start = 0; start + _phrase.Length <= _ranks.Count; start++)
        {
            bool fits = true, slots = false;
            for (int i = 0; i < _phrase.Length && fits; i++)
            {
                int rank = _ranks[start + i];
                slots |= rank == PatternWriter.Slot;
                fits = rank == PatternWriter.Slot || rank == _phrase[i];
            }

            if (fits && !slots)
            {
                return Yes;
            }

            verdict = fits ? Depends : verdict;
        }

        return verdict;
    }

    /// <summary>Puts the text's slots into its pattern and looks for the phrase.</summary>
    private bool HasWithSlots(int text, int pattern)
    {
        SeekSlots(text);
        _patterns.Read(pattern, _ranks);
        for (int i = 0; i < _ranks.Count; i++)
        {
            if (_ranks[i] == PatternWriter.Slot)
            {
                _ranks[i] = _slots.VarInt32();
            }
        }

        _at = text + 1;
        return System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_ranks).IndexOf(_phrase) >= 0;
    }

    private void SeekSlots(int text)
    {
        int block = text / PatternWriter.TextsPerBlock * PatternWriter.TextsPerBlock;
        if (_at < block || _at > text)
        {
            _slots = _patterns.SlotsOfBlock(text);
            _at = block;
        }

        for (; _at < text; _at++)
        {
            for (int left = SlotCount(_patterns.Ids[_at]); left > 0; left--)
            {
                _slots.VarUInt();
            }
        }
    }

    private int SlotCount(int pattern)
    {
        if (_slotCounts is null)
        {
            _slotCounts = new int[_patterns.Count];
            Array.Fill(_slotCounts, -1);
        }

        if (_slotCounts[pattern] < 0)
        {
            _slotCounts[pattern] = _patterns.SlotsOf(pattern);
        }

        return _slotCounts[pattern];
    }
}
