using System.Net;
using System.Text.Json;

namespace LogView.Tests.Ingest.ElasticBulk;

public sealed class HandshakeTests(IngestFixture fixture) : IngestTest(fixture)
{
    [Theory]
    [InlineData("GET", "/", 200, "npm 7.17, py 7.17, elasticdump, curator, bunyan")]
    [InlineData("HEAD", "/", 200, "npm elasticsearch 16, makelogs")]
    [InlineData("GET", "/_license", 200, "Logstash")]
    [InlineData("GET", "/_license?human=false", 200, "Beats")]
    [InlineData("GET", "/_xpack", 200, "Logstash 6")]
    [InlineData("GET", "/_cluster/health?timeout=30s&wait_for_nodes=%3E%3D1&wait_for_status=yellow", 200, "winston-elasticsearch")]
    [InlineData("HEAD", "/_index_template/template_logs", 404, "winston-elasticsearch")]
    [InlineData("PUT", "/_index_template/template_logs", 200, "winston-elasticsearch")]
    [InlineData("HEAD", "/_template/makelogs_index_template__logstash-", 404, "makelogs")]
    [InlineData("PUT", "/_template/makelogs_index_template__logstash-", 200, "makelogs")]
    [InlineData("HEAD", "/logstash-*?allow_no_indices=false", 404, "makelogs")]
    [InlineData("HEAD", "/elastalert_status", 404, "elastalert")]
    [InlineData("PUT", "/elastalert_status", 200, "elastalert")]
    [InlineData("PUT", "/elastalert_status/_doc/_mapping?include_type_name=true", 200, "elastalert")]
    [InlineData("GET", "/_ilm/policy/filebeat", 404, "Filebeat")]
    [InlineData("PUT", "/_ilm/policy/filebeat", 200, "Filebeat")]
    [InlineData("GET", "/_data_stream/filebeat-8.15.0", 404, "Filebeat")]
    [InlineData("PUT", "/_data_stream/filebeat-8.15.0", 200, "Filebeat")]
    [InlineData("HEAD", "/_alias/filebeat", 404, "Filebeat 7")]
    [InlineData("PUT", "/_component_template/logs%40custom", 200, "by hand")]
    [InlineData("PUT", "/_ingest/pipeline/x", 200, "Filebeat modules")]
    [InlineData("GET", "/_nodes/http", 200, "sniffing clients")]
    [InlineData("GET", "/_cat/shards?format=json", 200, "exporters")]
    [InlineData("POST", "/logs/_refresh", 200, "elasticdump")]
    [InlineData("PUT", "/Bad%20Name", 400, "nobody")]
    [InlineData("GET", "/_nothing/of/the/kind", 400, "nobody")]
    [InlineData("POST", "/logs-a/_update/1", 400, "nobody")]
    [InlineData("DELETE", "/logs-a/_doc/1", 400, "nobody")]
    public async Task Handshake_AsRecorded_IsAnswered(string method, string path, int status, string client)
    {
        HttpContent? body = method == "PUT" ? Body("{}", "application/json") : null;

        (HttpResponseMessage response, JsonElement json) = await Elastic.SendAsync(method, Own(path), body);

        Assert.True(status == (int)response.StatusCode, $"{client}: {(int)response.StatusCode}");
        Assert.Equal("Elasticsearch", response.Headers.GetValues("X-Elastic-Product").Single());
        if (method != "HEAD" && status >= 400)
        {
            Assert.Equal(status, json.GetProperty("status").GetInt32());
            Assert.NotEmpty(json.GetProperty("error").GetProperty("reason").GetString()!);
        }
    }

    [Fact]
    public async Task Info_SaysWhatClientsCheck()
    {
        (_, JsonElement json) = await Elastic.SendAsync("GET", "/");

        Assert.Matches("^8\\.", json.GetProperty("version").GetProperty("number").GetString());
        Assert.Equal("default", json.GetProperty("version").GetProperty("build_flavor").GetString());
        Assert.NotEmpty(json.GetProperty("version").GetProperty("build_date").GetString()!);
        Assert.Equal("You Know, for Search", json.GetProperty("tagline").GetString());
    }

    [Fact]
    public async Task Nodes_Http_GivesTheAddressTheClientUsed()
    {
        (_, JsonElement json) = await Elastic.SendAsync("GET", "/_nodes/http");

        JsonElement node = json.GetProperty("nodes").EnumerateObject().Single().Value;
        Assert.Equal(new Uri(Server.ElasticUrl).Authority, node.GetProperty("http").GetProperty("publish_address").GetString());
    }

    [Theory]
    [InlineData("POST", "/logs-a/_doc", 201)]
    [InlineData("PUT", "/logs-a/_doc/1", 201)]
    [InlineData("POST", "/logs-a/_create/1", 201)]
    [InlineData("POST", "/logs-a/_doc/a%2Fb?op_type=create&refresh=true", 201)]
    public async Task Document_One_IsStored(string method, string path, int status)
    {
        (HttpResponseMessage response, JsonElement json) = await Elastic.SendAsync(method, Own(path), Body("{\n  \"a\": 1\n}\n", "application/json"));

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal((Own("logs-a"), "created"), (json.GetProperty("_index").GetString(), json.GetProperty("result").GetString()));
        Assert.Equal("{\n  \"a\": 1\n}", Assert.Single(await SourcesAsync()));
        Assert.Equal(path.Contains("%2F", StringComparison.Ordinal) ? "a/b" : path.EndsWith('1') ? "1" : json.GetProperty("_id").GetString(), json.GetProperty("_id").GetString());
    }

    [Fact]
    public async Task Document_Repeated_IsToldApart()
    {
        await Elastic.SendAsync("PUT", Own("/logs-a/_doc/1"), Body("{\"a\":1}", "application/json"));

        (HttpResponseMessage same, _) = await Elastic.SendAsync("PUT", Own("/logs-a/_doc/1"), Body("{\"a\":1}", "application/json"));
        (HttpResponseMessage other, _) = await Elastic.SendAsync("PUT", Own("/logs-a/_doc/1"), Body("{\"a\":2}", "application/json"));
        (HttpResponseMessage create, JsonElement conflict) = await Elastic.SendAsync("PUT", Own("/logs-a/_create/1"), Body("{\"a\":1}", "application/json"));

        Assert.Equal([200, 409, 409], new[] { same, other, create }.Select(r => (int)r.StatusCode));
        Assert.Equal("version_conflict_engine_exception", conflict.GetProperty("error").GetProperty("type").GetString());
    }

    [Theory]
    [InlineData("/logs-a/_doc", "{", "document_parsing_exception")]
    [InlineData("/logs-a/_doc", "", "document_parsing_exception")]
    [InlineData("/LOGS/_doc", "{}", "invalid_index_name_exception")]
    [InlineData("/..%2F..%2Fetc/_doc", "{}", "invalid_index_name_exception")]
    public async Task Document_Bad_IsRefused(string path, string body, string type)
    {
        (HttpResponseMessage response, JsonElement json) = await Elastic.SendAsync("POST", Own(path), Body(body, "application/json"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(type, json.GetProperty("error").GetProperty("type").GetString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("gzip")]
    [InlineData("zstd")]
    public async Task Bulk_LongerThanTheLimitOnceDecompressed_IsRefused(string? encoding)
    {
        string body = string.Concat(Enumerable.Repeat($"{{\"index\":{{}}}}\n{{\"a\":\"{new string('x', 1_000)}\"}}\n", 40_000));

        (HttpResponseMessage response, JsonElement json) = await Elastic.SendAsync("POST", Own("/logs-a/_bulk"), Body(body, encoding: encoding));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal(413, json.GetProperty("status").GetInt32());
    }
}
