using System.Text;
using LogView.Server.Storage.Embedded.Format;
using LogView.Server.Storage.Embedded.Terms;

namespace LogView.Server.Storage.Embedded.Heads;

/// <summary>
/// The ids of a head's events. Those that LogView made are numbers, of which neighbours mostly follow each other: runs of them are found without a table.
/// Ids of shippers are texts. One writer; readers ask for published events.
/// </summary>
internal sealed class HeadIds
{
    private readonly HeadEntries<UInt128> _made = new();
    private readonly HeadTerms _texts = new();
    private readonly HeadEntries<int> _textOf = new();
    private readonly MadeIdRuns _runs = new();
    private int[] _docOfText = new int[16];

    /// <summary>No id in the form of those that LogView makes is greater; 0 when there is none.</summary>
    public UInt128 LastMade { get; private set; }

    public long Memory => _made.Memory + _texts.Memory + _textOf.Memory + _runs.Memory + (long)_docOfText.Length * sizeof(int);

    public void Add(int doc, EventId id, bool isGiven)
    {
        Span<byte> utf8 = stackalloc byte[EventId.MaxBytes];
        utf8 = utf8[..Encoding.UTF8.GetBytes(id.Value, utf8)];
        bool isMade = MadeId.TryRead(utf8, out UInt128 number);
        LastMade = isMade && number > LastMade ? number : LastMade;
        if (isMade && !isGiven)
        {
            _made.Add(doc, number);
            _runs.Add(doc, number);
        }
        else
        {
            AddText(doc, utf8);
        }
    }

    /// <summary>True for an event whose id LogView made.</summary>
    public bool TryMade(int doc, out UInt128 id)
    {
        int entry = EntryOf(_made, doc);
        id = entry < 0 ? 0 : _made.Values[entry];
        return entry >= 0;
    }

    /// <summary>The text of an id that LogView did not make.</summary>
    public ReadOnlySpan<byte> TextOf(int doc) => _texts[_textOf.Values[EntryOf(_textOf, doc)]];

    public EventId Of(int doc) => new(TryMade(doc, out UInt128 made) ? MadeId.Write(made) : Encoding.UTF8.GetString(TextOf(doc)));

    /// <summary>The event with this id; -1: none.</summary>
    public int Find(EventId id)
    {
        Span<byte> utf8 = stackalloc byte[EventId.MaxBytes];
        if (!Encoding.UTF8.TryGetBytes(id.Value, utf8, out int length))
        {
            return -1;
        }

        utf8 = utf8[..length];
        int doc = FindText(utf8);
        return doc < 0 && MadeId.TryRead(utf8, out UInt128 made) ? _runs.Find(made) : doc;
    }

    /// <summary>Takes back the ids of events from <paramref name="doc"/> on. Only for events that were never published.</summary>
    public void Truncate(int doc)
    {
        _made.Truncate(doc);
        _textOf.Truncate(doc);
        _runs.Truncate(doc);
    }

    private void AddText(int doc, ReadOnlySpan<byte> utf8)
    {
        int text = _texts.Add(utf8);
        if (text >= _docOfText.Length)
        {
            int[] wider = _docOfText;
            Array.Resize(ref wider, Growth.Next(wider.Length));
            Volatile.Write(ref _docOfText, wider);
        }

        _docOfText[text] = doc;
        _textOf.Add(doc, text);
    }

    private int FindText(ReadOnlySpan<byte> utf8)
    {
        int text = _texts.Find(utf8);
        if (text < 0)
        {
            return -1;
        }

        // Texts of ids that were taken back stay: what stands at their place now may be another event.
        int doc = Volatile.Read(ref _docOfText)[text], entry = EntryOf(_textOf, doc);
        return entry >= 0 && _textOf.Values[entry] == text ? doc : -1;
    }

    private static int EntryOf<T>(HeadEntries<T> entries, int doc)
        where T : unmanaged
    {
        int entry = entries.CountBefore(doc);
        return entry < entries.Count && entries.Docs[entry] == doc ? entry : -1;
    }
}
