using System.Net;
using System.Text.Json;
using LogView.Client.Contracts.Events;
using LogView.Server.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace LogView.Tests.Api;

public sealed class SearchEndpointsTests(ApiServer api) : IClassFixture<ApiServer>, IAsyncLifetime
{
    private const string Sent = """{ "message":"결제 timed out",  "log":{"level":"error"}, "n":1.50, "tags":["a","b"], "big":12345678901234567890 }""";

    public async ValueTask InitializeAsync() => await api.AppendAsync(
        "logs-shop-prod",
        ("a", "2026-11-22T05:02:11.482Z", Sent),
        ("b", "2026-11-22T05:02:12Z", """{"message":"done","log":{"level":"info"},"n":3,"ok":true}"""),
        ("c", "2026-11-22T05:02:13Z", """{"message":"<script>alert(1)</script>","n":"x"}"""));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static IEnumerable<string?> Ids(params JsonElement[] answers) =>
        answers.SelectMany(a => a.GetProperty("hits").EnumerateArray()).Select(h => h.GetProperty("id").GetString());

    [Fact]
    public async Task Post_EmptyBody_GivesEverythingNewestFirst()
    {
        JsonElement answer = await api.PostAsync("/api/v1/search", "{}");

        Assert.Equal("complete", answer.GetProperty("status").GetString());
        Assert.Equal("""{"value":3,"relation":"eq"}""", answer.GetProperty("total").GetRawText());
        Assert.Equal(["c", "b", "a"], Ids(answer));
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("next").ValueKind);
        Assert.Empty(answer.GetProperty("notes").EnumerateArray());
        Assert.True(answer.GetProperty("tookMs").GetInt64() >= 0);
    }

    [Fact]
    public async Task Post_Hit_HasSourceByteForByteAndNineDigits()
    {
        HttpResponseMessage response = await api.SendAsync("/api/v1/search", """{"query":"log.level: error","fields":["tags","n","m*","none"]}""");
        string text = await response.Content.ReadAsStringAsync();

        Assert.Contains($"\"source\":{Sent}", text, StringComparison.Ordinal);
        JsonElement hit = JsonDocument.Parse(text).RootElement.GetProperty("hits")[0];
        Assert.Equal("2026-11-22T05:02:11.482000000Z", hit.GetProperty("timestamp").GetString());
        Assert.Equal("logs-shop-prod", hit.GetProperty("dataStream").GetString());
        Assert.Equal("""{"tags":["a","b"],"n":[1.5],"message":["결제 timed out"]}""", hit.GetProperty("fields").GetRawText());
    }

    [Fact]
    public async Task Post_EveryAggregation_HasItsShape()
    {
        JsonElement answer = await api.PostAsync("/api/v1/search", """
            { "size": 0, "timeZone": "Asia/Seoul", "from": "2026-11-22T05:02:00Z", "to": "2026-11-22T05:03:00Z",
              "aggregations": {
                "time": { "dateHistogram": { "interval": "30s" }, "aggregations": { "level": { "terms": { "field": "log.level", "size": 1 } } } },
                "auto": { "dateHistogram": {} },
                "days": { "dateHistogram": { "interval": "1d" } },
                "hist": { "histogram": { "field": "n", "interval": 0.5 } },
                "range": { "range": { "field": "n", "ranges": [ { "to": 2 }, { "from": 2, "key": "rest" } ] } },
                "when": { "range": { "field": "@timestamp", "ranges": [ { "from": "2026-11-22T14:02:12", "to": "2026-11-22||+1d" } ] } },
                "filters": { "filters": { "filters": { "e": "log.level: error", "all": "" } } },
                "count": { "count": {} }, "values": { "count": { "field": "tags" } }, "min": { "min": { "field": "n" } }, "max": { "max": { "field": "n" } },
                "sum": { "sum": { "field": "n" } }, "avg": { "avg": { "field": "n" } }, "card": { "cardinality": { "field": "log.level" } },
                "none": { "avg": { "field": "nothing" } }, "p": { "percentiles": { "field": "n", "percents": [50, 99.9] } } } }
            """);
        JsonElement aggregations = answer.GetProperty("aggregations");
        string Raw(string name) => aggregations.GetProperty(name).GetRawText();

        const string first = """{"from":"2026-11-22T05:02:00.000000000Z","to":"2026-11-22T05:02:30.000000000Z","count":3,""";
        const string second = """{"from":"2026-11-22T05:02:30.000000000Z","to":"2026-11-22T05:03:00.000000000Z","count":0,""";
        const string levels = """ "aggregations":{"level":{"buckets":[{"key":"error","count":1}],"otherCount":1,"errorBound":0}}}, """;
        const string none = """ "aggregations":{"level":{"buckets":[],"otherCount":0,"errorBound":0}}} """;
        Assert.Equal(
            $$"""{"intervalMs":30000,"buckets":[{{first}}{{levels.Trim()}}{{second}}{{none.Trim()}}]}""",
            Raw("time"));
        Assert.Equal(1_000, aggregations.GetProperty("auto").GetProperty("intervalMs").GetDouble());
        Assert.Equal("""{"buckets":[{"from":"2026-11-21T15:00:00.000000000Z","to":"2026-11-22T15:00:00.000000000Z","count":3}]}""", Raw("days"));
        Assert.Equal(
            """{"buckets":[{"from":1.5,"to":2,"count":1},{"from":2,"to":2.5,"count":0},{"from":2.5,"to":3,"count":0},{"from":3,"to":3.5,"count":1}]}""",
            Raw("hist"));
        Assert.Equal("""{"buckets":[{"to":2,"count":1},{"key":"rest","from":2,"count":1}]}""", Raw("range"));
        Assert.Equal(2, aggregations.GetProperty("when").GetProperty("buckets")[0].GetProperty("count").GetInt32());
        Assert.Equal("""{"buckets":[{"key":"e","count":1},{"key":"all","count":3}]}""", Raw("filters"));
        Assert.Equal("3 2 1.5 3 4.5 2.25 2", string.Join(' ', new[] { "count", "values", "min", "max", "sum", "avg", "card" }
            .Select(name => aggregations.GetProperty(name).GetProperty("value").GetRawText())));
        Assert.Equal("""{"value":null,"relativeError":0}""", Raw("none"));
        JsonElement percentiles = aggregations.GetProperty("p");
        double error = percentiles.GetProperty("relativeError").GetDouble();
        Assert.InRange(error, 0, 0.01);
        Assert.All(["50", "99.9"], p => Assert.InRange(percentiles.GetProperty("values").GetProperty(p).GetDouble(), 1.5 * (1 - error), 1.5 * (1 + error)));
    }

    [Fact]
    public async Task Post_Pages_FollowTheCursor()
    {
        JsonElement first = await api.PostAsync("/api/v1/search", """{"size":2,"sort":[{"field":"n","order":"asc"}]}""");
        string? next = first.GetProperty("next").GetString();
        JsonElement second = await api.PostAsync("/api/v1/search", $$"""{"size":2,"sort":[{"field":"n"}],"after":"{{next}}"}""");

        Assert.Equal(["a", "b", "c"], Ids(first, second));
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next").ValueKind);
    }

    [Fact]
    public async Task PostAndGet_Skip_BeginTheFurtherOn()
    {
        JsonElement posted = await api.PostAsync("/api/v1/search", """{"size":1,"skip":1,"sort":[{"field":"n"}]}""");
        JsonElement got = await api.GetAsync($"/api/v1/search?sort=n&skip=1&size=1&after={posted.GetProperty("next").GetString()}");
        JsonElement last = await api.GetAsync("/api/v1/search?sort=n&skip=2&size=1");

        Assert.Equal(["b"], Ids(posted));
        Assert.Equal(3, posted.GetProperty("total").GetProperty("value").GetInt32());
        Assert.Empty(Ids(got));
        Assert.Equal(["c"], Ids(last));
        Assert.Equal(JsonValueKind.Null, last.GetProperty("next").ValueKind);
    }

    [Fact]
    public async Task Post_Filters_NarrowAsTheQueryDoes()
    {
        JsonElement answer = await api.PostAsync(
            "/api/v1/search", """{"filters":[{"field":"n","gte":1.5},{"field":"ok","is":true,"negate":true},{"field":"log.level","oneOf":["x"],"disabled":true}]}""");

        Assert.Equal(["a"], Ids(answer));
    }

    [Fact]
    public async Task Post_MisspeltField_IsNotedWithASuggestion()
    {
        JsonElement answer = await api.PostAsync("/api/v1/search", """{"query":"levle: error"}""");

        Assert.Equal(
            """[{"code":"unknown_field","message":"No event has the field levle. Did you mean log.level?","field":"levle","nearest":"log.level"}]""",
            answer.GetProperty("notes").GetRawText());
    }

    [Fact]
    public async Task Post_SumOverTexts_NotesTheConflict()
    {
        JsonElement answer = await api.PostAsync("/api/v1/search", """{"aggregations":{"s":{"sum":{"field":"n"}}}}""");

        JsonElement note = Assert.Single(answer.GetProperty("notes").EnumerateArray());
        Assert.Equal("type_conflict", note.GetProperty("code").GetString());
        Assert.StartsWith("The field n has values of several types: 1 in the newest 3 events are not double", note.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_ShortForm_TakesEveryParameter()
    {
        JsonElement answer = await api.GetAsync(
            "/api/v1/search?q=n%3A*&from=2026-11-22T14:02:00&to=2026-11-22T05:02:13Z&timeZone=Asia/Seoul&size=1&sort=n:desc"
            + "&dataStream=logs-shop-*&fields=n&count=none&language=logview");

        Assert.Equal(["b"], Ids(answer));
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("total").ValueKind);
        Assert.Equal("[3]", answer.GetProperty("hits")[0].GetProperty("fields").GetProperty("n").GetRawText());
    }

    [Fact]
    public async Task Search_JustAcknowledged_IsFound()
    {
        for (int i = 0; i < 20; i++)
        {
            await api.AppendAsync("logs-fresh", ($"f{i}", "2026-11-22T06:00:00Z", $$"""{"fresh":{{i}}}"""));

            JsonElement answer = await api.GetAsync($"/api/v1/search?q=fresh:{i}&dataStream=logs-fresh");

            Assert.Equal(1, answer.GetProperty("total").GetProperty("value").GetInt32());
        }

        await api.Server.Services.GetRequiredService<IEventStore>().DeleteDataStreamAsync(
            DataStreamName.Parse("logs-fresh"), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Search_NoKey_IsRefused()
    {
        HttpResponseMessage response = await api.Server.Anonymous.GetAsync("/api/v1/search");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }
}
