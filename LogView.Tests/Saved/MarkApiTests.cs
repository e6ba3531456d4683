using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using LogView.Tests.Testing;

namespace LogView.Tests.Saved;

public sealed class MarkApiTests
{
    private const string Marks = "/api/v1/marks";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Mark_ToldByAScript_IsListedAndDeletedByItsOwner()
    {
        await using LogViewServer server = await LogViewServer.StartAsync();
        HttpClient lee = server.NewClient(server.Url, await KeyAsync(server, "lee"));
        HttpClient kim = server.NewClient(server.Url, await KeyAsync(server, "kim"));
        using HttpResponseMessage old = await lee.PostAsJsonAsync(Marks, new { label = "shop 1.4.1", time = "2026-11-21T14:00:00+09:00" }, Stop);
        using HttpResponseMessage made = await lee.PostAsJsonAsync(Marks, new { label = "shop 1.4.2" }, Stop);

        JsonArray list = (await kim.GetFromJsonAsync<JsonNode>(Marks, Stop))!["marks"]!.AsArray();

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (old.StatusCode, made.StatusCode));
        Assert.Equal("2026-11-21T05:00:00.000000000Z", (string)list.Single(m => (string)m!["label"]! == "shop 1.4.1")!["time"]!);
        Assert.Equal(2, list.Count);
        string path = $"{Marks}/{(string)list[0]!["id"]!}";
        using HttpResponseMessage refused = await kim.DeleteAsync(path, Stop);
        using HttpResponseMessage deleted = await lee.DeleteAsync(path, Stop);
        using HttpResponseMessage again = await lee.DeleteAsync(path, Stop);
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.NoContent, HttpStatusCode.NotFound), (refused.StatusCode, deleted.StatusCode, again.StatusCode));
    }

    [Theory]
    [InlineData("""{"label":""}""", "label: expected 1 to 100 characters")]
    [InlineData("""{"label":"a","time":"yesterday"}""", "time: expected an instant such as 2026-11-22T14:00:00Z")]
    [InlineData("""{"name":"a"}""", "expected a JSON object with label and time")]
    public async Task Mark_BadBody_SaysWhatWasExpected(string body, string expected)
    {
        await using LogViewServer server = await LogViewServer.StartAsync();

        using HttpResponseMessage answer = await server.Client.PostAsync(Marks, new StringContent(body, System.Text.Encoding.UTF8, "application/json"), Stop);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(expected, (string)(await answer.Content.ReadFromJsonAsync<JsonNode>(Stop))!["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Marks_WithoutAKey_AreRefused()
    {
        await using LogViewServer server = await LogViewServer.StartAsync();

        using HttpResponseMessage answer = await server.Anonymous.PostAsJsonAsync(Marks, new { label = "a" }, Stop);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private static async Task<string> KeyAsync(LogViewServer server, string label)
    {
        using HttpResponseMessage answer = await server.Client.PostAsJsonAsync("/api/v1/keys", new { label, scopes = new[] { "search" } }, Stop);
        return (string)(await answer.Content.ReadFromJsonAsync<JsonNode>(Stop))!["key"]!;
    }
}
