using System.Buffers.Text;
using LogView.Server.Storage.Embedded.Format;

namespace LogView.Server.Storage.Embedded.Sources;

/// <summary>The values of columns as they stand in a source. Columns have every value already, so a source need not keep it again.</summary>
internal abstract class ColumnTexts
{
    /// <summary>The longest text of a number: a double has at most 24 characters.</summary>
    public const int MaxNumberLength = 32;

    /// <summary>Nanoseconds since 1970 of an event.</summary>
    public abstract long TimeOf(int doc);

    /// <summary>Appends the only value of that kind that the field has in the event; false when there is none.</summary>
    /// <param name="kind"><see cref="PieceKind.Text"/>, <see cref="PieceKind.Long"/> or <see cref="PieceKind.Double"/>.</param>
    /// <param name="field">Number of the field in the model.</param>
    /// <param name="doc">The event.</param>
    /// <param name="into">Receives the text.</param>
    public abstract bool TryAppend(PieceKind kind, int field, int doc, ByteWriter into);

    public void AppendTime(int doc, int digits, ByteWriter into)
    {
        Span<byte> text = stackalloc byte[TimeText.MaxLength + 8];
        into.Bytes(text[..TimeText.Write(TimeOf(doc), digits, text)]);
    }

    /// <summary>Writes a number as sources have it: a long in decimal, a double in the shortest form.</summary>
    public static int Format(PieceKind kind, long raw, Span<byte> into)
    {
        bool fits = kind == PieceKind.Long
            ? Utf8Formatter.TryFormat(raw, into, out int length)
            : BitConverter.Int64BitsToDouble(raw).TryFormat(into, out length, provider: System.Globalization.CultureInfo.InvariantCulture);
        return fits ? length : 0;
    }
}
