using System.Net;
using System.Text.Json;

namespace LogView.Tests.Api;

public sealed class PatternsEndpointTests(ApiServer api) : IClassFixture<ApiServer>, IAsyncLifetime
{
    private const string Window = "dataStream=logs-p&from=2026-11-22T05:00:00Z&to=2026-11-22T05:10:00Z";

    public async ValueTask InitializeAsync()
    {
        (string, string, string)[] took =
            [.. Enumerable.Range(0, 60).Select(i => ($"t{i}", $"2026-11-22T05:0{i / 10}:1{i % 10}Z", $$"""{"message":"order {{i}} took {{i * 7}} ms"}"""))];
        await api.AppendAsync("logs-p", took);
        await api.AppendAsync(
            "logs-p",
            ("a", "2026-11-22T05:00:01Z", """{"message":"connection of bob refused"}"""),
            ("b", "2026-11-22T05:00:02Z", """{"message":"connection of eve refused"}"""),
            ("c", "2026-11-22T05:00:03Z", """{"message":"connection of joe refused"}"""),
            ("d", "2026-11-22T05:00:04Z", """{"other":1}"""),
            ("e", "2026-11-22T04:55:00Z", """{"message":"connection of sue refused"}"""),
            ("f", "2026-11-22T04:55:01Z", """{"message":"goodbye"}"""));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Patterns_OfAWindow_HaveExactCountsAndTrends()
    {
        JsonElement answer = await api.GetAsync($"/api/v1/patterns?{Window}&buckets=10");

        Assert.Equal(["order <*> took <*> ms 60 60", "connection of <*> refused 3 3"], Lines(answer));
        Assert.Equal((64, 64, 1, 0, false), Sums(answer));
        Assert.Equal([10, 10, 10, 10, 10, 10, 0, 0, 0, 0], answer.GetProperty("patterns")[0].GetProperty("trend").EnumerateArray().Select(t => t.GetInt32()));
        Assert.Equal(11, answer.GetProperty("buckets").GetArrayLength());
    }

    [Fact]
    public async Task Patterns_MoreEventsThanTheSample_SayThatTheyAreASample()
    {
        JsonElement answer = await api.GetAsync($"/api/v1/patterns?{Window}&buckets=10&sample=32");

        (int events, int total, _, _, bool isSample) = Sums(answer);
        Assert.Equal((64, true), (total, isSample));
        Assert.InRange(events, 32, 42);
        Assert.All(answer.GetProperty("patterns")[0].GetProperty("trend").EnumerateArray().Take(6), t => Assert.InRange(t.GetInt32(), 1, 9));
    }

    [Fact]
    public async Task Patterns_WithTheWindowBefore_CountBoth()
    {
        JsonElement answer = await api.GetAsync($"/api/v1/patterns?{Window}&before=true");

        Assert.Equal(
            ["order <*> took <*> ms 60 0", "connection of <*> refused 3 1", "goodbye 0 1"],
            answer.GetProperty("patterns").EnumerateArray().Select(p => $"{p.GetProperty("pattern")} {p.GetProperty("count")} {p.GetProperty("before")}"));
        Assert.Equal(2, answer.GetProperty("totalBefore").GetInt32());
    }

    [Fact]
    public async Task Patterns_AsAFilter_FindTheEventsThatWereCounted()
    {
        JsonElement answer = await api.GetAsync($"/api/v1/patterns?{Window}");
        foreach (JsonElement pattern in answer.GetProperty("patterns").EnumerateArray())
        {
            foreach ((bool negate, int expected) in new[] { (false, pattern.GetProperty("count").GetInt32()), (true, 64 - pattern.GetProperty("count").GetInt32()) })
            {
                string body = JsonSerializer.Serialize(new
                {
                    dataStream = "logs-p", from = "2026-11-22T05:00:00Z", to = "2026-11-22T05:10:00Z", size = 0,
                    filters = new[] { new { field = "message", pattern = pattern.GetProperty("pattern").GetString(), negate } },
                });
                Assert.Equal(expected, (await api.PostAsync("/api/v1/search", body)).GetProperty("total").GetProperty("value").GetInt32());
            }
        }
    }

    [Fact]
    public async Task Patterns_AsLines_EndWithTheResult()
    {
        string text = await api.Client.GetStringAsync($"/api/v1/patterns?{Window}&format=ndjson");

        JsonElement last = JsonDocument.Parse(text.TrimEnd('\n').Split('\n')[^1]).RootElement;
        Assert.Equal(64, last.GetProperty("result").GetProperty("events").GetInt32());
    }

    [Theory]
    [InlineData("sample=0", "'sample' is 0: expected 1 to 10,000,000")]
    [InlineData("size=1001", "'size' is 1001: expected 1 to 1,000")]
    [InlineData("buckets=0", "'buckets' is 0: expected 1 to 200")]
    [InlineData("before=true", "'before' needs a time range with a start: there is no window before all time")]
    [InlineData("format=ndjson&q=a:", "'query' does not parse: 1:3 expected a value after ':', found end")]
    public async Task Patterns_BadRequest_SaysWhatWasExpected(string parameters, string detail) =>
        Assert.Equal(detail, await ApiServer.DetailAsync(await api.Client.GetAsync($"/api/v1/patterns?{parameters}")));

    [Fact]
    public async Task Filter_PatternThatIsTooLong_IsRefused()
    {
        string body = JsonSerializer.Serialize(new { filters = new[] { new { field = "message", pattern = new string('x', 1_200) } } });

        Assert.Contains("'filters[0].pattern' has 1200 characters", await ApiServer.DetailAsync(await api.SendAsync("/api/v1/search", body)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Patterns_WithoutKey_AreRefused()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await api.Server.Anonymous.GetAsync("/api/v1/patterns")).StatusCode);
    }

    private static string[] Lines(JsonElement answer) =>
        [.. answer.GetProperty("patterns").EnumerateArray().Select(p => $"{p.GetProperty("pattern")} {p.GetProperty("count")} {p.GetProperty("finds")}")];

    private static (int Events, int Total, int WithoutText, int Others, bool IsSample) Sums(JsonElement answer) => (
        answer.GetProperty("events").GetInt32(), answer.GetProperty("total").GetInt32(), answer.GetProperty("withoutText").GetInt32(), answer.GetProperty("others").GetInt32(),
        answer.GetProperty("isSample").GetBoolean());
}
