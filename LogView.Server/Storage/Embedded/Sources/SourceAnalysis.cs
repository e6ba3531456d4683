using System.Runtime.InteropServices;
using LogView.Server.Storage.Embedded.Heads;
using LogView.Server.Storage.Embedded.Sealing;
using LogView.Server.Storage.Embedded.Terms;

namespace LogView.Server.Storage.Embedded.Sources;

/// <summary>A kept text of one event: the template it comes from, and where its values stand among all values.</summary>
internal record struct TemplatedText(KeptText Place, int Doc, int Template, int FirstValue);

/// <summary>
/// Finds the layouts and templates of all events of a head. A layout or template that too few events have is not worth its place: such
/// texts are tried once more with words as values, and else kept as they are. Dispose it when the segment is written.
/// </summary>
internal sealed class SourceAnalysis : IDisposable
{
    /// <summary>Number of the layout, and of the template, of anything that is kept as it is.</summary>
    public const int Raw = 0;

    private const int MinLayoutEvents = 4;
    private const int MinTemplateTexts = 8;
    private const int MinWordTemplateTexts = 4;

    /// <summary>Past it further layouts are kept as they are.</summary>
    private const int MaxLayouts = 16_384;

    /// <summary>Past it further texts are kept as they are.</summary>
    private const int MaxTemplates = 65_536;

    /// <summary>A longer text is kept as it is: it would make a template that no other text has.</summary>
    private const int MaxTemplatedBytes = 16 * 1024;

    private readonly Head _head;
    private readonly ShapeSplitter _shapes;
    private readonly TextSplitter _splitter = new();
    private readonly int[] _firstText;
    private readonly PooledList<long> _values = new();
    private readonly PooledList<TemplatedText> _texts = new();

    public SourceAnalysis(Head head, EventOrderMap order, HeadColumnTexts columns)
    {
        _head = head;
        _shapes = new ShapeSplitter(head, columns);
        var pieces = new PieceWriter();
        pieces.Add(PieceKind.Raw);
        Templates.Add(pieces.Written);
        pieces.Add(PieceKind.Split);
        pieces.Add(PieceKind.Raw);
        Layouts.Add(pieces.Written);
        LayoutOf = new int[order.Count];
        _firstText = new int[order.Count + 1];
        for (int i = 0; i < order.Count; i++)
        {
            Split(order.FromSorted[i], i);
        }

        DropRareLayouts();
        TryWords();
    }

    /// <summary>Pieces of the layouts, by number.</summary>
    public HeadTerms Layouts { get; } = new();

    /// <summary>Pieces of the templates, by number.</summary>
    public HeadTerms Templates { get; } = new();

    public HeadTerms Words => _splitter.Words;

    public int Streams => _shapes.Streams;

    /// <summary>The layout of each event in sorted order.</summary>
    public int[] LayoutOf { get; }

    /// <summary>Values of all texts, also of those that were split again and need them no more.</summary>
    public Span<long> Values => _values.Span;

    /// <summary>The kept texts of an event in sorted order; none when it is kept as it is.</summary>
    public Span<TemplatedText> TextsOf(int index) => LayoutOf[index] == Raw
        ? []
        : _texts.Span[_firstText[index].._firstText[index + 1]];

    /// <summary>Keeps an event as it is.</summary>
    public void GiveUp(int index) => LayoutOf[index] = Raw;

    public ReadOnlySpan<byte> BytesOf(TemplatedText text)
    {
        int source = _head.Sources[text.Doc].Length;
        return text.Place.Start < source
            ? _head.Sources[text.Doc].Slice(text.Place.Start, text.Place.Length)
            : _head.Derived[text.Doc].Slice(text.Place.Start - source, text.Place.Length);
    }

    public void Dispose()
    {
        _values.Dispose();
        _texts.Dispose();
    }

    private void Split(int doc, int index)
    {
        if (_shapes.TrySplit(doc) && (Layouts.Count < MaxLayouts || Layouts.Find(_shapes.Layout.Written) >= 0))
        {
            LayoutOf[index] = Layouts.Add(_shapes.Layout.Written);
            foreach (KeptText place in _shapes.Kept)
            {
                var text = new TemplatedText(place, doc, Raw, 0);
                _texts.Add(Templated(text, WordUse.Literal, _shapes.References));
            }
        }

        _firstText[index + 1] = _texts.Count;
    }

    private TemplatedText Templated(TemplatedText text, WordUse words, NumberReferences references)
    {
        ReadOnlySpan<byte> bytes = BytesOf(text);
        if (bytes.Length > MaxTemplatedBytes)
        {
            return text;
        }

        _splitter.Split(bytes, references, words);
        if (Templates.Count >= MaxTemplates && Templates.Find(_splitter.Template) < 0)
        {
            return text with { Template = Raw };
        }

        int first = _values.Count;
        _values.AddRange(CollectionsMarshal.AsSpan(_splitter.Values));
        return text with { Template = Templates.Add(_splitter.Template), FirstValue = first };
    }

    private void DropRareLayouts()
    {
        var events = new int[Layouts.Count];
        foreach (int layout in LayoutOf)
        {
            events[layout]++;
        }

        for (int i = 0; i < LayoutOf.Length; i++)
        {
            LayoutOf[i] = events[LayoutOf[i]] < MinLayoutEvents ? Raw : LayoutOf[i];
        }
    }

    /// <summary>Splits the texts of rare templates again, with words as values.</summary>
    private void TryWords()
    {
        int[] texts = CountTexts();
        var none = new NumberReferences();
        ForEachRare(texts, MinTemplateTexts, text =>
        {
            ReadOnlySpan<byte> bytes = BytesOf(text);
            if (bytes.Length <= MaxTemplatedBytes)
            {
                _splitter.Split(bytes, none, WordUse.Counted);
            }

            return text;
        });
        ForEachRare(texts, MinTemplateTexts, text => Templated(text, WordUse.Value, none));
        ForEachRare(CountTexts(), MinWordTemplateTexts, text => text with { Template = Raw });
    }

    private int[] CountTexts()
    {
        var texts = new int[Templates.Count];
        for (int i = 0; i < LayoutOf.Length; i++)
        {
            foreach (TemplatedText text in TextsOf(i))
            {
                texts[text.Template]++;
            }
        }

        return texts;
    }

    private void ForEachRare(int[] texts, int least, Func<TemplatedText, TemplatedText> change)
    {
        for (int i = 0; i < LayoutOf.Length; i++)
        {
            Span<TemplatedText> own = TextsOf(i);
            for (int k = 0; k < own.Length; k++)
            {
                if (own[k].Template != Raw && texts[own[k].Template] < least)
                {
                    own[k] = change(own[k]);
                }
            }
        }
    }
}
