using System.Net;
using System.Text;
using System.Text.Json;
using LogView.Server.Indexing;
using LogView.Server.Wal;
using Microsoft.Extensions.DependencyInjection;

namespace LogView.Tests.Ingest.ElasticBulk;

public sealed class BulkEndpointTests(IngestFixture fixture) : IngestTest(fixture)
{
    [Theory]
    [InlineData("POST", "/_bulk")]
    [InlineData("PUT", "/_bulk")]
    public async Task Bulk_SeveralActions_AnswersEachItemInElasticsearchsShape(string method, string path)
    {
        const string Lines = """
            {"index":{"_index":"logs-a","_id":"1"}}
            {"message":"first"}
            {"create":{"_index":"logs-a","_id":"2"}}
            {"message":"second"}
            {"create":{"_index":"logs-a"}}
            {"message":"third"}
            """;

        (HttpResponseMessage response, JsonElement json) = await Elastic.SendAsync(method, Own(path), Body(Lines));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("Elasticsearch", response.Headers.GetValues("X-Elastic-Product").Single());
        Assert.False(json.GetProperty("errors").GetBoolean());
        Assert.True(json.GetProperty("took").GetInt64() >= 0);
        JsonElement first = json.GetProperty("items")[0].GetProperty("index");
        Assert.Equal(
            (Own("logs-a"), "1", 1, "created", 201),
            (first.GetProperty("_index").GetString(), first.GetProperty("_id").GetString(), first.GetProperty("_version").GetInt32(), first.GetProperty("result").GetString(), first.GetProperty("status").GetInt32()));
        Assert.Equal(1, first.GetProperty("_shards").GetProperty("successful").GetInt32());
        Assert.Equal("2", json.GetProperty("items")[1].GetProperty("create").GetProperty("_id").GetString());
        Assert.Equal(26, json.GetProperty("items")[2].GetProperty("create").GetProperty("_id").GetString()!.Length);
        Assert.Equal(["""{"message":"first"}""", """{"message":"second"}""", """{"message":"third"}"""], await SourcesAsync());
    }

    [Fact]
    public async Task Bulk_UnderThePathOfTheMainPort_IsTheSame()
    {
        (HttpResponseMessage response, _) = await Main.SendAsync("POST", Own("/elastic/logs-a/_bulk"), Body("{\"index\":{}}\n{\"a\":1}\n"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Single(await SourcesAsync());
    }

    [Theory]
    [InlineData("{\"index\":{\"_index\":\"logs-a\",\"_type\":\"_doc\"}}\n{\"a\":1}\n\n{\"index\":{\"_index\":\"logs-a\",\"_type\":\"_doc\"}}\n{\"a\":2}\n\n", "rsyslog: an extra blank line after each source")]
    [InlineData("{\"create\":{\"_index\":\"logs-a\",\"_id\":\"\"}}\n{\"a\":1}\n{\"create\":{\"_index\":\"logs-a\",\"_id\":\"\"}}\n{\"a\":2}\n", "rsyslog: writeoperation=create")]
    [InlineData("{\"index\":{\"_index\":\"logs-a\",\"pipeline\":null},\"attempts\":0}\n{\"a\":1}\n{\"index\":{\"_index\":\"logs-a\",\"pipeline\":null},\"attempts\":0}\n{\"a\":2}\n", "winston-elasticsearch")]
    [InlineData("{\"index\":{\"_index\":\"logs-a\",\"_type\":\"logs\"}}\r\n{\"a\":1}\r\n{\"index\":{\"_index\":\"logs-a\"}}\r\n{\"a\":2}\r\n", "bunyan-elasticsearch-bulk, with CR LF")]
    [InlineData("{\"create\":{\"_index\":\"logs-a\"}}\n{\"a\":1}\n{ \"create\" : { \"_index\" : \"logs-a\", \"routing\" : [ 1, { } ] } }\n{\"a\":2}", "no newline at the end")]
    [InlineData("\n\n{\"index\":{\"_index\":\"logs-a\",\"_id\":1}}\n{\"a\":1}\n{\"index\":{\"_index\":\"logs-a\",\"_id\":2,\"version\":3,\"version_type\":\"external\"}}\n{\"a\":2}\n", "numbers as ids")]
    public async Task Bulk_AsRealShippersWriteIt_TakesBothEvents(string body, string shipper)
    {
        (_, JsonElement json) = await Elastic.SendAsync("POST", Own("/_bulk"), Body(body, "application/json; charset=utf-8"));

        Assert.False(json.GetProperty("errors").GetBoolean(), shipper);
        Assert.Equal(["{\"a\":1}", "{\"a\":2}"], await SourcesAsync());
    }

    [Fact]
    public async Task Bulk_BadItems_FailAloneWithTheirReason()
    {
        const string Lines = """
            {"index":{"_index":"logs-a"}}
            {"good":1}
            {"index":{"_index":"logs-a","_id":"broken"}}
            {"bad":
            {"index":{"_index":"logs-a"}}
            [1,2]
            {"index":{"_index":"Logs/../A"}}
            {"name":1}
            {"update":{"_index":"logs-a","_id":"1"}}
            {"doc":{}}
            {"delete":{"_index":"logs-a","_id":"1"}}
            {"index":{"_index":"logs-a"}}

            {"index":{"_index":"logs-a"}}
            {"good":2}
            """;

        (HttpResponseMessage response, JsonElement json) = await Elastic.SendAsync("POST", Own("/_bulk"), Body(Lines));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(json.GetProperty("errors").GetBoolean());
        (int, string?)[] items = [.. json.GetProperty("items").EnumerateArray().Select(i => i.EnumerateObject().Single().Value).Select(i => (
            i.GetProperty("status").GetInt32(), i.TryGetProperty("error", out JsonElement e) ? e.GetProperty("type").GetString() : null))];
        Assert.Equal(
            [
                (201, null), (400, "document_parsing_exception"), (400, "document_parsing_exception"), (400, "invalid_index_name_exception"),
                (400, "illegal_argument_exception"), (400, "illegal_argument_exception"), (400, "document_parsing_exception"), (201, null),
            ],
            items);
        Assert.Contains("found an array", json.GetProperty("items")[2].GetProperty("index").GetProperty("error").GetProperty("reason").GetString());
        Assert.Contains("events never change", json.GetProperty("items")[4].GetProperty("update").GetProperty("error").GetProperty("reason").GetString());
        Assert.Equal(["{\"good\":1}", "{\"good\":2}"], await SourcesAsync());
    }

    [Theory]
    [InlineData("{\"del\":{\"_index\":\"a\",\"_id\":\"1\"}}\n", "illegal_argument_exception", "Malformed action/metadata line [1], expected one of [create, delete, index, update] but found [del]")]
    [InlineData("{\"index\":{\"_index\":\"logs-a\"}}\n{}\nnot json\n{}\n", "illegal_argument_exception", "Malformed action/metadata line [3], expected a JSON object")]
    [InlineData("{\"index\":5}\n{}\n", "illegal_argument_exception", "Malformed action/metadata line [1], expected START_OBJECT but found [VALUE_NUMBER]")]
    [InlineData("[]\n{}\n", "illegal_argument_exception", "Malformed action/metadata line [1], expected START_OBJECT but found [START_ARRAY]")]
    [InlineData("{\"index\":{\"_id\":\"1\"}}\n{\"message\":\"Hello, World!\"}\n", "action_request_validation_exception", "Validation Failed: 1: index is missing;")]
    [InlineData("", "parse_exception", "request body is required")]
    [InlineData("\n\n", "parse_exception", "request body is required")]
    [InlineData("{\"index\":{\"_index\":\"logs-a\"}}\n", "illegal_argument_exception", "The last action, index, has no source line")]
    public async Task Bulk_BrokenActionLine_RefusesAllOfIt(string body, string type, string reason)
    {
        (HttpResponseMessage response, JsonElement json) = await Elastic.SendAsync("POST", Own("/_bulk"), Body(body));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(400, json.GetProperty("status").GetInt32());
        Assert.Equal((type, reason), (json.GetProperty("error").GetProperty("type").GetString(), json.GetProperty("error").GetProperty("reason").GetString()));
        Assert.Equal(type, json.GetProperty("error").GetProperty("root_cause")[0].GetProperty("type").GetString());
        Assert.Empty(await SourcesAsync());
    }

    [Fact]
    public async Task Bulk_Repeats_AreToldApart()
    {
        await Elastic.SendAsync("POST", Own("/logs-a/_bulk"), Body("{\"create\":{\"_id\":\"x\"}}\n{\"a\":1}\n"));
        const string Again = """
            {"create":{"_id":"x"}}
            {"a":1}
            {"index":{"_id":"x"}}
            {"a":1}
            {"index":{"_id":"x"}}
            {"a":2}
            """;

        (_, JsonElement json) = await Elastic.SendAsync("POST", Own("/logs-a/_bulk"), Body(Again));

        JsonElement[] items = [.. json.GetProperty("items").EnumerateArray().Select(i => i.EnumerateObject().Single().Value)];
        Assert.Equal([409, 200, 409], items.Select(i => i.GetProperty("status").GetInt32()));
        Assert.Equal("version_conflict_engine_exception", items[0].GetProperty("error").GetProperty("type").GetString());
        Assert.Equal("[x]: version conflict, document already exists (current version [1])", items[0].GetProperty("error").GetProperty("reason").GetString());
        Assert.Equal("noop", items[1].GetProperty("result").GetString());
        Assert.Contains("events never change", items[2].GetProperty("error").GetProperty("reason").GetString());
        Assert.Equal(["{\"a\":1}"], await SourcesAsync());
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("zstd")]
    [InlineData("br")]
    public async Task Bulk_Compressed_IsRead(string encoding)
    {
        string body = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{{\"index\":{{}}}}\n{{\"n\":{i}}}\n"));

        (_, JsonElement json) = await Elastic.SendAsync("POST", Own("/logs-a/_bulk?refresh=true"), Body(body, encoding: encoding));

        Assert.False(json.GetProperty("errors").GetBoolean());
        Assert.Equal(Enumerable.Range(0, 20_000).Select(i => $"{{\"n\":{i}}}"), await SourcesAsync());
    }

    [Fact]
    public async Task Bulk_NotGzipWithItsHeader_IsRefused()
    {
        HttpContent content = Body("{\"index\":{}}\n{\"a\":1}\n");
        content.Headers.ContentEncoding.Add("gzip");

        (HttpResponseMessage response, JsonElement json) = await Elastic.SendAsync("POST", Own("/logs-a/_bulk"), content);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("not gzip", json.GetProperty("error").GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Bulk_UnknownEncoding_IsRefused()
    {
        HttpContent content = Body("x");
        content.Headers.ContentEncoding.Add("lz4");

        (HttpResponseMessage response, _) = await Elastic.SendAsync("POST", Own("/logs-a/_bulk"), content);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Fact]
    public async Task Bulk_5000LevelsDeep_FailsThatItemOnly()
    {
        string deep = string.Concat(Enumerable.Repeat("{\"a\":", 5_000)) + "1" + new string('}', 5_000);

        (_, JsonElement json) = await Elastic.SendAsync("POST", Own("/logs-a/_bulk"), Body($"{{\"index\":{{}}}}\n{deep}\n{{\"index\":{{}}}}\n{{\"a\":1}}\n"));

        Assert.Equal([400, 201], json.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("index").GetProperty("status").GetInt32()));
        Assert.Equal(["{\"a\":1}"], await SourcesAsync());
    }

    [Fact]
    public async Task Bulk_ALineTooLong_FailsThatItemOnly()
    {
        string body = $"{{\"index\":{{}}}}\n{{\"a\":\"{new string('x', 9 * 1024 * 1024)}\"}}\n{{\"index\":{{}}}}\n{{\"a\":1}}\n";

        (_, JsonElement json) = await Elastic.SendAsync("POST", Own("/logs-a/_bulk"), Body(body, encoding: "gzip"));

        Assert.Equal([413, 201], json.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("index").GetProperty("status").GetInt32()));
    }

    [Fact]
    public async Task Bulk_IdsTooLong_FailTheirItem()
    {
        string body = $"{{\"index\":{{\"_id\":\"{new string('가', 171)}\"}}}}\n{{\"a\":1}}\n{{\"index\":{{\"_id\":\"{new string('x', 512)}\"}}}}\n{{\"a\":2}}\n";

        (_, JsonElement json) = await Elastic.SendAsync("POST", Own("/logs-a/_bulk"), Body(body));

        Assert.Equal([400, 201], json.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("index").GetProperty("status").GetInt32()));
    }

    [Fact]
    public async Task Bulk_Refresh_AnswersWhenTheEventsAreFound()
    {
        var log = Server.Services.GetRequiredService<IWriteAheadLog>();

        await Elastic.SendAsync("POST", Own("/logs-a/_bulk?refresh=wait_for"), Body("{\"index\":{}}\n{\"a\":1}\n"));

        Assert.True(Server.Services.GetRequiredService<IIndexProgress>().IndexedSequence >= log.DurableSequence);
    }

    [Theory]
    [InlineData("errors", "{\"errors\":true}")]
    [InlineData("errors,items.*.error.type", "{\"errors\":true,\"items\":[{\"index\":{\"error\":{\"type\":\"document_parsing_exception\"}}}]}")]
    [InlineData("errors,items.*.status", "{\"errors\":true,\"items\":[{\"create\":{\"status\":201}},{\"index\":{\"status\":400}}]}")]
    [InlineData("items.create._id", "{\"items\":[{\"create\":{\"_id\":\"1\"}}]}")]
    [InlineData("-took,-items", "{\"errors\":true}")]
    [InlineData("**.status", "{\"items\":[{\"create\":{\"status\":201}},{\"index\":{\"status\":400}}]}")]
    public async Task Bulk_FilterPath_LeavesWhatWasAsked(string filter, string expected)
    {
        const string Lines = "{\"create\":{\"_id\":\"1\"}}\n{}\n{\"index\":{}}\n{\n";

        (_, JsonElement json) = await Elastic.SendAsync("POST", Own($"/logs-a/_bulk?filter_path={Uri.EscapeDataString(filter)}"), Body(Lines));

        Assert.Equal(expected, json.GetRawText());
    }

    [Theory]
    [InlineData("application/vnd.elasticsearch+json; compatible-with=9", "application/vnd.elasticsearch+json;compatible-with=9")]
    [InlineData("application/vnd.elasticsearch+json;compatible-with=8,text/plain", "application/vnd.elasticsearch+json;compatible-with=8")]
    [InlineData("application/json", "application/json")]
    [InlineData("*/*", "application/json")]
    public async Task Answer_MediaType_IsTheOneAskedFor(string accept, string contentType)
    {
        (HttpResponseMessage response, _) = await Elastic.SendAsync("POST", Own("/logs-a/_bulk"), Body("{\"index\":{}}\n{}\n"), ("Accept", accept));

        Assert.Equal(contentType, response.Content.Headers.ContentType!.ToString().Replace("; ", ";", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Bulk_Chunked_IsRead()
    {
        using var content = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes("{\"index\":{}}\n{\"a\":1}\n")));
        using var request = new HttpRequestMessage(HttpMethod.Post, Own("/logs-a/_bulk")) { Content = content };
        request.Headers.TransferEncodingChunked = true;

        using HttpResponseMessage response = await Elastic.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Single(await SourcesAsync());
    }

    [Fact]
    public async Task Bulk_LargerThanABatchThenABrokenActionLine_KeepsWhatWasWrittenAndSaysSo()
    {
        string body = string.Concat(Enumerable.Range(0, 50_000).Select(i => $"{{\"index\":{{}}}}\n{{\"n\":{i},\"text\":\"{new string('x', 100)}\"}}\n")) + "broken\n";

        (HttpResponseMessage response, JsonElement json) = await Elastic.SendAsync("POST", Own("/logs-a/_bulk"), Body(body));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(50_001, json.GetProperty("items").GetArrayLength());
        Assert.Equal(400, json.GetProperty("items")[50_000].GetProperty("index").GetProperty("status").GetInt32());
        Assert.Equal(50_000, (await SourcesAsync()).Length);
    }
}
