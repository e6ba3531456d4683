using System.Text.Json;

namespace LogView.Client.Contracts.Events;

/// <summary>
/// JSON → dotted fields. Objects open into paths, arrays give several values of one field (objects inside arrays too, as
/// Elasticsearch does), nulls give nothing, an empty object or array gives nothing. A number that fits 64 bits and is written
/// without fraction or exponent is a long, any other a double. Keys with dots are paths as they are.
/// </summary>
public static class EventFlattener
{
    /// <remarks>What is not JSON gives no fields.</remarks>
    public static EventFields Flatten(LogEvent logEvent)
    {
        var fields = new FieldCollector();
        fields.Add("@timestamp", FieldValue.Of(logEvent.Timestamp.ToString()));
        fields.CloseFirst();
        try
        {
            if (!logEvent.Derived.IsEmpty)
            {
                Read(logEvent.Derived.Span, fields);
            }

            Read(logEvent.Source.Span, fields);
            return fields.ToFields();
        }
        catch (JsonException) when (!IsJson(logEvent.Derived.Span) || !IsJson(logEvent.Source.Span))
        {
            return Flatten(new LogEvent
            {
                Id = logEvent.Id, DataStream = logEvent.DataStream, Timestamp = logEvent.Timestamp,
                Source = IsJson(logEvent.Source.Span) ? logEvent.Source : "{}"u8.ToArray(),
                Derived = IsJson(logEvent.Derived.Span) ? logEvent.Derived : default,
            });
        }
    }

    /// <summary>Flattens one JSON object. Throws <see cref="JsonException"/> when the bytes are not one.</summary>
    public static EventFields Flatten(ReadOnlySpan<byte> json)
    {
        var fields = new FieldCollector();
        Read(json, fields);
        return fields.ToFields();
    }

    private static bool IsJson(ReadOnlySpan<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = EventLimits.MaxJsonDepth });
        try
        {
            while (reader.Read())
            {
                reader.Skip();
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static void Read(ReadOnlySpan<byte> json, FieldCollector fields)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = EventLimits.MaxJsonDepth });
        var path = new Stack<string>();
        string name = "";
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    name = Join(path, FieldNameCache.Get(ref reader));
                    break;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    path.Push(name);
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    name = path.Pop();
                    break;
                case JsonTokenType.Null:
                    break;
                default:
                    fields.Add(name, Value(ref reader));
                    break;
            }
        }
    }

    private static string Join(Stack<string> path, string key) =>
        path.TryPeek(out string? parent) && parent.Length > 0 ? FieldNameCache.Join(parent, key) : key;

    internal static FieldValue Value(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => FieldValue.Of(JsonText.Read(ref reader)),
        JsonTokenType.True => FieldValue.Of(true),
        JsonTokenType.False => FieldValue.Of(false),
        _ when reader.TryGetInt64(out long whole) => FieldValue.Of(whole),
        _ => FieldValue.Of(reader.GetDouble()),
    };

    private sealed class FieldCollector
    {
        /// <summary>Up to so many fields walking the names beats a dictionary, which takes longer to fill than most events have questions.</summary>
        private const int LinearSearchFields = 16;

        private readonly List<(string Name, FieldValue First, List<FieldValue>? All)> _fields = new(LinearSearchFields);
        private Dictionary<string, int>? _index;
        private int _closed = -1;

        public void Add(string name, FieldValue value)
        {
            int at = Find(name);
            if (at >= 0)
            {
                AddMore(at, value);
                return;
            }

            // The timestamp is not one of them.
            if (_fields.Count - (_closed + 1) >= EventLimits.MaxFields)
            {
                return;
            }

            _index?.Add(name, _fields.Count);
            _fields.Add((name, value, null));
            if (_index is null && _fields.Count > LinearSearchFields)
            {
                _index = Enumerable.Range(0, _fields.Count).ToDictionary(i => _fields[i].Name, StringComparer.Ordinal);
            }
        }

        /// <summary>Takes no further value for the first field: the event's own timestamp wins over the texts it came from.</summary>
        public void CloseFirst() => _closed = 0;

        public EventFields ToFields()
        {
            var fields = new EventField[_fields.Count];
            for (int i = 0; i < fields.Length; i++)
            {
                (string name, FieldValue first, List<FieldValue>? all) = _fields[i];
                fields[i] = new EventField(name, all?.ToArray() ?? [first]);
            }

            return new EventFields(fields);
        }

        private int Find(string name)
        {
            if (_index is not null)
            {
                return _index.GetValueOrDefault(name, -1);
            }

            for (int i = 0; i < _fields.Count; i++)
            {
                if (string.Equals(_fields[i].Name, name, StringComparison.Ordinal))
                {
                    return i;
                }
            }

            return -1;
        }

        private void AddMore(int at, FieldValue value)
        {
            if (at == _closed)
            {
                return;
            }

            (string name, FieldValue first, List<FieldValue>? all) = _fields[at];
            if (all is null)
            {
                _fields[at] = (name, first, [first, value]);
            }
            else
            {
                all.Add(value);
            }
        }
    }
}
