using System.Text.Json;
using LogView.Server.Ingest.Parsing;
using LogView.Tests.Testing;
using static LogView.Tests.Ingest.Parsing.ParsingContext;

namespace LogView.Tests.Ingest.Parsing;

public sealed class SyslogParserTests
{
    private const string Data = "log.syslog.structured_data.";

    public static TheoryData<string> GivenIds => Ids("syslog_given.json");

    public static TheoryData<string> LenientIds => Ids("syslog_lenient_given.json");

    [Theory]
    [InlineData("<13>Nov 22 14:02:11 web-03 sshd[4242]: Accepted", "2026-11-22T14:02:11.000000000Z info | 13 1/5 host.name=web-03 process.name=sshd process.pid=4242 | Accepted")]
    [InlineData("<12>2026-11-22T20:39:18.097946+00:00 web-03 app text", "2026-11-22T20:39:18.097946000Z warn | 12 1/4 host.name=web-03 | app text")]
    [InlineData("2026-11-22T20:39:18.097946+00:00 web-03 systemd[1]: Started.", "2026-11-22T20:39:18.097946000Z - | host.name=web-03 process.name=systemd process.pid=1 | Started.")]
    [InlineData("<189>123: *Nov 22 14:02:11.482: %SYS-5-CONFIG_I: Configured", "2026-11-22T14:02:11.482000000Z info | 189 23/5 event.code=%SYS-5-CONFIG_I | Configured")]
    [InlineData("<134>Nov 22 2026 14:02:11 fw : %ASA-6-302013: Built", "2026-11-22T14:02:11.000000000Z info | 134 16/6 host.name=fw event.code=%ASA-6-302013 | Built")]
    [InlineData("<13>Nov 22 14:02:11 su: root", "2026-11-22T14:02:11.000000000Z info | 13 1/5 process.name=su | root")]
    [InlineData("<11>just text", "- error | 11 1/3 | just text")]
    [InlineData("Nov 22 14:02:11 web-03 last message repeated 3 times", "2026-11-22T14:02:11.000000000Z - | host.name=web-03 | last message repeated 3 times")]
    [InlineData("<165>1 2026-11-22T14:02:11Z h app p1 ID47 - \uFEFFtext\n", "2026-11-22T14:02:11.000000000Z info | 165 20/5 log.syslog.version=1 host.name=h process.name=app log.syslog.procid=p1 log.syslog.msgid=ID47 | text")]
    [InlineData("<1>1 - - - - - [broken", "- fatal | 1 0/1 log.syslog.version=1 | [broken")]
    [InlineData("<192>x", "nothing")]
    [InlineData("<>x", "nothing")]
    [InlineData("no header", "nothing")]
    public void TryParse_WhatIsSent_GivesItsParts(string text, string expected)
    {
        ParsedLine line = new();

        string shown = SyslogParser.TryParse(Bytes(text), Utc, line) ? ShortShow(line) : "nothing";

        Assert.Equal(expected, shown);
    }

    [Theory]
    [MemberData(nameof(GivenIds))]
    public void TryParse_VectorOfGoSyslog_GivesWhatItSays(string id)
    {
        JsonElement vector = Vector("syslog_given.json", id);
        byte[] input = vector.TryGetProperty("inputHex", out JsonElement hex) ? Convert.FromHexString(hex.GetString()!) : Bytes(vector.GetProperty("input").GetString()!);
        ParsedLine line = new();

        bool parsed = SyslogParser.TryParse(input, At("2026-11-22T15:00:00Z"), line);

        if (vector.GetProperty("valid").GetBoolean())
        {
            Assert.True(parsed);
            AssertFields(vector.GetProperty("expect"), line);
        }
        else
        {
            AssertNothingLost(vector, parsed, line);
        }
    }

    [Theory]
    [MemberData(nameof(LenientIds))]
    public void TryParse_VectorOfVictoriaLogs_GivesWhatItSays(string id)
    {
        JsonElement vector = Vector("syslog_lenient_given.json", id);
        ParsedLine line = new();

        bool parsed = SyslogParser.TryParse(Bytes(vector.GetProperty("input").GetString()!), At("2024-12-31T00:00:00Z"), line);

        ParsedLine expected = new();
        bool any = LogfmtParser.TryParse(Bytes("x=y " + vector.GetProperty("expectLogfmt").GetString()!), Utc, expected);
        Assert.Equal(any, parsed);
        foreach ((string name, var value) in expected.Fields.Skip(1))
        {
            Assert.Equal(value.ToString() == "-" ? null : Lenient(name, value.ToString()), Found(name, line));
        }
    }

    private static TheoryData<string> Ids(string file)
    {
        string path = ProjectFolder.PathOf("..", "shared", "testdata", "syslog", file);
        return File.Exists(path) ? [.. Cases(path).Select(c => c.GetProperty("id").GetString()!)] : ["not there"];
    }

    private static JsonElement.ArrayEnumerator Cases(string path) => JsonDocument.Parse(File.ReadAllBytes(path)).RootElement.GetProperty("cases").EnumerateArray();

    private static JsonElement Vector(string file, string id) =>
        Cases(ProjectFolder.TestData("syslog", file)).First(c => c.GetProperty("id").GetString() == id);

    private static string ShortShow(ParsedLine line)
    {
        string syslog = line.Find("log.syslog.priority") is { } p
            ? $"{p} {line.Find("log.syslog.facility.code")}/{line.Find("log.syslog.severity.code")} " : "";
        string rest = string.Join(' ', line.Fields.Where(f => f.Name is not ("log.syslog.priority" or "log.syslog.facility.code" or "log.syslog.severity.code"
            or "log.syslog.facility.name" or "log.syslog.severity.name")).Select(f => $"{f.Name}={f.Value}"));
        string level = LogView.Client.Contracts.Events.Severities.ToLevel(line.Severity) ?? "-";
        return $"{line.Timestamp?.ToString() ?? "-"} {level} | {(syslog + rest).Trim()} | {line.Message}";
    }

    private static void AssertFields(JsonElement expect, ParsedLine line)
    {
        foreach (JsonProperty part in expect.EnumerateObject())
        {
            if (part.Name == "StructuredData")
            {
                AssertStructuredData(part.Value, line);
                continue;
            }

            string expected = part.Value.ValueKind == JsonValueKind.Object ? part.Value.GetProperty("$time").GetString()! : part.Value.ToString();
            string? found = part.Name switch
            {
                "Version" => line.Find("log.syslog.version")?.ToString(),
                "Priority" => line.Find("log.syslog.priority")?.ToString(),
                "Facility" => line.Find("log.syslog.facility.code")?.ToString(),
                "Severity" => line.Find("log.syslog.severity.code")?.ToString(),
                "Hostname" => line.Find("host.name")?.ToString(),
                "Appname" => line.Find("process.name")?.ToString(),
                "ProcID" => (line.Find("process.pid") ?? line.Find("log.syslog.procid"))?.ToString(),
                "MsgID" => line.Find("log.syslog.msgid")?.ToString(),
                "Message" => line.Message ?? "",
                "Timestamp" => line.Timestamp?.ToString(),
                _ => throw new InvalidOperationException(part.Name),
            };

            Assert.Equal(part.Name switch { "Timestamp" => Instant(expected), "Message" => expected.TrimStart('\uFEFF'), _ => expected }, found);
        }
    }

    private static void AssertStructuredData(JsonElement data, ParsedLine line)
    {
        foreach (JsonProperty element in data.EnumerateObject())
        {
            foreach (JsonProperty parameter in element.Value.EnumerateObject())
            {
                // go-syslog keeps the escapes of RFC 5424 section 6.3.3 as they are.
                string expected = parameter.Value.GetString()!.Replace("\\\\", "\u0001", StringComparison.Ordinal)
                    .Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\]", "]", StringComparison.Ordinal).Replace('\u0001', '\\');
                Assert.Equal(expected, line.Find($"{Data}{element.Name}.{parameter.Name}")?.ToString());
            }
        }
    }

    private static void AssertNothingLost(JsonElement vector, bool parsed, ParsedLine line)
    {
        bool hasPartial = vector.GetProperty("partial").ValueKind == JsonValueKind.Object;
        Assert.True(parsed || !hasPartial, "what a strict parser reads in part is read here too");
        if (hasPartial && vector.GetProperty("partial").TryGetProperty("Priority", out JsonElement priority))
        {
            Assert.Equal(priority.ToString(), line.Find("log.syslog.priority")?.ToString());
        }

        // Every word of the input is in a field or in the message.
        string all = string.Join(' ', line.Fields.Select(f => f.Value.ToString())) + " " + line.Message;
        foreach (string word in vector.GetProperty("input").GetString()!.Split([' ', '\n', '<', '>', '[', ']', '=', '"', '\\'], StringSplitOptions.RemoveEmptyEntries))
        {
            bool known = word is "-" || all.Contains(word, StringComparison.Ordinal) || word.Contains(':')
                || line.Fields.Any(f => f.Name.Contains(word, StringComparison.Ordinal));
            Assert.True(known || !parsed, $"'{word}' is lost");
        }
    }

    private static string Instant(string time)
    {
        Assert.True(LogView.Server.Ingest.Parsing.Times.TextTime.TryRead(Bytes(time), At("2026-11-22T15:00:00Z"), out var timestamp, out _));
        return timestamp.ToString();
    }

    private static string? Lenient(string name, string value) => name switch
    {
        "format" => null,
        "level" => LevelWords.TryRead(Bytes(value), out var severity) ? LogView.Client.Contracts.Events.Severities.ToLevel(severity) : null,
        "timestamp" => Instant(value),
        _ => value,
    };

    private static string? Found(string name, ParsedLine line) => name switch
    {
        "format" => null,
        "level" => LogView.Client.Contracts.Events.Severities.ToLevel(line.Severity),
        "timestamp" => line.Timestamp?.ToString(),
        "priority" => line.Find("log.syslog.priority")?.ToString(),
        "facility_keyword" => line.Find("log.syslog.facility.name")?.ToString(),
        "facility" => line.Find("log.syslog.facility.code")?.ToString(),
        "severity" => line.Find("log.syslog.severity.code")?.ToString(),
        "hostname" => line.Find("host.name")?.ToString(),
        "app_name" => line.Find("process.name")?.ToString(),
        "proc_id" => (line.Find("process.pid") ?? line.Find("log.syslog.procid"))?.ToString(),
        "msg_id" => line.Find("log.syslog.msgid")?.ToString(),
        "message" => line.Message,
        _ => line.Find(Data + name)?.ToString(),
    };
}
