using System.Text.Json;

namespace LogView.Tests.Api;

public sealed class CatalogEndpointsTests(ApiServer api) : IClassFixture<ApiServer>, IAsyncLifetime
{
    public async ValueTask InitializeAsync()
    {
        await api.AppendAsync(
            "logs-x",
            ("1", "2026-11-22T05:00:00Z", """{"level":"error","n":1,"host":"web-1"}"""),
            ("2", "2026-11-22T05:00:01Z", """{"level":"info","n":"x","host":"web-2"}"""),
            ("3", "2026-11-22T05:00:01Z", """{"level":"info","n":3,"host":"db-1"}"""),
            ("4", "2026-11-22T05:00:02Z", """{"level":"info"}"""));
        await api.AppendAsync("logs-y", ("1", "2026-11-22T05:00:01Z", """{"other":1}"""));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Fields_OfAPattern_HaveTypesAndCoverage()
    {
        JsonElement answer = await api.GetAsync("/api/v1/fields?dataStream=logs-x");

        Assert.Equal(
            """{"fields":[{"name":"@timestamp","type":"date","events":4,"conflicts":0},{"name":"host","type":"keyword","events":3,"conflicts":0},"""
            + """{"name":"level","type":"keyword","events":4,"conflicts":0},{"name":"n","type":"long","events":3,"conflicts":1}],"sampledEvents":4,"isSample":false}""",
            answer.GetRawText());
    }

    [Fact]
    public async Task Values_OfAField_AreByCount()
    {
        Assert.Equal(
            """{"values":[{"value":"info","count":3},{"value":"error","count":1}],"eventsWithField":4,"sampledEvents":5,"isSample":false}""",
            (await api.GetAsync("/api/v1/values?field=level")).GetRawText());
        Assert.Equal(
            """{"values":[{"value":"web-1","count":1},{"value":"web-2","count":1}],"eventsWithField":3,"sampledEvents":5,"isSample":false}""",
            (await api.GetAsync("/api/v1/values?field=host&contains=WEB")).GetRawText());
        Assert.Equal(
            """[{"value":1,"count":1}]""",
            (await api.GetAsync("/api/v1/values?field=n&size=1&q=level:error")).GetProperty("values").GetRawText());
    }

    [Fact]
    public async Task DataStreams_All_HaveCountsAndBounds()
    {
        JsonElement[] streams = [.. (await api.GetAsync("/api/v1/data-streams")).GetProperty("dataStreams").EnumerateArray()];
        string Of(JsonElement stream, params string[] members) => string.Join(' ', members.Select(m => stream.GetProperty(m).ToString()));

        Assert.Equal(
            ["logs-x 4 129 2026-11-22T05:00:00.000000000Z 2026-11-22T05:00:02.000000000Z", "logs-y 1 11 2026-11-22T05:00:01.000000000Z 2026-11-22T05:00:01.000000000Z"],
            streams.Select(s => Of(s, "name", "events", "bytes", "oldest", "newest")));
        Assert.All(streams, s => Assert.Equal("""{"age":null,"bytes":null,"own":false}""", s.GetProperty("retention").GetRawText()));
    }

    [Fact]
    public async Task Context_OfAnEvent_HasItsNeighboursOldestFirst()
    {
        JsonElement answer = await api.GetAsync("/api/v1/context?dataStream=logs-x&id=3&before=1&after=5&fields=level");

        Assert.Equal("3", answer.GetProperty("event").GetProperty("id").GetString());
        Assert.Equal(["2"], answer.GetProperty("before").EnumerateArray().Select(h => h.GetProperty("id").GetString()));
        Assert.Equal(["4"], answer.GetProperty("after").EnumerateArray().Select(h => h.GetProperty("id").GetString()));
        Assert.Equal("""{"level":["info"]}""", answer.GetProperty("after")[0].GetProperty("fields").GetRawText());
    }

    [Theory]
    [InlineData("1s", "1 2 | 4")]
    [InlineData("0.5s", "2 | ")]
    [InlineData("0s", "2 | ")]
    [InlineData("1d", "1 2 | 4")]
    public async Task Context_WithinATime_HasNoneFurtherAway(string within, string ids)
    {
        JsonElement answer = await api.GetAsync($"/api/v1/context?dataStream=logs-x&id=3&within={within}");

        string Ids(string side) => string.Join(' ', answer.GetProperty(side).EnumerateArray().Select(h => h.GetProperty("id").GetString()));
        Assert.Equal(ids, $"{Ids("before")} | {Ids("after")}");
    }

    [Fact]
    public async Task Context_WithinNoTime_SaysWhatWasExpected() =>
        Assert.Equal("'within' is 'x': expected a distance such as 10s, 5m or 1h", await ApiServer.DetailAsync(await api.Client.GetAsync("/api/v1/context?dataStream=logs-x&id=3&within=x")));

    [Fact]
    public async Task Context_OtherStreamsAndQuery_NarrowTheNeighbours()
    {
        JsonElement all = await api.GetAsync("/api/v1/context?dataStream=logs-x&id=3&neighbours=*");
        JsonElement some = await api.GetAsync("/api/v1/context?dataStream=logs-x&id=3&q=level:error");

        Assert.Equal(["logs-y", "logs-x"], all.GetProperty("after").EnumerateArray().Select(h => h.GetProperty("dataStream").GetString()));
        Assert.Equal(["1"], some.GetProperty("before").EnumerateArray().Select(h => h.GetProperty("id").GetString()));
        Assert.Empty(some.GetProperty("after").EnumerateArray());
    }

    [Fact]
    public async Task Parse_Query_SaysWhatItMeans()
    {
        JsonElement answer = await api.PostAsync("/api/v1/query/parse", """{"query":"level:error AND n>=1 or not \"a b\""}""");

        Assert.Equal("or", answer.GetProperty("tree").GetProperty("type").GetString());
        Assert.Equal(
            """[{"type":"and","children":[{"type":"term","field":"level","text":"error"},{"type":"range","field":"n","lower":{"text":"1","inclusive":true}}]},"""
            + """{"type":"not","children":[{"type":"phrase","text":"a b"}]}]""",
            answer.GetProperty("tree").GetProperty("children").GetRawText());
        Assert.Empty(answer.GetProperty("notes").EnumerateArray());
        JsonElement again = await api.PostAsync("/api/v1/query/parse", JsonSerializer.Serialize(new { query = answer.GetProperty("canonical").GetString() }));
        Assert.Equal(answer.GetRawText(), again.GetRawText());
    }

    [Fact]
    public async Task Parse_Cursor_SaysWhatMayBeTyped()
    {
        JsonElement good = await api.PostAsync("/api/v1/query/parse", """{"query":"level: err","cursor":10}""");
        JsonElement unfinished = await ApiServer.ReadAsync(
            await api.SendAsync("/api/v1/query/parse", """{"query":"level: ","cursor":7}"""), System.Net.HttpStatusCode.BadRequest);

        Assert.Equal("level", good.GetProperty("completion").GetProperty("fieldName").GetString());
        Assert.Equal("err", good.GetProperty("completion").GetProperty("prefix").GetString());
        Assert.Contains("value", good.GetProperty("completion").GetProperty("kinds").EnumerateArray().Select(k => k.GetString()));
        Assert.Equal("level", unfinished.GetProperty("completion").GetProperty("fieldName").GetString());
        Assert.True(unfinished.TryGetProperty("query", out _));
    }

    [Fact]
    public async Task Parse_Lucene_HasNotes()
    {
        JsonElement answer = await api.PostAsync("/api/v1/query/parse", """{"query":"level:error^2","language":"lucene"}""");

        Assert.Equal("boost_ignored", Assert.Single(answer.GetProperty("notes").EnumerateArray()).GetProperty("code").GetString());
    }
}
