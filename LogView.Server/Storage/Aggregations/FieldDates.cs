using LogView.Client.Contracts.Events;
using LogView.Client.Language;

namespace LogView.Server.Storage.Aggregations;

/// <summary>Which instants a date field of an event has: <c>@timestamp</c> itself; of other fields the texts that begin as ISO 8601 dates.</summary>
public static class FieldDates
{
    /// <summary>Shortest text taken for a date: <c>2026-11-01</c>.</summary>
    private const int MinLength = 10;

    /// <summary>Longest text taken for a date; anything longer is prose that begins with one.</summary>
    private const int MaxLength = 40;

    public static bool IsTimestamp(string field) => string.Equals(field, FieldName.Timestamp.Value, StringComparison.Ordinal);

    public static IEnumerable<Timestamp> Of(LogEvent logEvent, string field, TimeZoneInfo zone)
    {
        if (FieldDates.IsTimestamp(field))
        {
            yield return logEvent.Timestamp;
            yield break;
        }

        foreach (FieldValue value in logEvent.Fields.Values(field))
        {
            if (TryRead(value, zone, out Timestamp instant))
            {
                yield return instant;
            }
        }
    }

    /// <summary>Zone only counts where the text has no offset.</summary>
    public static bool TryRead(FieldValue value, TimeZoneInfo zone, out Timestamp instant)
    {
        instant = default;
        if (value.Kind != FieldValueKind.String || !LooksLikeDate(value.AsString()))
        {
            return false;
        }

        Timestamp? read = DateMath.Resolve(value.AsString(), default, zone).Value;
        instant = read ?? default;
        return read is not null;
    }

    /// <summary>An instant in LogView's own form. Throws <see cref="FormatException"/> on any other text: the caller resolved it before.</summary>
    public static Timestamp Parse(string text) =>
        DateMath.Resolve(text, default, TimeZoneInfo.Utc).Value ?? throw new FormatException("An instant in RFC 3339 was expected");

    private static bool LooksLikeDate(string text) =>
        text.Length is >= MinLength and <= MaxLength && text[4] == '-' && text[7] == '-' && char.IsAsciiDigit(text[0]) && char.IsAsciiDigit(text[9])
        && !text.Contains("||", StringComparison.Ordinal);
}
