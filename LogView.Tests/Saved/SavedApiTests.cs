using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using LogView.Tests.Testing;

namespace LogView.Tests.Saved;

public sealed class SavedApiTests
{
    private const string Views = "/api/v1/views";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task View_SavedChangedDeleted_IsThatEverywhere()
    {
        await using LogViewServer server = await LogViewServer.StartAsync();
        using HttpResponseMessage created = await server.Client.PostAsJsonAsync(Views, new { name = "Errors", access = "view", content = new { address = "/discover?q=error" } }, Stop);
        JsonNode view = (await created.Content.ReadFromJsonAsync<JsonNode>(Stop))!;
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);

        await server.RestartAsync();
        string path = $"{Views}/{(string)view["id"]!}";
        JsonNode found = (await server.Client.GetFromJsonAsync<JsonNode>(path, Stop))!;
        Assert.Equal(view.ToJsonString(), found.ToJsonString());
        using HttpResponseMessage changed = await server.Client.PutAsJsonAsync(
            path, new { name = "Errors of payment", access = "view", content = new { address = "/discover?q=b" }, version = (string)view["version"]! }, Stop);
        JsonNode now = (await changed.Content.ReadFromJsonAsync<JsonNode>(Stop))!;
        Assert.Equal("Errors of payment", (string)now["name"]!);

        using HttpResponseMessage stale = await server.Client.DeleteAsync($"{path}?version={(string)view["version"]!}", Stop);
        Assert.Equal(HttpStatusCode.Conflict, stale.StatusCode);
        Assert.Equal("Errors of payment", (string)(await stale.Content.ReadFromJsonAsync<JsonNode>(Stop))!["current"]!["name"]!);
        using HttpResponseMessage deleted = await server.Client.DeleteAsync($"{path}?version={(string)now["version"]!}", Stop);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Empty((await server.Client.GetFromJsonAsync<JsonNode>(Views, Stop))!["objects"]!.AsArray());
    }

    [Fact]
    public async Task View_OfSomebodyElse_IsSeenAndChangedAsShared()
    {
        await using LogViewServer server = await LogViewServer.StartAsync();
        HttpClient lee = server.NewClient(server.Url, await KeyAsync(server, "lee"));
        HttpClient kim = server.NewClient(server.Url, await KeyAsync(server, "kim"));
        JsonNode own = await SaveAsync(lee, "mine", "private");
        JsonNode shown = await SaveAsync(lee, "shown", "view");
        JsonNode common = await SaveAsync(lee, "common", "edit");

        JsonArray list = (await kim.GetFromJsonAsync<JsonNode>(Views, Stop))!["objects"]!.AsArray();

        Assert.Equal(["common", "shown"], list.Select(v => (string)v!["name"]!));
        Assert.Equal(HttpStatusCode.NotFound, await ReplaceAsync(kim, own, "private"));
        Assert.Equal(HttpStatusCode.Forbidden, await ReplaceAsync(kim, shown, "view"));
        Assert.Equal(HttpStatusCode.Forbidden, await ReplaceAsync(kim, common, "private"));
        Assert.Equal(HttpStatusCode.OK, await ReplaceAsync(kim, common, "edit"));
        using HttpResponseMessage deleted = await kim.DeleteAsync($"{Views}/{(string)shown["id"]!}?version={(string)shown["version"]!}", Stop);
        Assert.Equal(HttpStatusCode.Forbidden, deleted.StatusCode);
        Assert.Equal(3, (await server.Client.GetFromJsonAsync<JsonNode>(Views, Stop))!["objects"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("""{"name":"","content":{}}""", "name")]
    [InlineData("""{"name":"a\u0007b","content":{}}""", "name")]
    [InlineData("""{"name":"a","content":[]}""", "content")]
    [InlineData("""{"name":"a"}""", "content")]
    [InlineData("""{"name":"a","content":{},"access":"all"}""", "private, view or edit")]
    [InlineData("""{"nam":"a","content":{}}""", "nam")]
    [InlineData("""{"name":"a","name":"b","content":{}}""", "name")]
    [InlineData("null", "null")]
    [InlineData("{", "JSON")]
    public async Task Save_BadBody_IsExplained(string body, string expected)
    {
        await using LogViewServer server = await LogViewServer.StartAsync();

        using HttpResponseMessage answer = await server.Client.PostAsync(Views, new StringContent(body), Stop);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(expected, (string)(await answer.Content.ReadFromJsonAsync<JsonNode>(Stop))!["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Save_TooLong_Is413AndTooLongContent400()
    {
        await using LogViewServer server = await LogViewServer.StartAsync();

        using HttpResponseMessage huge = await server.Client.PostAsync(Views, new StringContent(new string(' ', 400_000)), Stop);
        using HttpResponseMessage chunked = await server.Client.PostAsync(Views, JsonContent.Create(new string(' ', 400_000)), Stop);
        using HttpResponseMessage large = await server.Client.PostAsync(Views, new StringContent($$$"""{"name":"a","content":{"x":"{{{new string('y', 270_000)}}}"}}"""), Stop);

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.RequestEntityTooLarge), (huge.StatusCode, chunked.StatusCode));
        Assert.Equal(HttpStatusCode.BadRequest, large.StatusCode);
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("0000000000")]
    [InlineData("%27%20OR%201=1")]
    public async Task Find_NoSuchId_Is404(string id)
    {
        await using LogViewServer server = await LogViewServer.StartAsync();

        using HttpResponseMessage answer = await server.Client.GetAsync($"{Views}/{id}", Stop);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Link_Followed_LeadsToTheAddress()
    {
        await using LogViewServer server = await LogViewServer.StartAsync();
        const string Address = "/discover?q=log.level:+error&from=2026-11-23T05:00:00.000000000Z&to=2026-11-23T06:00:00.000000000Z&tz=Asia/Seoul";

        JsonNode link = await LinkAsync(server, Address);
        JsonNode again = await LinkAsync(server, Address);

        Assert.Equal((string)link["url"]!, (string)again["url"]!);
        Assert.True(((string)link["url"]!).Length <= 60, (string)link["url"]!);
        using HttpRequestMessage request = new(HttpMethod.Get, (string)link["url"]!) { Headers = { { "Authorization", $"ApiKey {LogViewServer.AdminKey}" } } };
        using HttpResponseMessage followed = await server.Anonymous.SendAsync(request, Stop);
        Assert.Equal(HttpStatusCode.Redirect, followed.StatusCode);
        Assert.Equal(Address, followed.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/")]
    [InlineData("/\\elsewhere.example")]
    [InlineData("")]
    public async Task Link_ToElsewhere_IsRefused(string address)
    {
        await using LogViewServer server = await LogViewServer.StartAsync();

        using HttpResponseMessage answer = await server.Client.PostAsJsonAsync("/api/v1/links", new { address }, Stop);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Link_Unknown_Is404()
    {
        await using LogViewServer server = await LogViewServer.StartAsync();

        using HttpResponseMessage answer = await server.Client.GetAsync("/s/zzzzzzzzzz", Stop);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static async Task<JsonNode> LinkAsync(LogViewServer server, string address)
    {
        using HttpResponseMessage answer = await server.Client.PostAsJsonAsync("/api/v1/links", new { address }, Stop);
        return (await answer.Content.ReadFromJsonAsync<JsonNode>(Stop))!;
    }

    private static async Task<string> KeyAsync(LogViewServer server, string label)
    {
        using HttpResponseMessage answer = await server.Client.PostAsJsonAsync("/api/v1/keys", new { label, scopes = new[] { "search" } }, Stop);
        return (string)(await answer.Content.ReadFromJsonAsync<JsonNode>(Stop))!["key"]!;
    }

    private static async Task<JsonNode> SaveAsync(HttpClient client, string name, string access)
    {
        using HttpResponseMessage answer = await client.PostAsJsonAsync(Views, new { name, access, content = new { address = "/discover" } }, Stop);
        return (await answer.Content.ReadFromJsonAsync<JsonNode>(Stop))!;
    }

    private static async Task<HttpStatusCode> ReplaceAsync(HttpClient client, JsonNode view, string access)
    {
        var body = new { name = "changed", access, content = new { address = "/discover" }, version = (string)view["version"]! };
        using HttpResponseMessage answer = await client.PutAsJsonAsync($"{Views}/{(string)view["id"]!}", body, Stop);
        return answer.StatusCode;
    }
}
