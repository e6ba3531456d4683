using LogView.Server.Storage.Embedded.Format;
using LogView.Server.Storage.Embedded.Heads;

namespace LogView.Server.Storage.Embedded.Sources;

/// <summary>The columns of a head while its segment is written. Events are numbered as they arrived. Fields get numbers when a source first refers to them.</summary>
internal sealed class HeadColumnTexts(Head head, int events) : ColumnTexts
{
    private readonly List<Field> _fields = [];

    /// <summary>Names of the fields by number.</summary>
    public IEnumerable<string> Names => _fields.Select(f => f.Own.Name);

    public override long TimeOf(int doc) => head.Times[doc];

    /// <summary>The number of the field.</summary>
    public int NumberOf(HeadField field)
    {
        Of(field);
        return field.SealNumber;
    }

    /// <summary>Is this the only text that the column has for the event?</summary>
    public bool HasText(HeadField field, int doc, ReadOnlySpan<byte> text)
    {
        Lookup? strings = Of(field).Strings;
        int entry = strings?.EntryOf(doc) ?? -1;
        return entry >= 0 && field.Strings is { } column && column.Terms[column.Entries.Values[entry]].SequenceEqual(text);
    }

    /// <summary>Does the column give back this very text of a number?</summary>
    public bool HasNumber(HeadField field, int doc, ReadOnlySpan<byte> text, out PieceKind kind)
    {
        Span<byte> own = stackalloc byte[MaxNumberLength];
        foreach (PieceKind one in (ReadOnlySpan<PieceKind>)[PieceKind.Long, PieceKind.Double])
        {
            if (TryFormat(one, field, doc, own, out int length) && own[..length].SequenceEqual(text))
            {
                kind = one;
                return true;
            }
        }

        kind = default;
        return false;
    }

    public override bool TryAppend(PieceKind kind, int field, int doc, ByteWriter into)
    {
        HeadField column = _fields[field].Own;
        if (kind != PieceKind.Text)
        {
            Span<byte> own = stackalloc byte[MaxNumberLength];
            bool known = TryFormat(kind, column, doc, own, out int length);
            into.Bytes(own[..length]);
            return known;
        }

        int entry = Of(column).Strings?.EntryOf(doc) ?? -1;
        if (entry < 0 || column.Strings is not { } strings)
        {
            return false;
        }

        into.Bytes(strings.Terms[strings.Entries.Values[entry]]);
        return true;
    }

    private bool TryFormat(PieceKind kind, HeadField field, int doc, Span<byte> into, out int length)
    {
        HeadNumbers? numbers = kind == PieceKind.Long ? field.Longs : field.Doubles;
        Field known = Of(field);
        int entry = (kind == PieceKind.Long ? known.Longs : known.Doubles)?.EntryOf(doc) ?? -1;
        length = entry >= 0 && numbers is not null ? Format(kind, numbers.Entries.Values[entry], into) : 0;
        return length > 0;
    }

    private Field Of(HeadField field)
    {
        int number = field.SealNumber;
        if ((uint)number < (uint)_fields.Count && _fields[number].Own == field)
        {
            return _fields[number];
        }

        var known = new Field(
            field,
            field.Strings is { } strings ? Lookup.Of(strings.Entries, events) : null,
            field.Longs is { } longs ? Lookup.Of(longs.Entries, events) : null,
            field.Doubles is { } doubles ? Lookup.Of(doubles.Entries, events) : null);
        field.SealNumber = _fields.Count;
        _fields.Add(known);
        return known;
    }

    private sealed record Field(HeadField Own, Lookup? Strings, Lookup? Longs, Lookup? Doubles);

    /// <summary>Finds the entry of an event in a column with at most one per event.</summary>
    private sealed class Lookup(int[] docs, int count, bool isFull)
    {
        /// <summary>Null for a column in which an event has several values: their order among other kinds is not kept.</summary>
        public static Lookup? Of<T>(HeadEntries<T> entries, int events)
            where T : unmanaged
        {
            int count = entries.CountBefore(events);
            return entries.LastRepeated >= 0 ? null : new Lookup(entries.Docs, count, count == events);
        }

        public int EntryOf(int doc) => isFull ? doc : Math.Max(-1, docs.AsSpan(0, count).BinarySearch(doc));
    }
}
