using System.Text;
using System.Text.Json;

namespace LogView.Client.Contracts.Events;

/// <summary>
/// Reads one field of an event without the others: the same values as <see cref="LogEvent.Fields"/> has under the name, at a part of the work and memory. Safe for concurrent use.
/// </summary>
/// <param name="name">Dotted name.</param>
public sealed class FieldReader(string name)
{
    /// <summary>No field with a name of its own takes fewer bytes of JSON.</summary>
    private const int LeastBytesOfField = 5;

    private const int NoMatch = -1;

    private readonly byte[] _name = Encoding.UTF8.GetBytes(name);

    /// <summary>All values in the order of <see cref="EventFlattener"/>; none when the event has not the field.</summary>
    public IReadOnlyList<FieldValue> Values(LogEvent logEvent)
    {
        // The first so many fields of an event count: to know which they are takes all of them.
        bool mayHaveTooMany = (logEvent.Source.Length + logEvent.Derived.Length) / LeastBytesOfField > EventLimits.MaxFields;
        if (logEvent.IsFlattened || mayHaveTooMany)
        {
            return mayHaveTooMany && !logEvent.IsFlattened ? EventFlattener.Flatten(logEvent).Values(name) : logEvent.Fields.Values(name);
        }

        if (FieldName.Timestamp.Value.Equals(name, StringComparison.Ordinal))
        {
            return [FieldValue.Of(logEvent.Timestamp.ToString())];
        }

        try
        {
            var found = new Found();
            if (!logEvent.Derived.IsEmpty)
            {
                Read(logEvent.Derived.Span, ref found);
            }

            Read(logEvent.Source.Span, ref found);
            return found.Values;
        }
        catch (JsonException)
        {
            return EventFlattener.Flatten(logEvent).Values(name);
        }
    }

    private void Read(ReadOnlySpan<byte> json, ref Found found)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = EventLimits.MaxJsonDepth });

        // How many bytes of the name the paths of the open objects and arrays have; others are not opened.
        Span<int> open = stackalloc int[EventLimits.MaxJsonDepth + 1];
        int depth = 0, matched = 0;
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    matched = Match(open[depth - 1], ref reader);
                    if (matched == NoMatch)
                    {
                        reader.Skip();
                    }

                    break;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    open[depth++] = matched;
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    matched = open[--depth];
                    break;
                case JsonTokenType.Null:
                    break;
                default:
                    if (matched == _name.Length)
                    {
                        found.Add(EventFlattener.Value(ref reader));
                    }

                    break;
            }
        }
    }

    /// <summary>How many bytes of the name a key below a path that has <paramref name="parent"/> of them comes to.</summary>
    private int Match(int parent, ref Utf8JsonReader reader)
    {
        ReadOnlySpan<byte> key = reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(JsonText.Read(ref reader)) : reader.ValueSpan;
        if (parent == 0 && key.IsEmpty)
        {
            return 0;
        }

        int start = parent == 0 ? 0 : parent + 1;
        if (start > _name.Length || !_name.AsSpan(start).StartsWith(key))
        {
            return NoMatch;
        }

        int end = start + key.Length;
        return end == _name.Length || _name[end] == (byte)'.' ? end : NoMatch;
    }

    private struct Found
    {
        private FieldValue[]? _first;
        private List<FieldValue>? _all;

        public readonly IReadOnlyList<FieldValue> Values => _all ?? (IReadOnlyList<FieldValue>?)_first ?? [];

        public void Add(FieldValue value)
        {
            if (_first is null)
            {
                _first = [value];
                return;
            }

            _all ??= [_first[0]];
            _all.Add(value);
        }
    }
}
