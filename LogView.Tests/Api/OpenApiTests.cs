using System.Text.Json;
using System.Text.Json.Nodes;

namespace LogView.Tests.Api;

/// <summary>The OpenAPI document is complete and true: it names every endpoint, and real answers fit what it says of them.</summary>
public sealed class OpenApiTests(ApiServer api) : IClassFixture<ApiServer>
{
    private async Task<JsonElement> DocumentAsync() => await api.GetAsync("/api/openapi.json");

    [Fact]
    public async Task Document_SearchApi_HasEveryEndpointWithItsParameters()
    {
        JsonElement paths = (await DocumentAsync()).GetProperty("paths");

        string[] described = [.. paths.EnumerateObject().Where(p => p.Name.StartsWith("/api/v1/", StringComparison.Ordinal))
            .SelectMany(p => p.Value.EnumerateObject().Select(o => $"{o.Name} {p.Name}"))];
        foreach (string endpoint in new[]
        {
            "post /api/v1/search", "get /api/v1/search", "get /api/v1/export", "get /api/v1/fields", "get /api/v1/values", "get /api/v1/data-streams",
            "put /api/v1/data-streams/{name}/retention", "delete /api/v1/data-streams/{name}/retention", "delete /api/v1/data-streams/{name}",
            "get /api/v1/context", "get /api/v1/patterns", "post /api/v1/query/parse",
        })
        {
            Assert.Contains(endpoint, described);
        }

        Assert.DoesNotContain("discriminator", (await DocumentAsync()).GetRawText(), StringComparison.Ordinal);
        Assert.Equal(
            "q language dataStream from to timeZone sort size after skip fields count",
            string.Join(' ', paths.GetProperty("/api/v1/search").GetProperty("get").GetProperty("parameters").EnumerateArray().Select(p => p.GetProperty("name").GetString())));
    }

    [Theory]
    [InlineData("/api/v1/search?q=n:*&fields=n", "/api/v1/search", "get")]
    [InlineData("/api/v1/fields", "/api/v1/fields", "get")]
    [InlineData("/api/v1/values?field=n", "/api/v1/values", "get")]
    [InlineData("/api/v1/patterns?from=now-1y&before=true", "/api/v1/patterns", "get")]
    [InlineData("/api/v1/data-streams", "/api/v1/data-streams", "get")]
    [InlineData("/api/v1/context?dataStream=logs-x&id=1", "/api/v1/context", "get")]
    public async Task Answers_Real_FitTheDocument(string url, string path, string method)
    {
        await api.AppendAsync("logs-x", ("1", "2026-11-22T05:00:00Z", """{"n":[1,"x",true]}"""), ("2", "2026-11-22T05:00:01Z", """{"n":2.5}"""));
        JsonElement document = await DocumentAsync();
        JsonElement schema = document.GetProperty("paths").GetProperty(path).GetProperty(method)
            .GetProperty("responses").GetProperty("200").GetProperty("content").GetProperty("application/json").GetProperty("schema");

        Assert.Null(JsonSchemaCheck.Problem(document, schema, await api.GetAsync(url)));
    }

    [Fact]
    public async Task Aggregations_Real_FitTheDocument()
    {
        await api.AppendAsync("logs-x", ("1", "2026-11-22T05:00:00Z", """{"n":1}"""));
        const string request = """
            {"query":"levle: x","sort":[{"field":"n","order":"desc"}],"filters":[{"field":"n","gte":1}],"aggregations":{
            "t":{"dateHistogram":{"interval":"1d"},"aggregations":{"k":{"terms":{"field":"n"}}}},"p":{"percentiles":{"field":"n"}},"m":{"avg":{"field":"x"}},
            "r":{"range":{"field":"n","ranges":[{"from":1}]}}}}
            """;
        JsonElement document = await DocumentAsync();
        JsonElement operation = document.GetProperty("paths").GetProperty("/api/v1/search").GetProperty("post");
        JsonElement body = operation.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema");
        JsonElement answer = operation.GetProperty("responses").GetProperty("200").GetProperty("content").GetProperty("application/json").GetProperty("schema");

        Assert.Null(JsonSchemaCheck.Problem(document, body, JsonDocument.Parse(request).RootElement));
        Assert.Null(JsonSchemaCheck.Problem(document, answer, await api.PostAsync("/api/v1/search", request)));
        Assert.NotNull(JsonSchemaCheck.Problem(document, body, JsonSerializer.SerializeToElement(new JsonObject { ["size"] = "ten" })));
        Assert.NotNull(JsonSchemaCheck.Problem(document, answer, JsonSerializer.SerializeToElement(new JsonObject { ["status"] = "complete" })));
    }

    [Fact]
    public async Task Problems_Real_FitTheDocument()
    {
        JsonElement document = await DocumentAsync();
        JsonElement schema = document.GetProperty("paths").GetProperty("/api/v1/query/parse").GetProperty("post")
            .GetProperty("responses").GetProperty("400").GetProperty("content").GetProperty("application/problem+json").GetProperty("schema");

        HttpResponseMessage response = await api.SendAsync("/api/v1/query/parse", """{"query":"a:","cursor":2}""");

        Assert.Null(JsonSchemaCheck.Problem(document, schema, await ApiServer.ReadAsync(response, System.Net.HttpStatusCode.BadRequest)));
    }
}
