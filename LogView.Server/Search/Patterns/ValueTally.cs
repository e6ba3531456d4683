using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;

namespace LogView.Server.Search.Patterns;

/// <summary>Counts the values of fields in two windows, to tell which are new, gone, grown or shrunk. Memory is bounded: fields with many values are left out.</summary>
internal sealed class ValueTally
{
    /// <summary>Changes listed, the surest first.</summary>
    public const int MaxChanges = 200;

    /// <summary>Fields looked at: the first met. Nobody compares more.</summary>
    private const int MaxFields = 500;

    /// <summary>Values of one field; a field with more is an id or a number.</summary>
    private const int MaxValues = 300;

    /// <summary>Characters of a value; longer ones are texts.</summary>
    private const int MaxLength = 200;

    /// <summary>Events of each value on average, below which a field names single events.</summary>
    private const int MinEventsPerValue = 3;

    /// <summary>Null for a field that is left out.</summary>
    private readonly Dictionary<string, Dictionary<FieldValue, Counts>?> _fields = new(StringComparer.Ordinal);

    public void Add(EventFields fields, bool isBefore)
    {
        foreach (EventField field in fields)
        {
            if (!_fields.TryGetValue(field.Name, out Dictionary<FieldValue, Counts>? values))
            {
                if (_fields.Count >= MaxFields)
                {
                    continue;
                }

                bool isLeftOut = FieldName.Timestamp.Value.Equals(field.Name, StringComparison.Ordinal) || TextFields.IsText(field.Name);
                _fields[field.Name] = values = isLeftOut ? null : [];
            }

            if (values is not null && !TryAdd(values, field.Values, isBefore))
            {
                _fields[field.Name] = null;
            }
        }
    }

    public IReadOnlyList<ValueChange> Changes() =>
    [
        .. _fields.Where(f => f.Value is { } values && values.Values.Sum(c => c.Now + c.Before) >= (long)values.Count * MinEventsPerValue)
            .SelectMany(f => f.Value!.Select(v => new ValueChange(f.Key, v.Key, v.Value.Now, v.Value.Before)))
            .Where(c => Client.Contracts.Search.Changes.Of(c.Count, c.Before) != ChangeKind.Same)
            .OrderByDescending(c => Client.Contracts.Search.Changes.Weight(c.Count, c.Before)).ThenBy(c => c.Field, StringComparer.Ordinal).ThenBy(c => c.Value.ToString(), StringComparer.Ordinal)
            .Take(MaxChanges),
    ];

    /// <summary>False when the field has turned out to have too many or too long values.</summary>
    private static bool TryAdd(Dictionary<FieldValue, Counts> values, IReadOnlyList<FieldValue> found, bool isBefore)
    {
        for (int i = 0; i < found.Count; i++)
        {
            FieldValue value = found[i];
            bool isAgain = i > 0 && found.Take(i).Contains(value);
            if (isAgain)
            {
                continue;
            }

            if (!values.TryGetValue(value, out Counts? counts))
            {
                if (values.Count >= MaxValues || (value.Kind == FieldValueKind.String && value.AsString().Length > MaxLength))
                {
                    return false;
                }

                values[value] = counts = new Counts();
            }

            counts.Now += isBefore ? 0 : 1;
            counts.Before += isBefore ? 1 : 0;
        }

        return true;
    }

    private sealed class Counts
    {
        public long Now { get; set; }

        public long Before { get; set; }
    }
}
