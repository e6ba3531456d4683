using System.Text;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;

namespace LogView.Server.Api.Search;

/// <summary>
/// Events as comma-separated values (RFC 4180): CRLF, quotes around what needs them. Texts that a spreadsheet would run as a formula get a leading
/// apostrophe (OWASP, "CSV Injection"); numbers never do. Several values of a field are joined by line feeds.
/// </summary>
internal sealed class Csv(IReadOnlyList<string> columns, bool keepFormulas)
{
    /// <summary>What an export has when nobody says otherwise.</summary>
    public static readonly IReadOnlyList<string> DefaultColumns = ["@timestamp", "log.level", "service.name", "host.name", "message"];

    private const string FormulaStarts = "=+-@\t\r";
    private const string NeedsQuotes = "\",\r\n";

    public string Header()
    {
        var line = new StringBuilder();
        AppendLine(line, columns);
        return line.ToString();
    }

    public void AppendLine(StringBuilder text, Hit hit) => AppendLine(text, columns.Select(c => Cell(hit.Event, c)));

    /// <summary>A record behind the hits that says what the reader should know.</summary>
    public static string NoteLine(SearchNote note)
    {
        var line = new StringBuilder();
        AppendLine(line, [$"# {note.Code}: {note.Message}"]);
        return line.ToString();
    }

    private static void AppendLine(StringBuilder text, IEnumerable<string> cells)
    {
        bool isFirst = true;
        foreach (string cell in cells)
        {
            text.Append(isFirst ? "" : ",");
            isFirst = false;
            bool quoted = cell.AsSpan().IndexOfAny(NeedsQuotes) >= 0;
            text.Append(quoted ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell);
        }

        text.Append("\r\n");
    }

    private string Cell(LogEvent logEvent, string column) => column switch
    {
        "@timestamp" => logEvent.Timestamp.ToString(),
        "@id" => Safe(logEvent.Id.Value),
        "@dataStream" => Safe(logEvent.DataStream.Value),
        "@source" => Encoding.UTF8.GetString(logEvent.Source.Span),
        _ => Values(logEvent.Fields.Values(column)),
    };

    private string Values(IReadOnlyList<FieldValue> values) => values.Count switch
    {
        0 => "",
        1 when values[0].Kind != FieldValueKind.String => values[0].ToString(),
        1 => Safe(values[0].AsString()),
        _ => Safe(string.Join('\n', values)),
    };

    private string Safe(string text) =>
        !keepFormulas && text.Length > 0 && FormulaStarts.Contains(text[0], StringComparison.Ordinal) ? $"'{text}" : text;
}
