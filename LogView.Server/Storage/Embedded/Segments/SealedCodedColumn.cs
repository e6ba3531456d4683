using System.Runtime.InteropServices;
using System.Text;
using LogView.Client.Contracts.Events;
using LogView.Server.Storage.Embedded.Columns;
using LogView.Server.Storage.Embedded.Format;
using LogView.Server.Storage.Embedded.Terms;

namespace LogView.Server.Storage.Embedded.Segments;

/// <summary>A coded column of a sealed segment, read in place. Codes ascend with the values.</summary>
internal sealed class SealedCodedColumn : CodedColumn
{
    /// <summary>Dictionaries up to this size keep the values they gave out: levels and services are asked for again and again.</summary>
    private const int RememberedValues = 1_024;

    private readonly SegmentFile _file;
    private readonly Extent _extent;
    private readonly int _docsAt;
    private readonly int _codesAt;
    private readonly int _width;
    private readonly int _dictionaryAt;
    private readonly FieldValue[]? _remembered;

    public SealedCodedColumn(SegmentFile file, Extent extent, FieldValueKind kind)
    {
        (_file, _extent, Kind) = (file, extent, kind);
        ReadOnlySpan<byte> bytes = file.Read(extent);
        var cursor = new ByteCursor(bytes, position: 1);
        Layout = (ColumnLayout)cursor.Byte();
        _width = cursor.Byte();
        Entries = cursor.Int32();
        CodeCount = cursor.Int32();
        _docsAt = cursor.Position;
        cursor.Skip(Layout == ColumnLayout.Listed ? Entries * sizeof(int) : 0);
        _codesAt = cursor.Position;
        cursor.Skip(Entries * _width + CodeSpan.Padding);
        _dictionaryAt = cursor.Position;
        _remembered = CodeCount <= RememberedValues ? new FieldValue[CodeCount] : null;
    }

    public override FieldValueKind Kind { get; }

    public override ColumnLayout Layout { get; }

    public override int Entries { get; }

    public override int CodeCount { get; }

    public override ReadOnlySpan<int> Docs => MemoryMarshal.Cast<byte, int>(Bytes.Slice(_docsAt, _codesAt - _docsAt));

    protected override CodeSpan Stored => new(Bytes[_codesAt.._dictionaryAt], _width, Entries);

    private ReadOnlySpan<byte> Bytes => _file.ReadUnverified(_extent.Offset, _extent.Length);

    private SortedTerms Terms => new(Bytes[_dictionaryAt..]);

    /// <summary>The code that the event has in a column with at most one value per event; -1: none.</summary>
    public int CodeOf(int doc) => Layout switch
    {
        ColumnLayout.Full => Stored[doc],
        ColumnLayout.Optional => Stored[doc] - 1,
        _ => Docs.BinarySearch(doc) is >= 0 and var entry ? Stored[entry] : -1,
    };

    /// <summary>A text as it is stored. Valid while the caller holds a reference to the file.</summary>
    public ReadOnlySpan<byte> TextOfCode(int code) => Terms[code];

    /// <summary>A number as it is stored: the long, or the bits of the double.</summary>
    public long RawOfCode(int code) => MemoryMarshal.Read<long>(Bytes[(_dictionaryAt + code * sizeof(long))..]);

    public override FieldValue ValueOf(int code)
    {
        if (_remembered is null)
        {
            return ReadValue(code);
        }

        // FieldValue is wider than a word: a torn copy is told by its kind, which is written with the rest, so a lock is needed.
        lock (_remembered)
        {
            if (_remembered[code].Kind == FieldValueKind.Null)
            {
                _remembered[code] = ReadValue(code);
            }

            return _remembered[code];
        }
    }

    protected override CodeSelection Select(ValueCondition test, CancellationToken cancellationToken)
    {
        if (Kind != FieldValueKind.String)
        {
            return TryAll(test, CodeCount, cancellationToken);
        }

        if (test.OnlyText is { } only)
        {
            int code = Terms.Find(Encoding.UTF8.GetBytes(only));
            return code >= 0 && test.Passes(FieldValue.Of(only)) ? CodeSelection.Range(code, code + 1) : CodeSelection.None;
        }

        return test.TextPrefix is { } prefix ? TryPrefix(test, Encoding.UTF8.GetBytes(prefix)) : TryAll(test, CodeCount, cancellationToken);
    }

    private CodeSelection TryPrefix(ValueCondition test, byte[] prefix)
    {
        SortedTerms terms = Terms;
        var marks = new bool[CodeCount];
        int passing = 0;
        for (int code = terms.LowerBound(prefix); code < CodeCount && terms[code].StartsWith(prefix); code++)
        {
            marks[code] = test.Passes(ValueOf(code));
            passing += marks[code] ? 1 : 0;
        }

        return CodeSelection.OfMarks(marks, passing);
    }

    private FieldValue ReadValue(int code)
    {
        if (Kind == FieldValueKind.String)
        {
            return FieldValue.Of(Encoding.UTF8.GetString(Terms[code]));
        }

        long raw = RawOfCode(code);
        return Kind switch
        {
            FieldValueKind.Long => FieldValue.Of(raw),
            FieldValueKind.Double => FieldValue.Of(BitConverter.Int64BitsToDouble(raw)),
            _ => FieldValue.Of(raw != 0),
        };
    }
}
