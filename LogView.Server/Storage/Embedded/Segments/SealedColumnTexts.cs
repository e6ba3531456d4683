using LogView.Client.Contracts.Events;
using LogView.Server.Storage.Embedded.Columns;
using LogView.Server.Storage.Embedded.Format;
using LogView.Server.Storage.Embedded.Sources;

namespace LogView.Server.Storage.Embedded.Segments;

/// <summary>The columns of a sealed segment, as its sources need them. Safe for concurrent use.</summary>
internal sealed class SealedColumnTexts(SealedSegment segment, string[] fields) : ColumnTexts
{
    private const int Kinds = 3;

    private readonly ValueColumn?[] _columns = new ValueColumn?[fields.Length * Kinds];

    public override long TimeOf(int doc) => segment.TimeOf(doc);

    public override bool TryAppend(PieceKind kind, int field, int doc, ByteWriter into)
    {
        ValueColumn? column = _columns[field * Kinds + (kind - PieceKind.Text)] ??= Find(kind, fields[field]);
        return column switch
        {
            SealedCodedColumn coded => TryAppend(kind, coded, doc, into),
            SealedNumberColumn numbers when numbers.EntryOf(doc) is >= 0 and var entry => AppendNumber(kind, numbers.RawOf(entry), into),
            _ => false,
        };
    }

    private static bool TryAppend(PieceKind kind, SealedCodedColumn column, int doc, ByteWriter into)
    {
        int code = column.CodeOf(doc);
        if (code < 0)
        {
            return false;
        }

        if (kind != PieceKind.Text)
        {
            return AppendNumber(kind, column.RawOfCode(code), into);
        }

        into.Bytes(column.TextOfCode(code));
        return true;
    }

    private static bool AppendNumber(PieceKind kind, long raw, ByteWriter into)
    {
        into.Trim(MaxNumberLength - Format(kind, raw, into.Reserve(MaxNumberLength)));
        return true;
    }

    private ValueColumn? Find(PieceKind kind, string field)
    {
        FieldValueKind wanted = kind switch
        {
            PieceKind.Text => FieldValueKind.String,
            PieceKind.Long => FieldValueKind.Long,
            _ => FieldValueKind.Double,
        };
        return segment.Columns(field).Values.FirstOrDefault(c => c.Kind == wanted);
    }
}
