using System.Net;
using System.Text;
using System.Text.Json;
using LogView.Client.Contracts.Events;

namespace LogView.Tests.Ingest.Ndjson;

/// <summary>Lines of text over HTTP are read as lines of a file are.</summary>
public sealed class TextIngestTests(IngestFixture fixture) : IngestTest(fixture)
{
    [Theory]
    [InlineData("{\"level\":\"warn\",\"time\":\"2026-11-22T05:02:11Z\",\"msg\":\"hot\"}", "warn", "hot", "level=warn")]
    [InlineData("time=2026-11-22T05:02:11Z level=error msg=\"it failed\" order=42", "error", "it failed", "order=42")]
    [InlineData("<11>1 2026-11-22T05:02:11Z web-03 checkout 417 - - it failed", "error", "it failed", "host.name=web-03")]
    [InlineData("<11>Nov 22 05:02:11 web-03 checkout[417]: it failed", "error", "it failed", "process.pid=417")]
    [InlineData("192.0.2.1 - - [22/Nov/2026:05:02:11 +0000] \"GET /cart HTTP/1.1\" 500 145", null, null, "http.response.status_code=500")]
    [InlineData("2026-11-22 05:02:11,482 ERROR [main] c.s.Checkout - it failed", "error", "it failed", "log.logger=c.s.Checkout")]
    [InlineData("only words", null, "only words", "message=only words")]
    public async Task Ingest_ALine_IsFoundOut(string line, string? level, string? message, string field)
    {
        await Main.SendAsync("POST", Own("/ingest/logs-a"), Body(line + "\n", "text/plain"));

        LogEvent stored = Assert.Single(await EventsAsync());
        string[] parts = field.Split('=', 2);
        Assert.Equal(parts[1], stored.Fields.First(parts[0]).ToString());
        Assert.Equal(level, stored.Fields.Values("log.level") is [var found, ..] ? found.AsString() : null);
        Assert.Equal(message ?? line, stored.Fields.First("message").AsString());
    }

    [Fact]
    public async Task Ingest_MoreLinesThanTheSample_KeepsAllInOrder()
    {
        string[] lines = [.. Enumerable.Range(0, 20_000).Select(i => $"192.0.2.{i % 250} - - [22/Nov/2026:05:02:11 +0000] \"GET /{i} HTTP/1.1\" 200 145")];

        (_, JsonElement json) = await Main.SendAsync("POST", Own("/ingest/logs-a"), Body(string.Join('\n', lines), "text/plain", "gzip"));

        Assert.Equal(lines.Length, json.GetProperty("accepted").GetInt32());
        Assert.Equal(lines.Select((_, i) => $"/{i}"), (await EventsAsync()).Select(e => e.Fields.First("url.path").AsString()));
    }

    [Fact]
    public async Task Ingest_AFormatThatIsSaid_IsUsed()
    {
        const string Line = "level=error msg=failed";
        await Main.SendAsync("POST", Own("/ingest/logs-a?format=plain"), Body(Line, "text/plain"));
        await Main.SendAsync("POST", Own("/ingest/logs-a?format=logfmt"), Body(Line, contentType: null));

        Assert.Equal([Line, "failed"], (await EventsAsync()).Select(e => e.Fields.First("message").AsString()));
    }

    [Fact]
    public async Task Ingest_ALineThatIsNoUtf8_SaysSo()
    {
        await Main.SendAsync("POST", Own("/ingest/logs-a"), HttpText.Body([.. Encoding.UTF8.GetBytes("caf"), 0xE9], "text/plain"));

        Assert.True(Assert.Single(await EventsAsync()).Fields.First("logview.invalid_utf8").AsBoolean());
    }

    [Theory]
    [InlineData("?format=nginx", "text/plain", "format: expected auto, json, logfmt, syslog, access, plain")]
    [InlineData("?format=", "text/plain", "found ''")]
    [InlineData("?format=syslog", "application/json", "format: only lines of text")]
    public async Task Ingest_AFormatThatIsNone_IsRefused(string query, string contentType, string detail)
    {
        (HttpResponseMessage response, JsonElement json) = await Main.SendAsync("POST", Own("/ingest/logs-a") + query, Body("{}", contentType));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(detail, json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Empty(await SourcesAsync());
    }
}
