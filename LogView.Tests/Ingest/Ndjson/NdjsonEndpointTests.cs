using System.Net;
using System.Text.Json;

namespace LogView.Tests.Ingest.Ndjson;

public sealed class NdjsonEndpointTests(IngestFixture fixture) : IngestTest(fixture)
{
    [Theory]
    [InlineData("{\"a\":1}\n{\"a\":2}\n", "application/x-ndjson")]
    [InlineData("{\"a\":1}\r\n\r\n{\"a\":2}", "application/x-ndjson; charset=utf-8")]
    [InlineData("[{\"a\":1},{\"a\":2}]", "application/json")]
    [InlineData(" [ {\"a\":1} ,\n {\"a\":2}\n ] ", "application/json")]
    [InlineData("{\"a\":1}{\"a\":2}", "application/json")]
    [InlineData("{\"a\":1}\n{\"a\":2}\n", "application/json")]
    [InlineData("{\"a\":1}\n{\"a\":2}\n", null)]
    [InlineData("{\"a\":1}\n{\"a\":2}\n", "application/x-www-form-urlencoded")]
    [InlineData("[{\"a\":1},{\"a\":2}]", null)]
    public async Task Ingest_InAnyShape_TakesBothEvents(string body, string? contentType)
    {
        (HttpResponseMessage response, JsonElement json) = await Main.SendAsync("POST", Own("/ingest/logs-a"), Body(body, contentType));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("{\"accepted\":2,\"rejected\":0,\"errors\":[]}", json.GetRawText());
        Assert.Equal(["{\"a\":1}", "{\"a\":2}"], await SourcesAsync());
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("zstd")]
    public async Task Ingest_LargeAndCompressed_TakesAllInOrder(string encoding)
    {
        string[] events = [.. Enumerable.Range(0, 30_000).Select(i => $"{{\"n\":{i},\"text\":\"{{ [ \\\" {new string('y', i % 300)}\"}}")];

        (_, JsonElement lines) = await Main.SendAsync("POST", Own("/ingest/logs-a"), Body(string.Join('\n', events), encoding: encoding));
        (_, JsonElement array) = await Main.SendAsync("POST", Own("/ingest/logs-a"), Body($"[{string.Join(",\n", events)}]", "application/json", encoding));

        Assert.Equal((30_000, 30_000), (lines.GetProperty("accepted").GetInt32(), array.GetProperty("accepted").GetInt32()));
        Assert.Equal(events.Concat(events), await SourcesAsync());
    }

    [Fact]
    public async Task Ingest_PlainLines_AreMessages()
    {
        await Main.SendAsync("POST", Own("/ingest/logs-a"), Body("first \"line\"\n\n결제\tfailed\r\n", "text/plain"));

        Assert.Equal(["{\"message\":\"first \\\"line\\\"\"}", "{\"message\":\"결제\\tfailed\"}"], await SourcesAsync());
    }

    [Fact]
    public async Task Ingest_PlainLinesThatAreNoUtf8_AreRepaired()
    {
        await Main.SendAsync("POST", Own("/ingest/logs-a"), HttpText.Body([0x63, 0x61, 0x66, 0xE9, 0x0A], "text/plain"));

        Assert.Equal(["{\"message\":\"caf\uFFFD\"}"], await SourcesAsync());
    }

    [Theory]
    [InlineData("{\"a\":1}\nbroken\n[1]\n{\"a\":2}\n{\"a\":", "application/x-ndjson", 2, "2,3,5")]
    [InlineData("[{\"a\":1},\n 5,\n \"x\",\n null, [7],\n{\"a\":2}]", "application/json", 2, "2,3,4,4")]
    [InlineData("{\"a\":1}\n{\"b\":tru}\n{\"a\":2}", "application/json", 2, "2")]
    [InlineData("[{\"a\":1},{\"a\":2}", "application/json", 2, "1")]
    [InlineData("[{\"a\":1},{\"a\":2},\n{\"a", "application/json", 2, "2,2")]
    public async Task Ingest_BadEvents_FailAloneWithTheirLine(string body, string contentType, int accepted, string lines)
    {
        (HttpResponseMessage response, JsonElement json) = await Main.SendAsync("POST", Own("/ingest/logs-a"), Body(body, contentType));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(accepted, json.GetProperty("accepted").GetInt32());
        Assert.Equal(lines, string.Join(',', json.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("line").GetInt32())));
        Assert.All(json.GetProperty("errors").EnumerateArray(), e => Assert.NotEmpty(e.GetProperty("reason").GetString()!));
        Assert.Equal(json.GetProperty("errors").GetArrayLength(), json.GetProperty("rejected").GetInt32());
        Assert.Equal(["{\"a\":1}", "{\"a\":2}"], await SourcesAsync());
    }

    [Theory]
    [InlineData("", "application/x-ndjson", "expected at least one event, found nothing")]
    [InlineData("[]", "application/json", "expected at least one event, found nothing")]
    [InlineData("nonsense\n", "application/x-ndjson", "not a JSON object")]
    [InlineData("5", "application/json", "expected a JSON object, found a number")]
    [InlineData("\"", "application/json", "not a JSON object")]
    public async Task Ingest_NothingToTake_Is400(string body, string contentType, string reason)
    {
        (HttpResponseMessage response, JsonElement json) = await Main.SendAsync("POST", Own("/ingest/logs-a"), Body(body, contentType));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(0, json.GetProperty("accepted").GetInt32());
        Assert.StartsWith(reason, json.GetProperty("errors")[0].GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Ingest_ManyBadEvents_ListsTheFirst()
    {
        (_, JsonElement json) = await Main.SendAsync("POST", Own("/ingest/logs-a"), Body(string.Concat(Enumerable.Repeat("x\n", 500))));

        Assert.Equal((500, 100), (json.GetProperty("rejected").GetInt32(), json.GetProperty("errors").GetArrayLength()));
    }

    [Theory]
    [InlineData("/ingest/LOGS", "application/json", 400)]
    [InlineData("/ingest/..%2Fetc", "application/json", 400)]
    [InlineData("/ingest/%3Cscript%3E", "application/json", 400)]
    [InlineData("/ingest/logs-a", "application/msgpack", 415)]
    [InlineData("/ingest/logs-a", "image/png", 415)]
    public async Task Ingest_Impossible_IsAProblemDocument(string path, string contentType, int status)
    {
        (HttpResponseMessage response, JsonElement json) = await Main.SendAsync("POST", path, HttpText.Body("{}", contentType));

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.NotEmpty(json.GetProperty("detail").GetString()!);
    }

    [Fact]
    public async Task Ingest_NotGzipWithItsHeader_Is400()
    {
        HttpContent body = Body("{\"a\":1}\n");
        body.Headers.ContentEncoding.Add("gzip");

        (HttpResponseMessage response, JsonElement json) = await Main.SendAsync("POST", Own("/ingest/logs-a"), body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("not gzip", json.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Ingest_TooLong_Is413()
    {
        string body = string.Concat(Enumerable.Repeat($"{{\"a\":\"{new string('x', 1_000)}\"}}\n", 40_000));

        (HttpResponseMessage response, _) = await Main.SendAsync("POST", Own("/ingest/logs-a"), Body(body, encoding: "gzip"));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task Ingest_AnEventTooLong_FailsAlone()
    {
        string body = $"{{\"a\":\"{new string('x', 9 * 1024 * 1024)}\"}}";

        (_, JsonElement lines) = await Main.SendAsync("POST", Own("/ingest/logs-a"), Body($"{body}\n{{\"a\":1}}"));
        (_, JsonElement array) = await Main.SendAsync("POST", Own("/ingest/logs-a"), Body($"[{body},{{\"a\":2}}]", "application/json"));

        Assert.Equal((1, 1), (lines.GetProperty("accepted").GetInt32(), array.GetProperty("accepted").GetInt32()));
        Assert.Equal((1, 1), (lines.GetProperty("rejected").GetInt32(), array.GetProperty("rejected").GetInt32()));
        Assert.Equal(["{\"a\":1}", "{\"a\":2}"], await SourcesAsync());
    }

    [Fact]
    public async Task Clef_AsSerilogSendsIt_IsStored()
    {
        const string Event = """{"@t":"2026-11-22T05:02:11.4820000Z","@mt":"Hello {Name}","@l":"Warning","@x":"System.Exception: x","Name":"test"}""";

        (HttpResponseMessage response, JsonElement json) = await Main.SendAsync("POST", "/api/events/raw?clef", HttpText.Body($"{Event}\r\n", "application/vnd.serilog.clef; charset=utf-8"));

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal(JsonValueKind.Null, json.GetProperty("MinimumLevelAccepted").ValueKind);
        Assert.Contains(Event, await Server.SourcesAsync("logs-clef-default"));
    }

    [Fact]
    public async Task Clef_Broken_SaysWhere()
    {
        (HttpResponseMessage response, JsonElement json) = await Main.SendAsync("POST", "/api/events/raw", HttpText.Body("\nbroken", "application/vnd.serilog.clef"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.StartsWith("line 2: not a JSON object", json.GetProperty("Error").GetString());
    }
}
