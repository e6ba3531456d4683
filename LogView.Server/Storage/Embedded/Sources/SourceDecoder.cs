using System.Globalization;
using LogView.Server.Storage.Embedded.Format;

namespace LogView.Server.Storage.Embedded.Sources;

/// <summary>Puts the source and the derived fields of an event together again, byte for byte.</summary>
internal ref struct SourceDecoder(SourceModel model, ReadOnlySpan<byte> bits, ReadOnlySpan<byte> raws)
{
    private readonly ReadOnlySpan<byte> _bits = bits;
    private readonly ReadOnlySpan<byte> _raws = raws;
    private BitReader _reader = new(bits, 0);
    private ByteCursor _cursor = new(raws);

    /// <summary>Where the next event starts: in bits, and in the raw texts.</summary>
    public readonly (int Bit, int Raw) Position => (_reader.Position, _cursor.Position);

    public void Seek((int Bit, int Raw) position)
    {
        _reader = new BitReader(_bits, position.Bit);
        _cursor = new ByteCursor(_raws, position.Raw);
    }

    /// <summary>Steps over one event.</summary>
    public void Skip()
    {
        foreach (Piece piece in ReadLayout())
        {
            if (piece.Kind == PieceKind.Raw)
            {
                _cursor.Text();
            }
            else if (piece.Kind == PieceKind.Stream)
            {
                SourceTemplate template = ReadTemplate(piece.Number);
                _reader.Skip(template.Width);
                for (int left = template.Raws; left > 0; left--)
                {
                    _cursor.Text();
                }
            }
        }
    }

    /// <summary>Appends one event. Returns the length of its source.</summary>
    public int Read(int doc, ColumnTexts columns, ByteWriter into)
    {
        int start = into.Length, source = 0;
        foreach (Piece piece in ReadLayout())
        {
            switch (piece.Kind)
            {
                case PieceKind.Split:
                    source = into.Length - start;
                    break;
                case PieceKind.Stream:
                    Append(ReadTemplate(piece.Number), doc, columns, into);
                    break;
                default:
                    Append(piece, doc, columns, into);
                    break;
            }
        }

        return source;
    }

    private Piece[] ReadLayout()
    {
        ulong layout = _reader.Read(model.LayoutWidth);
        return layout < (ulong)model.Layouts.Length ? model.Layouts[layout] : throw new DamagedFileException("a source has an unknown layout");
    }

    private SourceTemplate ReadTemplate(int stream)
    {
        if (stream >= model.Streams.Length)
        {
            throw new DamagedFileException("a source has an unknown stream");
        }

        SourceStream own = model.Streams[stream];
        ulong number = _reader.Read(own.Width);
        return number < (ulong)own.Templates.Length && own.Templates[number] < model.Templates.Length
            ? model.Templates[own.Templates[number]]
            : throw new DamagedFileException("a source has an unknown template");
    }

    private void Append(SourceTemplate template, int doc, ColumnTexts columns, ByteWriter into)
    {
        int slot = 0;
        foreach (Piece piece in template.Pieces)
        {
            if (piece.IsPacked)
            {
                AppendValue(piece, template.Codes[slot++].Read(ref _reader), into);
            }
            else
            {
                Append(piece, doc, columns, into);
            }
        }
    }

    private void Append(Piece piece, int doc, ColumnTexts columns, ByteWriter into)
    {
        switch (piece.Kind)
        {
            case PieceKind.Literal:
                into.Bytes(piece.Bytes);
                break;
            case PieceKind.Raw:
                into.Bytes(_cursor.Text());
                break;
            case PieceKind.Time when piece.Number <= TimeText.MaxDigits:
                columns.AppendTime(doc, piece.Number, into);
                break;
            case PieceKind.Text or PieceKind.Long or PieceKind.Double when piece.Number < model.Fields.Length:
                if (!columns.TryAppend(piece.Kind, piece.Number, doc, into))
                {
                    throw new DamagedFileException($"the source of event {doc} needs a value that its columns do not have");
                }

                break;
            default:
                throw new DamagedFileException($"a source has a {piece.Kind} where none can be");
        }
    }

    private readonly void AppendValue(Piece piece, long value, ByteWriter into)
    {
        switch (piece.Kind)
        {
            case PieceKind.Integer:
                value.TryFormat(into.Reserve(20), out int length, provider: CultureInfo.InvariantCulture);
                into.Trim(20 - length);
                break;
            case PieceKind.Digits when piece.Number <= 18:
                Span<byte> digits = into.Reserve(piece.Number);
                for (int i = digits.Length - 1; i >= 0; i--, value /= 10)
                {
                    digits[i] = (byte)('0' + value % 10);
                }

                break;
            case PieceKind.Hex when piece.Number <= 16:
                Span<byte> hex = into.Reserve(piece.Number);
                for (int i = hex.Length - 1; i >= 0; i--, value = (long)((ulong)value >> 4))
                {
                    hex[i] = "0123456789abcdef"u8[(int)value & 15];
                }

                break;
            case PieceKind.Word when (ulong)value < (ulong)model.Words.Length:
                into.Bytes(model.Words[value]);
                break;
            default:
                throw new DamagedFileException("a value of a source is out of range");
        }
    }
}
