using System.Text.Json;
using LogView.Tests.Ingest;

namespace LogView.Tests.Hosting;

/// <summary>A path that is known under other methods is 405 with what it takes, in the shape that the rest of its answers have.</summary>
public sealed class WrongMethodTests(IngestFixture fixture) : IClassFixture<IngestFixture>
{
    [Theory]
    [InlineData("PUT", "/api/v1/search", "GET, POST")]
    [InlineData("DELETE", "/api/v1/fields", "GET")]
    [InlineData("GET", "/api/v1/query/parse", "POST")]
    [InlineData("PUT", "/api/v1/keys/some-id", "DELETE")]
    [InlineData("GET", "/api/events/raw", "POST")]
    [InlineData("GET", "/ingest/logs-a", "POST")]
    [InlineData("DELETE", "/ingest/..%2Fetc", "POST")]
    [InlineData("BREW", "/api/openapi.json", "GET")]
    public async Task MainPort_WrongMethod_Is405WithAllow(string method, string path, string allowed)
    {
        (HttpResponseMessage response, JsonElement json) = await fixture.Server.Anonymous.SendAsync(method, path);

        Assert.Equal(405, (int)response.StatusCode);
        Assert.Equal(allowed, string.Join(", ", response.Content.Headers.Allow));
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(("about:blank", 405), (json.GetProperty("type").GetString(), json.GetProperty("status").GetInt32()));
        Assert.Contains($"does not take {method}; it takes {allowed}", json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/_bulk", "POST, PUT")]
    [InlineData("DELETE", "/logs-a/_bulk", "POST, PUT")]
    [InlineData("PUT", "/_cluster/health", "GET")]
    [InlineData("PATCH", "/_index_template/x", "DELETE, GET, HEAD, POST, PUT")]
    [InlineData("DELETE", "/logs-a", "HEAD, PUT")]
    public async Task ElasticPort_WrongMethod_Is405AsElasticsearchSaysIt(string method, string path, string allowed)
    {
        (HttpResponseMessage response, JsonElement json) = await fixture.Server.Elastic.SendAsync(method, path);

        Assert.Equal(405, (int)response.StatusCode);
        Assert.Equal("Elasticsearch", response.Headers.GetValues("X-Elastic-Product").Single());
        Assert.Equal(allowed, string.Join(", ", response.Content.Headers.Allow));
        Assert.Equal(405, json.GetProperty("status").GetInt32());
        Assert.Equal($"Incorrect HTTP method for uri [{path}] and method [{method}], allowed: [{allowed}]", json.GetProperty("error").GetString());
    }

    [Theory]
    [InlineData("GET", "/_nothing", 400)]
    [InlineData("GET", "/_nothing/of/the/kind", 400)]
    public async Task ElasticPort_UnknownPath_StaysUnknown(string method, string path, int status)
    {
        (HttpResponseMessage response, JsonElement json) = await fixture.Server.Elastic.SendAsync(method, path);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.StartsWith("no handler found for uri", json.GetProperty("error").GetProperty("reason").GetString());
    }

    [Fact]
    public async Task MainPort_UnknownPath_StaysUnknown()
    {
        (HttpResponseMessage response, JsonElement json) = await fixture.Server.Anonymous.SendAsync("GET", "/api/v1/serch");

        Assert.Equal(404, (int)response.StatusCode);
        Assert.StartsWith("There is no GET /api/v1/serch", json.GetProperty("detail").GetString());
    }
}
