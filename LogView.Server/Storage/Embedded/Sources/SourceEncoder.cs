using LogView.Server.Storage.Embedded.Format;
using LogView.Server.Storage.Embedded.Heads;
using LogView.Server.Storage.Embedded.Sealing;

namespace LogView.Server.Storage.Embedded.Sources;

/// <summary>
/// Turns the events of one block into bits and raw texts, and reads them back at once: an event that does not come back byte for byte is
/// kept as it is.
/// </summary>
internal sealed class SourceEncoder
{
    private readonly Head _head;
    private readonly EventOrderMap _order;
    private readonly HeadColumnTexts _columns;
    private readonly SourceAnalysis _analysis;
    private readonly SourceModelWriter _numbers;
    private readonly SourceModel _model;
    private readonly BitWriter _bits = new();
    private readonly ByteWriter _padded = new(4096);
    private readonly ByteWriter _decoded = new(4096);

    public SourceEncoder(Head head, EventOrderMap order, SourceModelWriter numbers, SourceAnalysis analysis, HeadColumnTexts columns, SourceModel model)
    {
        (_head, _order, _columns, _analysis, _numbers, _model) = (head, order, columns, analysis, numbers, model);
    }

    /// <summary>Texts that are kept as they are, each with its length, of the last block.</summary>
    public ByteWriter Raws { get; } = new(64 * 1024);

    /// <summary>Bits of the last block.</summary>
    public ReadOnlySpan<byte> Bits => _padded.Written[..^BitReader.Padding];

    /// <summary>Encodes events from <paramref name="from"/> on. Returns where the next block starts.</summary>
    /// <param name="from">In sorted order.</param>
    /// <param name="mostEvents">Of one block.</param>
    /// <param name="mostRawBytes">A block ends with the event that reaches them.</param>
    public int EncodeBlock(int from, int mostEvents, int mostRawBytes)
    {
        int to = Encode(from, Math.Min(_order.Count, from + mostEvents), mostRawBytes);
        bool repaired = false;
        var decoder = new SourceDecoder(_model, _padded.Written, Raws.Written);
        for (int i = from; i < to && !repaired; i++)
        {
            if (!ComesBack(ref decoder, i))
            {
                _analysis.GiveUp(i);
                repaired = true;
            }
        }

        return repaired ? EncodeBlock(from, mostEvents, mostRawBytes) : to;
    }

    private int Encode(int from, int to, int mostRawBytes)
    {
        _bits.Clear();
        Raws.Clear();
        int next = from;
        while (next < to && Raws.Length < mostRawBytes)
        {
            Encode(next++);
        }

        _padded.Clear();
        _padded.Bytes(_bits.Finish());
        _padded.Reserve(BitReader.Padding).Clear();
        return next;
    }

    private bool ComesBack(ref SourceDecoder decoder, int index)
    {
        int doc = _order.FromSorted[index];
        _decoded.Clear();
        try
        {
            int source = decoder.Read(doc, _columns, _decoded);
            return _decoded.Written[..source].SequenceEqual(_head.Sources[doc]) && _decoded.Written[source..].SequenceEqual(_head.Derived[doc]);
        }
        catch (DamagedFileException)
        {
            return false;
        }
    }

    private void Encode(int index)
    {
        int layout = _analysis.LayoutOf[index], doc = _order.FromSorted[index];
        _bits.Write((ulong)_numbers.LayoutOf(layout), _model.LayoutWidth);
        if (layout == SourceAnalysis.Raw)
        {
            Raws.Text(_head.Sources[doc]);
            Raws.Text(_head.Derived[doc]);
            return;
        }

        foreach (TemplatedText text in _analysis.TextsOf(index))
        {
            Encode(text);
        }
    }

    private void Encode(TemplatedText text)
    {
        SourceStream stream = _model.Streams[text.Place.Stream];
        int number = _numbers.TemplateOf(text.Place.Stream, text.Template);
        _bits.Write((ulong)number, stream.Width);
        ReadOnlySpan<byte> bytes = _analysis.BytesOf(text);
        if (text.Template == SourceAnalysis.Raw)
        {
            Raws.Text(bytes);
            return;
        }

        SourceTemplate template = _model.Templates[stream.Templates[number]];
        int value = text.FirstValue, slot = 0;
        foreach (Piece piece in template.Pieces)
        {
            if (piece.IsPacked)
            {
                template.Codes[slot++].Write(_bits, _analysis.Values[value++]);
            }
            else if (piece.Kind == PieceKind.Raw)
            {
                long place = _analysis.Values[value++];
                Raws.Text(bytes.Slice((int)(place >> 32), (int)place));
            }
        }
    }
}
