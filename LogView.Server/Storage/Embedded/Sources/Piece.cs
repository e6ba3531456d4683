using LogView.Server.Storage.Embedded.Format;

namespace LogView.Server.Storage.Embedded.Sources;

/// <summary>What stands at one place of a layout or template. Numbers are part of the format.</summary>
internal enum PieceKind : byte
{
    /// <summary>The same bytes every time.</summary>
    Literal = 0,

    /// <summary>A value: decimal digits without leading zeros, at most 18.</summary>
    Integer = 1,

    /// <summary>A value: as many decimal digits as <see cref="Piece.Number"/> says, at most 18.</summary>
    Digits = 2,

    /// <summary>A value: as many lower-case hexadecimal digits as <see cref="Piece.Number"/> says, at most 16.</summary>
    Hex = 3,

    /// <summary>A value: one of the model's words.</summary>
    Word = 4,

    /// <summary>Any bytes, kept as they are.</summary>
    Raw = 5,

    /// <summary>The event's timestamp in UTC with as many digits of a second as <see cref="Piece.Number"/> says.</summary>
    Time = 6,

    /// <summary>What the text column of field <see cref="Piece.Number"/> has for the event.</summary>
    Text = 7,

    /// <summary>What the column of longs of the field has, in decimal.</summary>
    Long = 8,

    /// <summary>What the column of doubles of the field has, in the shortest form that reads back as the same.</summary>
    Double = 9,

    /// <summary>The next text of stream <see cref="Piece.Number"/>: a template and its values.</summary>
    Stream = 10,

    /// <summary>Here the source ends and the derived fields begin.</summary>
    Split = 11,
}

/// <summary>One piece of a layout or template.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Number">Length, field or stream, by kind.</param>
/// <param name="Bytes">Of a literal.</param>
internal readonly record struct Piece(PieceKind Kind, int Number, byte[] Bytes)
{
    /// <summary>Its bits are in the event's record.</summary>
    public bool IsPacked => Kind is PieceKind.Integer or PieceKind.Digits or PieceKind.Hex or PieceKind.Word;

    /// <summary>Reads pieces until the bytes end. Throws <see cref="DamagedFileException"/>.</summary>
    public static Piece[] ReadAll(ReadOnlySpan<byte> bytes)
    {
        var pieces = new List<Piece>();
        var cursor = new ByteCursor(bytes);
        while (!cursor.AtEnd)
        {
            var kind = (PieceKind)cursor.Byte();
            pieces.Add(kind switch
            {
                PieceKind.Literal => new Piece(kind, 0, cursor.Text().ToArray()),
                PieceKind.Digits or PieceKind.Hex or PieceKind.Time or PieceKind.Text or PieceKind.Long or PieceKind.Double or PieceKind.Stream
                    => new Piece(kind, cursor.VarInt32(), []),
                <= PieceKind.Split => new Piece(kind, 0, []),
                _ => throw new DamagedFileException($"unknown piece {kind} of a source"),
            });
        }

        return [.. pieces];
    }
}

/// <summary>Writes pieces one after the other, as <see cref="Piece.ReadAll"/> reads them: equal bytes mean equal layouts.</summary>
internal sealed class PieceWriter
{
    private readonly ByteWriter _bytes = new(1024);

    public ReadOnlySpan<byte> Written => _bytes.Written;

    public void Clear() => _bytes.Clear();

    public void Literal(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.IsEmpty)
        {
            _bytes.Byte((byte)PieceKind.Literal);
            _bytes.Text(bytes);
        }
    }

    public void Add(PieceKind kind) => _bytes.Byte((byte)kind);

    public void Add(PieceKind kind, int number)
    {
        _bytes.Byte((byte)kind);
        _bytes.VarUInt(number);
    }
}
