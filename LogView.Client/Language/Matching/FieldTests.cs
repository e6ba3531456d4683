using System.Collections.Frozen;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Query;

namespace LogView.Client.Language.Matching;

/// <summary>Brings a <see cref="ValueTest"/> to the fields a clause looks at.</summary>
internal static class FieldTests
{
    private static readonly FrozenSet<string> DefaultFields = TextFields.Defaults.ToFrozenSet(StringComparer.Ordinal);

    public static EventTest Of(FieldTarget field, ValueTest test) =>
        field.IsDefault ? new Defaults(test) : field.IsPattern ? new Named(field.Name!, test) : new One(field.Name!, test);

    private static bool Any(IReadOnlyList<FieldValue> values, ValueTest test, bool isText)
    {
        if (values is FieldValue[] array)
        {
            foreach (ref readonly FieldValue value in array.AsSpan())
            {
                if (test.Matches(in value, isText))
                {
                    return true;
                }
            }

            return false;
        }

        for (int i = 0; i < values.Count; i++)
        {
            FieldValue value = values[i];
            if (test.Matches(in value, isText))
            {
                return true;
            }
        }

        return false;
    }

    private sealed class One(string name, ValueTest test) : EventTest
    {
        private readonly bool _isText = TextFields.IsText(name);

        public override int Cost => test.Cost * (_isText ? 5 : 1);

        public override bool Matches(LogEvent logEvent) => Any(logEvent.Fields.Values(name), test, _isText);
    }

    private sealed class Named(string pattern, ValueTest test) : EventTest
    {
        public override int Cost => test.Cost * 20;

        public override bool Matches(LogEvent logEvent)
        {
            EventFields fields = logEvent.Fields;
            for (int i = 0; i < fields.Count; i++)
            {
                EventField field = fields[i];
                if (WildcardPattern.Matches(pattern, field.Name) && Any(field.Values, test, TextFields.IsText(field.Name)))
                {
                    return true;
                }
            }

            return false;
        }
    }

    private sealed class Defaults(ValueTest test) : EventTest
    {
        public override int Cost => test.Cost * 10;

        public override bool Matches(LogEvent logEvent)
        {
            EventFields fields = logEvent.Fields;
            for (int i = 0; i < fields.Count; i++)
            {
                EventField field = fields[i];
                if (DefaultFields.Contains(field.Name) && Any(field.Values, test, isText: true))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
