using System.Globalization;
using System.Text;
using LogView.Client.Contracts.Events;
using LogView.Server.Ingest.Parsing;
using LogView.Tests.Testing;

namespace LogView.Tests.Ingest.Parsing;

/// <summary>2,000 lines each of eight real systems, with the columns that people have taken them apart into.</summary>
public sealed class RealLogsTests
{
    private static readonly Dictionary<string, string> Levels = new(StringComparer.OrdinalIgnoreCase)
    {
        ["V"] = "trace", ["D"] = "debug", ["I"] = "info", ["W"] = "warn", ["E"] = "error", ["INFO"] = "info", ["WARN"] = "warn", ["WARNING"] = "warn",
        ["ERROR"] = "error", ["SEVERE"] = "error", ["FATAL"] = "fatal", ["notice"] = "info", ["Info"] = "info",
    };

    [Theory]
    [InlineData("Android", LineFormat.Auto)]
    [InlineData("Apache", LineFormat.Auto)]
    [InlineData("BGL", LineFormat.Auto)]
    [InlineData("HDFS", LineFormat.Auto)]
    [InlineData("HPC", LineFormat.Auto)]
    [InlineData("OpenSSH", LineFormat.Syslog)]
    [InlineData("Spark", LineFormat.Auto)]
    [InlineData("Windows", LineFormat.Auto)]
    public void Parse_EveryLineOfARealLog_GivesTimeAndLevel(string name, LineFormat format)
    {
        string[] lines = File.ReadAllLines(ProjectFolder.TestData("loghub", $"{name}_2k.log")).Where(l => l.Length > 0).ToArray();
        List<Dictionary<string, string>> rows = ReadCsv(ProjectFolder.TestData("loghub", $"{name}_2k.log_structured.csv"));
        var context = ParsingContext.At("2026-11-22T15:00:00Z");
        LineLayout layout = LayoutDetector.Detect([.. lines.Take(100).Select(l => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(l))], context);
        ParsedLine line = new();

        Assert.Equal(format, layout.Format);
        Assert.Equal(2000, rows.Count);
        Assert.Equal(rows.Count, lines.Length);
        for (int i = 0; i < lines.Length; i++)
        {
            LineParser.Parse(Encoding.UTF8.GetBytes(lines[i]), layout, context, line);
            Assert.Equal($"{i}: {Expected(name, rows[i])}", $"{i}: {line.Timestamp} {line.Severity.ToLevel() ?? "-"}");
        }
    }

    private static string Expected(string name, Dictionary<string, string> row)
    {
        string level = row.TryGetValue("Level", out string? word) ? Levels[word] : "-";
        string written = name switch
        {
            "Android" => Exact($"2026-{row["Date"]} {row["Time"]}", "yyyy-MM-dd HH:mm:ss.fff"),
            "Apache" => Exact(row["Time"], "ddd MMM dd HH:mm:ss yyyy"),
            "BGL" => Epoch(row["Timestamp"]),
            "HDFS" => Exact($"{row["Date"].PadLeft(6, '0')} {row["Time"].PadLeft(6, '0')}", "yyMMdd HHmmss"),
            "HPC" => Epoch(row["Time"]),
            "OpenSSH" => Exact($"2025 {row["Date"]} {row["Day"]} {row["Time"]}", "yyyy MMM d HH:mm:ss"),
            "Spark" => Exact($"{row["Date"]} {row["Time"]}", "yy/MM/dd HH:mm:ss"),
            _ => Exact($"{row["Date"]} {row["Time"]}", "yyyy-MM-dd HH:mm:ss"),
        };
        return $"{written} {level}";
    }

    private static string Exact(string text, string format) =>
        Timestamp.From(DateTimeOffset.ParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)).ToString();

    private static string Epoch(string seconds) => Timestamp.FromUnixMilliseconds(long.Parse(seconds, CultureInfo.InvariantCulture) * 1000).ToString();

    private static List<Dictionary<string, string>> ReadCsv(string path)
    {
        string[] lines = File.ReadAllLines(path);
        List<string> names = Split(lines[0]);
        return [.. lines.Skip(1).Where(l => l.Length > 0).Select(l => Split(l).Take(names.Count).Select((v, i) => (names[i], v)).ToDictionary(p => p.Item1, p => p.v, StringComparer.Ordinal))];
    }

    private static List<string> Split(string line)
    {
        List<string> values = [];
        StringBuilder value = new();
        bool quoted = false;
        foreach (char c in line)
        {
            if (c == '"')
            {
                quoted = !quoted;
            }
            else if (c == ',' && !quoted)
            {
                values.Add(value.ToString());
                value.Clear();
            }
            else
            {
                value.Append(c);
            }
        }

        values.Add(value.ToString());
        return values;
    }
}
