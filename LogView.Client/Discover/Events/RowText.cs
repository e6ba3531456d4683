using System.Text;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;

namespace LogView.Client.Discover.Events;

/// <summary>What one line of the event table says about an event.</summary>
/// <param name="Text">One line, cut.</param>
/// <param name="MoreLines">Lines of the message and the stack trace that are not shown.</param>
/// <param name="IsSummary">The event has no message; the text sums its fields up.</param>
public readonly record struct RowText(string Text, int MoreLines, bool IsSummary)
{
    /// <summary>Characters of a message in a row: more than the widest screen shows in one line.</summary>
    public const int MaxMessage = 600;

    /// <summary>Characters of any other value in a row.</summary>
    public const int MaxValue = 200;

    /// <summary>Fields of a summary; the detail has them all.</summary>
    private const int MaxSummaryFields = 24;

    private static readonly HashSet<string> Shown = new(StringComparer.Ordinal) { "@timestamp", "log.level" };

    /// <summary>The message's first lines, or a summary of the fields that are not columns already.</summary>
    public static RowText Message(Hit hit, IReadOnlyList<string> columns, int lines = 1)
    {
        string message = hit.Fields.First("message").ToString();
        if (message.Length == 0)
        {
            return Summary(hit, columns);
        }

        string first = lines == 1 ? FirstLine(message, MaxMessage) : FirstLines(message, lines);
        string stack = hit.Fields.First("error.stack_trace").ToString();
        int more = LineBreaks(message) + (stack.Length == 0 || message.Contains(stack, StringComparison.Ordinal) ? 0 : LineBreaks(stack) + 1);
        return new RowText(first, more - first.AsSpan().Count('\n'), IsSummary: false);
    }

    /// <summary><c>field: value</c> pairs in the order of the event.</summary>
    public static RowText Summary(Hit hit, IReadOnlyList<string> columns)
    {
        var text = new StringBuilder();
        foreach (EventField field in hit.Fields.Where(f => !Shown.Contains(f.Name) && !columns.Contains(f.Name, StringComparer.Ordinal)).Take(MaxSummaryFields))
        {
            text.Append(text.Length == 0 ? "" : "  ").Append(field.Name).Append(": ").Append(Join(field.Values));
            if (text.Length > MaxMessage)
            {
                break;
            }
        }

        return new RowText(FirstLine(text.ToString(), MaxMessage), 0, IsSummary: true);
    }

    /// <summary>All values of a field in one line; empty when the event has none.</summary>
    public static string Value(Hit hit, string field) => Join(hit.Fields.Values(field));

    private static string Join(IReadOnlyList<FieldValue> values) => values.Count switch
    {
        0 => "",
        1 => FirstLine(values[0].ToString(), MaxValue),
        _ => FirstLine(string.Join(", ", values.Take(20).Select(v => v.ToString())), MaxValue),
    };

    private static string FirstLine(string text, int most)
    {
        int start = text.AsSpan().IndexOfAnyExcept("\r\n \t") is var s and > 0 ? s : 0;
        int end = text.AsSpan(start).IndexOfAny('\r', '\n') is var e and >= 0 ? start + e : text.Length;
        if (end - start <= most)
        {
            return text[start..end];
        }

        int cut = start + most;
        return string.Concat(text.AsSpan(start, char.IsHighSurrogate(text[cut - 1]) ? most - 1 : most), "…");
    }

    private static string FirstLines(string text, int lines)
    {
        int end = 0;
        for (int line = 0; line < lines && end < text.Length && end <= MaxMessage * lines; line++)
        {
            int next = text.IndexOf('\n', end);
            end = next < 0 ? text.Length : next + 1;
        }

        int most = Math.Min(end, MaxMessage * lines);
        string cut = text[..(most < text.Length && most > 0 && char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)].TrimEnd('\r', '\n');
        return most < end ? cut + "…" : cut;
    }

    private static int LineBreaks(string text) => text.AsSpan().TrimEnd("\r\n").Count('\n');
}
