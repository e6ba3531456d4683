using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using LogView.Client.Contracts.Events;
using LogView.Server.Storage.Embedded.Terms;

namespace LogView.Server.Storage.Embedded.Heads;

/// <summary>
/// Reads the JSON of one event straight into the columns of a head, with the same outcome as <see cref="EventFlattener"/> but without its
/// strings. One writer.
/// </summary>
internal sealed class EventIndexer(FieldTree tree)
{
    private readonly WordSplitter _splitter = new();
    private readonly FieldTree.Node[] _path = new FieldTree.Node[EventLimits.MaxJsonDepth + 1];
    private byte[] _unescaped = new byte[4096];
    private int _fields;

    /// <summary>Begins an event.</summary>
    public void Begin() => _fields = 0;

    /// <summary>Throws <see cref="JsonException"/> when the bytes are not one JSON object; part of its values may be added by then.</summary>
    public void Add(int doc, ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = EventLimits.MaxJsonDepth });
        FieldTree.Node node = tree.Root, previous = tree.Root;
        int depth = 0;
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    node = tree.Child(_path[depth - 1], previous, ref reader);
                    previous = node;
                    break;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    _path[depth++] = node;
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    node = _path[--depth];
                    break;
                case JsonTokenType.Null:
                    break;
                default:
                    AddValue(doc, node, ref reader);
                    break;
            }
        }
    }

    private void AddValue(int doc, FieldTree.Node node, ref Utf8JsonReader reader)
    {
        if (node.IsTimestamp)
        {
            return;
        }

        HeadField field = tree.FieldOf(node);
        if (field.LastDoc != doc)
        {
            if (_fields >= EventLimits.MaxFields)
            {
                return;
            }

            field.LastDoc = doc;
            _fields++;
        }

        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                field.AddText(doc, Text(ref reader), _splitter);
                break;
            case JsonTokenType.True or JsonTokenType.False:
                field.AddBoolean(doc, reader.TokenType == JsonTokenType.True);
                break;
            case JsonTokenType.Number when reader.TryGetInt64(out long whole):
                field.AddLong(doc, whole);
                break;
            default:
                field.AddDouble(doc, reader.GetDouble());
                break;
        }
    }

    /// <summary>The string's characters as valid UTF-8.</summary>
    private ReadOnlySpan<byte> Text(ref Utf8JsonReader reader)
    {
        ReadOnlySpan<byte> raw = reader.ValueSpan;
        if (!reader.ValueIsEscaped)
        {
            return Utf8.IsValid(raw) ? raw : Encoding.UTF8.GetBytes(JsonText.Read(ref reader));
        }

        if (_unescaped.Length < raw.Length)
        {
            _unescaped = new byte[raw.Length * 2];
        }

        try
        {
            return _unescaped.AsSpan(0, reader.CopyString(_unescaped));
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate or bytes that are not UTF-8: rare enough for the slow way.
            return Encoding.UTF8.GetBytes(JsonText.Read(ref reader));
        }
    }
}
