using System.Text.Json;
using LogView.Client.Contracts.Events;
using LogView.Server.Storage.Embedded.Heads;

namespace LogView.Server.Storage.Embedded.Sources;

/// <summary>A text of a source that is kept as a template and values.</summary>
/// <param name="Stream">The field it belongs to.</param>
/// <param name="Start">In the source, or behind it in the derived fields.</param>
/// <param name="Length">In bytes.</param>
internal readonly record struct KeptText(int Stream, int Start, int Length);

/// <summary>
/// Splits the JSON of one event into a layout (all that programs write again and again: keys, white space, punctuation), values that columns
/// have too, and texts that have to be kept. Not safe for concurrent use.
/// </summary>
internal sealed class ShapeSplitter(Head head, HeadColumnTexts columns)
{
    private readonly FieldTree.Node[] _path = new FieldTree.Node[EventLimits.MaxJsonDepth + 1];
    private readonly Dictionary<FieldTree.Node, int> _streams = [];
    private readonly byte[] _time = new byte[TimeText.MaxLength + 8];
    private int _literalFrom;

    public PieceWriter Layout { get; } = new();

    public List<KeptText> Kept { get; } = [];

    public NumberReferences References { get; } = new();

    public int Streams => _streams.Count;

    /// <summary>False when the source or the derived fields are not JSON.</summary>
    public bool TrySplit(int doc)
    {
        Layout.Clear();
        Kept.Clear();
        References.Clear();
        ReadOnlySpan<byte> source = head.Sources[doc], derived = head.Derived[doc];
        try
        {
            Split(doc, source, 0);
            Layout.Add(PieceKind.Split);
            if (!derived.IsEmpty)
            {
                Split(doc, derived, source.Length);
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private void Split(int doc, ReadOnlySpan<byte> json, int origin)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = EventLimits.MaxJsonDepth });
        FieldTree.Node node = head.Tree.Root, previous = head.Tree.Root;
        int depth = 0;
        _literalFrom = 0;
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    node = head.Tree.Child(_path[depth - 1], previous, ref reader);
                    previous = node;
                    break;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    _path[depth++] = node;
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    node = _path[--depth];
                    break;
                case JsonTokenType.String:
                    AddText(doc, node, json, (int)reader.TokenStartIndex + 1, reader.ValueSpan.Length, reader.ValueIsEscaped, origin);
                    break;
                case JsonTokenType.Number:
                    AddNumber(doc, node, json, (int)reader.TokenStartIndex, reader.ValueSpan.Length, origin);
                    break;
                case JsonTokenType.True or JsonTokenType.False:
                    Keep(node, json, (int)reader.TokenStartIndex, reader.ValueSpan.Length, origin);
                    break;
            }
        }

        Layout.Literal(json[_literalFrom..]);
    }

    private void AddText(int doc, FieldTree.Node node, ReadOnlySpan<byte> json, int start, int length, bool isEscaped, int origin)
    {
        ReadOnlySpan<byte> text = json.Slice(start, length);
        if (TimeText.DigitsOf(text) is >= 0 and var digits && _time.AsSpan(0, TimeText.Write(head.Times[doc], digits, _time)).SequenceEqual(text))
        {
            Close(json, start, length);
            Layout.Add(PieceKind.Time, digits);
        }
        else if (!isEscaped && node.Field is { } field && columns.HasText(field, doc, text))
        {
            Close(json, start, length);
            Layout.Add(PieceKind.Text, columns.NumberOf(field));
        }
        else
        {
            Keep(node, json, start, length, origin);
        }
    }

    private void AddNumber(int doc, FieldTree.Node node, ReadOnlySpan<byte> json, int start, int length, int origin)
    {
        ReadOnlySpan<byte> text = json.Slice(start, length);
        if (node.Field is { } field && columns.HasNumber(field, doc, text, out PieceKind kind))
        {
            Close(json, start, length);
            Layout.Add(kind, columns.NumberOf(field));
            References.Add(kind, columns.NumberOf(field), text);
        }
        else
        {
            Keep(node, json, start, length, origin);
        }
    }

    private void Keep(FieldTree.Node node, ReadOnlySpan<byte> json, int start, int length, int origin)
    {
        if (!_streams.TryGetValue(node, out int stream))
        {
            _streams[node] = stream = _streams.Count;
        }

        Close(json, start, length);
        Layout.Add(PieceKind.Stream, stream);
        Kept.Add(new KeptText(stream, origin + start, length));
    }

    /// <summary>Ends the literal before a value.</summary>
    private void Close(ReadOnlySpan<byte> json, int start, int length)
    {
        Layout.Literal(json[_literalFrom..start]);
        _literalFrom = start + length;
    }
}
