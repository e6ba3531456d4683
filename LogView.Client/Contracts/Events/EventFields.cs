using System.Collections;

namespace LogView.Client.Contracts.Events;

/// <summary>One field of an event with all its values, in the order they stand in the source. Nulls are not values.</summary>
public readonly record struct EventField(string Name, IReadOnlyList<FieldValue> Values);

/// <summary>The flattened fields of one event: each dotted name once. Immutable and safe to read from any thread.</summary>
public sealed class EventFields : IReadOnlyList<EventField>
{
    /// <summary>Above this many fields a dictionary beats walking the list.</summary>
    private const int LinearSearchFields = 16;

    public static readonly EventFields Empty = new([]);

    private readonly EventField[] _fields;
    private Dictionary<string, int>? _index;

    /// <param name="fields">Owned by the new instance from here on; names must be distinct.</param>
    public EventFields(EventField[] fields) => _fields = fields;

    public int Count => _fields.Length;

    public EventField this[int index] => _fields[index];

    /// <summary>The values of a field, or an empty list.</summary>
    public IReadOnlyList<FieldValue> Values(string name)
    {
        if (_fields.Length > LinearSearchFields)
        {
            return Index().TryGetValue(name, out int at) ? _fields[at].Values : [];
        }

        foreach (EventField field in _fields)
        {
            if (string.Equals(field.Name, name, StringComparison.Ordinal))
            {
                return field.Values;
            }
        }

        return [];
    }

    /// <summary>The first value of a field, or <see cref="FieldValue.Null"/>.</summary>
    public FieldValue First(string name) => Values(name) is { Count: > 0 } values ? values[0] : FieldValue.Null;

    /// <summary>Made when it is first asked for: many events are only walked through.</summary>
    private Dictionary<string, int> Index()
    {
        if (_index is { } made)
        {
            return made;
        }

        Dictionary<string, int> index = new(_fields.Length, StringComparer.Ordinal);
        for (int i = 0; i < _fields.Length; i++)
        {
            index[_fields[i].Name] = i;
        }

        return _index = index;
    }

    public IEnumerator<EventField> GetEnumerator() => ((IEnumerable<EventField>)_fields).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _fields.GetEnumerator();
}
