using LogView.Server.Storage.Embedded.Format;

namespace LogView.Server.Storage.Embedded.Sources;

/// <summary>A template with the codes of its values.</summary>
internal sealed record SourceTemplate(Piece[] Pieces, SlotCode[] Codes)
{
    /// <summary>Bits of all values.</summary>
    public int Width { get; } = Codes.Sum(c => c.Width);

    /// <summary>Texts kept as they are.</summary>
    public int Raws { get; } = Pieces.Count(p => p.Kind == PieceKind.Raw);
}

/// <summary>The templates of one field's texts.</summary>
/// <param name="Width">Bits of a number of a template.</param>
/// <param name="Templates">Their numbers.</param>
internal sealed record SourceStream(int Width, int[] Templates);

/// <summary>All that the sources of a segment have in common: layouts, templates, words, names of fields. Immutable.</summary>
internal sealed class SourceModel
{
    private SourceModel(string[] fields, byte[][] words, SourceTemplate[] templates, SourceStream[] streams, Piece[][] layouts)
    {
        (Fields, Words, Templates, Streams, Layouts) = (fields, words, templates, streams, layouts);
        LayoutWidth = WidthFor(layouts.Length);
    }

    public string[] Fields { get; }

    public byte[][] Words { get; }

    public SourceTemplate[] Templates { get; }

    public SourceStream[] Streams { get; }

    public Piece[][] Layouts { get; }

    /// <summary>Bits of a number of a layout.</summary>
    public int LayoutWidth { get; }

    /// <summary>Bits that numbers below <paramref name="count"/> need.</summary>
    public static int WidthFor(int count) => count <= 1 ? 0 : 32 - System.Numerics.BitOperations.LeadingZeroCount((uint)count - 1);

    /// <summary>Throws <see cref="DamagedFileException"/>.</summary>
    public static SourceModel Read(ReadOnlySpan<byte> bytes)
    {
        var cursor = new ByteCursor(bytes);
        var fields = new string[cursor.VarInt32()];
        for (int i = 0; i < fields.Length; i++)
        {
            fields[i] = System.Text.Encoding.UTF8.GetString(cursor.Text());
        }

        var words = new byte[cursor.VarInt32()][];
        for (int i = 0; i < words.Length; i++)
        {
            words[i] = cursor.Text().ToArray();
        }

        var templates = new SourceTemplate[cursor.VarInt32()];
        for (int i = 0; i < templates.Length; i++)
        {
            templates[i] = ReadTemplate(ref cursor);
        }

        var streams = new SourceStream[cursor.VarInt32()];
        for (int i = 0; i < streams.Length; i++)
        {
            streams[i] = ReadStream(ref cursor);
        }

        var layouts = new Piece[cursor.VarInt32()][];
        for (int i = 0; i < layouts.Length; i++)
        {
            layouts[i] = Piece.ReadAll(cursor.Text());
        }

        return new SourceModel(fields, words, templates, streams, layouts);
    }

    private static SourceTemplate ReadTemplate(ref ByteCursor cursor)
    {
        Piece[] pieces = Piece.ReadAll(cursor.Text());
        var codes = new SlotCode[pieces.Count(p => p.IsPacked)];
        for (int i = 0; i < codes.Length; i++)
        {
            codes[i] = SlotCode.ReadFrom(ref cursor);
        }

        return new SourceTemplate(pieces, codes);
    }

    private static SourceStream ReadStream(ref ByteCursor cursor)
    {
        var templates = new int[cursor.VarInt32()];
        for (int i = 0; i < templates.Length; i++)
        {
            templates[i] = cursor.VarInt32();
        }

        return new SourceStream(WidthFor(templates.Length), templates);
    }
}
