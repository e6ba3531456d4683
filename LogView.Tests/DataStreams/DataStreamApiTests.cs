using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LogView.Tests.Accounts;
using LogView.Tests.Testing;

namespace LogView.Tests.DataStreams;

public sealed class DataStreamApiTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SetRetention_ThenRestart_IsStillThere()
    {
        await using LogViewServer server = await LogViewServer.StartAsync();
        await SendAsync(server, "logs-a");

        Assert.Equal(HttpStatusCode.NoContent, await PutAsync(server.Client, "logs-a", """{"age":"7d","bytes":5000000}"""));
        await server.RestartAsync();
        string set = await RetentionAsync(server, "logs-a");
        using HttpResponseMessage reset = await server.Client.DeleteAsync("/api/v1/data-streams/logs-a/retention", Cancel);

        Assert.Equal("""{"age":"7d","bytes":5000000,"own":true}""", set);
        Assert.Equal(HttpStatusCode.NoContent, reset.StatusCode);
        Assert.Equal("""{"age":null,"bytes":null,"own":false}""", await RetentionAsync(server, "logs-a"));
    }

    [Theory]
    [InlineData("""{"age":"soon"}""", "expected a duration such as 90d or 12h")]
    [InlineData("""{"age":"5m"}""", "age: expected 1 hour to 36500 days")]
    [InlineData("""{"bytes":7}""", "bytes: expected at least 1048576")]
    [InlineData("""{"days":7}""", "days")]
    public async Task SetRetention_SlipOfThePen_IsRefused(string body, string expected)
    {
        await using LogViewServer server = await LogViewServer.StartAsync();
        using HttpResponseMessage answer = await server.Client.PutAsync("/api/v1/data-streams/logs-a/retention", Json(body), Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(expected, await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delete_DataStream_IsGoneForGood()
    {
        await using LogViewServer server = await LogViewServer.StartAsync();
        await SendAsync(server, "logs-a");
        await SendAsync(server, "logs-b");

        using HttpResponseMessage deleted = await server.Client.DeleteAsync("/api/v1/data-streams/logs-a", Cancel);
        using HttpResponseMessage again = await server.Client.DeleteAsync("/api/v1/data-streams/logs-a", Cancel);
        await server.RestartAsync();

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (deleted.StatusCode, again.StatusCode));
        Assert.Equal(["logs-b"], (await ListAsync(server)).Select(s => s.GetProperty("name").GetString()));
        Assert.Contains(server.Log.Lines, l => l.Contains("deleted the data stream logs-a", StringComparison.Ordinal));
    }

    [Fact]
    public async Task List_AfterSending_HasARate()
    {
        await using LogViewServer server = await LogViewServer.StartAsync();
        await SendAsync(server, "logs-a");

        Assert.InRange((await ListAsync(server)).Single().GetProperty("eventsPerSecond").GetDouble(), 0.01, 1);
    }

    [Fact]
    public async Task Change_WithoutTheRight_IsForbidden()
    {
        await using LogViewServer server = await LogViewServer.StartAsync();
        HttpClient reader = server.NewClient(server.Url, await KeyApiTests.CreateAsync(server, "search", "*"));
        HttpClient other = server.NewClient(server.Url, await KeyApiTests.CreateAsync(server, "admin", "logs-mine-*"));

        Assert.Equal(HttpStatusCode.Forbidden, await PutAsync(reader, "logs-a", "{}"));
        Assert.Equal(HttpStatusCode.Forbidden, await PutAsync(other, "logs-a", "{}"));
        using HttpResponseMessage deleted = await other.DeleteAsync("/api/v1/data-streams/logs-a", Cancel);
        Assert.Equal(HttpStatusCode.Forbidden, deleted.StatusCode);
    }

    private static async Task<HttpStatusCode> PutAsync(HttpClient client, string name, string body)
    {
        using HttpResponseMessage answer = await client.PutAsync($"/api/v1/data-streams/{name}/retention", Json(body), Cancel);
        return answer.StatusCode;
    }

    private static StringContent Json(string body) => new(body, System.Text.Encoding.UTF8, "application/json");

    private static async Task SendAsync(LogViewServer server, string stream)
    {
        using HttpResponseMessage answer = await server.Client.PostAsync($"/ingest/{stream}", new StringContent("{\"message\":\"one\"}\n{\"message\":\"two\"}\n"), Cancel);
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<JsonElement[]> ListAsync(LogViewServer server) =>
        [.. (await server.Client.GetFromJsonAsync<JsonElement>("/api/v1/data-streams", Cancel)).GetProperty("dataStreams").EnumerateArray()];

    private static async Task<string> RetentionAsync(LogViewServer server, string stream) =>
        (await ListAsync(server)).Single(s => s.GetProperty("name").GetString() == stream).GetProperty("retention").GetRawText();
}
