using System.Text;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Tail;

namespace LogView.Server.Tail;

/// <summary>Events as the compact rows of a list.</summary>
internal static class TailRows
{
    public static TailRow Of(LogEvent logEvent, IReadOnlyList<string> columns)
    {
        string message = Message(logEvent);
        return new TailRow(
            logEvent.Id.Value,
            logEvent.DataStream.Value,
            logEvent.Timestamp.UnixNanoseconds.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Severities.Parse(Text(logEvent, "log.level")).ToLevel(),
            Text(logEvent, "service.name") is { } service ? Cut(service) : null,
            Cut(message),
            message.Length > TailRow.MaxMessageLength,
            message.AsSpan().TrimEnd('\n').Count('\n') + 1,
            logEvent.Sequence,
            columns.Count == 0 ? [] : [.. columns.Select(c => Value(logEvent, c))]);
    }

    private static string Message(LogEvent logEvent)
    {
        foreach (string field in TextFields.Defaults)
        {
            if (Text(logEvent, field) is { } text)
            {
                return text;
            }
        }

        // Long enough to be cut: the rest of a megabyte need not be decoded.
        ReadOnlySpan<byte> source = logEvent.Source.Span;
        return Encoding.UTF8.GetString(source[..Math.Min(source.Length, 4 * (TailRow.MaxMessageLength + 1))]);
    }

    private static string? Value(LogEvent logEvent, string column) => logEvent.Fields.Values(column) switch
    {
        { Count: 0 } => null,
        { Count: 1 } one => Cut(one[0].ToString()),
        var several => Cut(string.Join(", ", several)),
    };

    private static string? Text(LogEvent logEvent, string field) =>
        logEvent.Fields.First(field) is { Kind: not FieldValueKind.Null } value && value.ToString() is { Length: > 0 } text ? text : null;

    private static string Cut(string text)
    {
        if (text.Length <= TailRow.MaxMessageLength)
        {
            return text;
        }

        int end = char.IsHighSurrogate(text[TailRow.MaxMessageLength - 1]) ? TailRow.MaxMessageLength - 1 : TailRow.MaxMessageLength;
        return text[..end];
    }
}
