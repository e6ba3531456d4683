using System.Net;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Server.Storage.Aggregations;

namespace LogView.Server.Storage;

/// <summary>Field names, types and coverage of the events shown to it.</summary>
public sealed class FieldListBuilder
{
    /// <summary>Distinct names kept: twice the 50,000 fields the field list has to cope with. Later names are left out.</summary>
    public const int MaxFields = 100_000;

    private readonly Dictionary<string, Tally> _fields = new(StringComparer.Ordinal);
    private long _events;

    public void Add(LogEvent logEvent)
    {
        _events++;
        foreach (EventField field in logEvent.Fields)
        {
            if (!_fields.TryGetValue(field.Name, out Tally? tally))
            {
                if (_fields.Count >= MaxFields)
                {
                    continue;
                }

                _fields[field.Name] = tally = new Tally();
            }

            tally.Events++;
            foreach (FieldValue value in field.Values)
            {
                tally.Add(value);
            }
        }
    }

    /// <param name="isSample">There are more events than were shown.</param>
    public FieldList Build(bool isSample) => new(
        [.. _fields.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => f.Value.ToInfo(f.Key))], _events, isSample);

    private sealed class Tally
    {
        private readonly long[] _byType = new long[Enum.GetValues<FieldType>().Length];

        public long Events { get; set; }

        public void Add(FieldValue value) => _byType[(int)TypeOf(value)]++;

        /// <summary>The type of most values, the more general of equals. Longs fit doubles, dates and addresses fit keywords.</summary>
        public FieldInfo ToInfo(string name)
        {
            long numbers = Of(FieldType.Long) + Of(FieldType.Double);
            long texts = Of(FieldType.Keyword) + Of(FieldType.Date) + Of(FieldType.Ip);
            long most = Math.Max(texts, Math.Max(numbers, Of(FieldType.Boolean)));
            FieldType type = most == texts ? TextType(name, texts)
                : most == numbers ? (Of(FieldType.Double) > 0 ? FieldType.Double : FieldType.Long)
                : FieldType.Boolean;
            return new FieldInfo(name, type, Events, _byType.Sum() - most);
        }

        private FieldType TextType(string name, long texts) =>
            TextFields.IsText(name) ? FieldType.Text
            : Of(FieldType.Date) == texts ? FieldType.Date
            : Of(FieldType.Ip) == texts ? FieldType.Ip
            : FieldType.Keyword;

        private long Of(FieldType type) => _byType[(int)type];

        private static FieldType TypeOf(FieldValue value) => value.Kind switch
        {
            FieldValueKind.Long => FieldType.Long,
            FieldValueKind.Double => FieldType.Double,
            FieldValueKind.Boolean => FieldType.Boolean,
            _ when FieldDates.TryRead(value, TimeZoneInfo.Utc, out _) => FieldType.Date,
            _ when IsAddress(value.AsString()) => FieldType.Ip,
            _ => FieldType.Keyword,
        };

        /// <summary>Whole IPv4 and IPv6 addresses; <see cref="IPAddress"/> alone would also take <c>1</c> and <c>1.2</c>.</summary>
        private static bool IsAddress(string text) =>
            text.Length is >= 2 and <= 45
            && (text.Contains(':', StringComparison.Ordinal) || text.Count(c => c == '.') == 3)
            && IPAddress.TryParse(text, out _);
    }
}
