using System.Globalization;
using System.Text;
using LogView.Client.Contracts.Events;
using LogView.Server.Ingest.Parsing;
using LogView.Server.Ingest.Parsing.Times;

namespace LogView.Tests.Ingest.Parsing;

/// <summary>A fixed now and short ways to parse one line.</summary>
internal static class ParsingContext
{
    public static readonly TextTimeContext Utc = At("2026-11-22T15:00:00Z");

    public static TextTimeContext At(string newest, string zone = "UTC") =>
        new(TimeZoneInfo.FindSystemTimeZoneById(zone), Timestamp.From(DateTimeOffset.Parse(newest, CultureInfo.InvariantCulture)));

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static ParsedLine Plain(string text)
    {
        ParsedLine line = new();
        LineParser.Parse(Bytes(text), new LineLayout(LineFormat.Auto), Utc, line);
        return line;
    }

    /// <summary>All a line gave, for one assertion: <c>time level | name=value … | message</c>.</summary>
    public static string Show(ParsedLine line)
    {
        string fields = string.Join(' ', line.Fields.Select(f => $"{f.Name}={f.Value}"));
        return $"{line.Timestamp?.ToString() ?? "-"} {line.Severity.ToLevel() ?? "-"} | {fields} | {line.Message ?? "(line)"}";
    }
}
