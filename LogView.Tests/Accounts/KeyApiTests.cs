using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using LogView.Client.Contracts.Accounts;
using LogView.Server.Accounts.Keys;
using LogView.Tests.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace LogView.Tests.Accounts;

public sealed class KeyApiTests
{
    [Fact]
    public async Task Create_ThenUse_OpensWhatItsScopesSay()
    {
        await using LogViewServer server = await LogViewServer.StartAsync();

        string secret = await CreateAsync(server, scopes: "search", dataStreams: "logs-shop-*");

        KeyHolder? holder = server.Services.GetRequiredService<KeyRing>().Find(secret);
        Assert.Equal(Rights.Search, holder?.Viewer.Rights);
        Assert.Equal(["logs-shop-*"], holder?.Viewer.DataStreams);
    }

    [Fact]
    public async Task Create_Anything_StoresNoSecret()
    {
        await using LogViewServer server = await LogViewServer.StartAsync();

        string secret = await CreateAsync(server, "ingest");

        await server.StopAsync();
        SqliteConnection.ClearAllPools();
        foreach (string file in Directory.GetFiles(server.DataFolder, "*", SearchOption.AllDirectories))
        {
            Assert.DoesNotContain(secret, await File.ReadAllTextAsync(file), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Key_AfterRestart_StillOpens()
    {
        await using LogViewServer server = await LogViewServer.StartAsync();
        string secret = await CreateAsync(server, "admin");

        await server.RestartAsync();

        using HttpResponseMessage answer = await server.NewClient(server.Url, secret).GetAsync("/api/v1/keys");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Revoke_Key_OpensNothingAnyMore()
    {
        await using LogViewServer server = await LogViewServer.StartAsync();
        string secret = await CreateAsync(server, "admin");
        JsonNode list = (await server.Client.GetFromJsonAsync<JsonNode>("/api/v1/keys"))!;
        string id = (string)list["keys"]![0]!["id"]!;

        using HttpResponseMessage revoked = await server.Client.DeleteAsync($"/api/v1/keys/{id}");

        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        using HttpResponseMessage answer = await server.NewClient(server.Url, secret).GetAsync("/api/v1/keys");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        using HttpResponseMessage again = await server.Client.DeleteAsync($"/api/v1/keys/{id}");
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
    }

    [Theory]
    [InlineData("""{"label":"x","scopes":["serach"]}""", "found 'serach'")]
    [InlineData("""{"label":"","scopes":["search"]}""", "label")]
    [InlineData("""{"label":"x","scopes":[]}""", "scopes")]
    [InlineData("""{"label":"x","scopes":["search"],"dataStreams":[""]}""", "dataStreams")]
    [InlineData("""{"labl":"x","scopes":["search"]}""", "labl")]
    [InlineData("""{"label":"x" """, "JSON")]
    [InlineData("null", "null")]
    [InlineData("", "JSON")]
    public async Task Create_BadBody_IsExplained(string body, string expected)
    {
        await using LogViewServer server = await LogViewServer.StartAsync();

        using HttpResponseMessage answer = await server.Client.PostAsync("/api/v1/keys", new StringContent(body, mediaType: new MediaTypeHeaderValue("application/json")));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains(expected, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_WithoutTheRight_NamesWhatIsMissing()
    {
        await using LogViewServer server = await LogViewServer.StartAsync();
        string secret = await CreateAsync(server, "search");

        using HttpResponseMessage answer = await server.NewClient(server.Url, secret).GetAsync("/api/v1/keys");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("scope admin", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "Nobody is signed in")]
    [InlineData("wrong", "was revoked")]
    public async Task Keys_NobodyKnown_SaysHowToAuthenticate(string? key, string expected)
    {
        await using LogViewServer server = await LogViewServer.StartAsync();

        using HttpResponseMessage answer = await server.NewClient(server.Url, key).GetAsync("/api/v1/keys");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains(answer.Headers.WwwAuthenticate, c => c.Scheme == "ApiKey");
        string detail = (string)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["detail"]!;
        Assert.Contains(expected, detail, StringComparison.Ordinal);
        Assert.Contains("Authorization: ApiKey", detail, StringComparison.Ordinal);
    }

    internal static async Task<string> CreateAsync(LogViewServer server, string scopes, string dataStreams = "*")
    {
        using HttpResponseMessage answer = await server.Client.PostAsJsonAsync(
            "/api/v1/keys", new { label = "a test", scopes = scopes.Split(','), dataStreams = dataStreams.Split(',') });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (string)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["key"]!;
    }
}
