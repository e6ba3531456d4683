using System.Net;
using System.Text;
using System.Text.Json;

namespace LogView.Tests.Api;

/// <summary>Every kind of wrong request gets a problem document that says what is wrong, where, and what was expected.</summary>
public sealed class BadRequestTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Theory]
    [InlineData("""{"agregations":{}}""", "unknown member 'agregations'; did you mean 'aggregations'?")]
    [InlineData("""{"bananas":1}""", "unknown member 'bananas'; expected one of query, language, dataStream, from, to, timeZone, filters, sort, size, after, skip, fields, count, aggregations")]
    [InlineData("""{"Query":"x"}""", "unknown member 'Query'; did you mean 'query'?")]
    [InlineData("""{"sort":[{"fild":"x"}]}""", "unknown member 'fild' in 'sort[0]'; did you mean 'field'?")]
    [InlineData("""{"sort":[{"order":"asc"}]}""", "'sort[0].field' is missing")]
    [InlineData("""{"sort":[{"field":"a","order":"up"}]}""", "'sort[0].order' is the string \"up\": expected one of asc, desc")]
    [InlineData("""{"sort":{"field":"a"}}""", "'sort' is an object: expected an array")]
    [InlineData("""{"size":"100"}""", "'size' is the string \"100\": expected a whole number")]
    [InlineData("""{"size":1.5}""", "'size' is 1.5: expected a whole number")]
    [InlineData("""{"size":99999999999999999999}""", "'size' is 99999999999999999999: expected a whole number")]
    [InlineData("""{"skip":-1}""", "'skip' is -1: expected 0 to 250,000")]
    [InlineData("""{"skip":250001}""", "'skip' is 250001: expected 0 to 250,000")]
    [InlineData("""{"query":5}""", "'query' is 5: expected a string")]
    [InlineData("""{"language":"sql"}""", "'language' is the string \"sql\": expected one of logview, lucene")]
    [InlineData("""{"count":"maybe"}""", "'count' is the string \"maybe\": expected one of exact, bounded, none")]
    [InlineData("""{"fields":["a",null]}""", "'fields[1]' is null: expected a string")]
    [InlineData("""{"filters":[{"field":"a","is":{}}]}""", "'filters[0].is' is an object: expected a string, a number or a boolean")]
    [InlineData("""{"from":"yesterday-ish"}""", "'from' is not a time: expected a date or 'now', found 'yesterday-ish'")]
    [InlineData("""{"to":"now-5q"}""", "'to' is not a time: expected a unit")]
    [InlineData("""{"from":"2026-11-22T01:00:00Z","to":"2026-11-22T00:00:00Z"}""", "'from' (2026-11-22T01:00:00.000000000Z) is after 'to' (2026-11-22T00:00:00.000000000Z): expected a range that goes forwards")]
    [InlineData("""{"timeZone":"Asia/Soul"}""", "'timeZone' is not a time zone this machine knows: expected an IANA name such as Europe/Berlin; did you mean Asia/Seoul?")]
    [InlineData("[]", "the body is an array: expected an object")]
    [InlineData("\"x\"", "the body is the string \"x\": expected an object")]
    [InlineData("null", "the body is null: expected an object")]
    [InlineData("", "The body is not JSON at line 1")]
    [InlineData("{", "The body is not JSON at line 1")]
    [InlineData("{\"a\":1}}", "The body is not JSON at line 1, byte 8")]
    [InlineData("{\n \"query\": tru }", "The body is not JSON at line 2")]
    [InlineData("""{"query":"a","query":"b"}""", "The body is not JSON")]
    [InlineData("""{"query":"\ud800"}""", "The body has a string that is no text")]
    [InlineData("""{"\ud800":1}""", "The body has a string that is no text")]
    public Task Post_WrongShape_SaysWhatAndWhere(string body, string expected) => CheckAsync(body, expected);

    [Theory]
    [InlineData("""{"sort":[{"field":""}]}""", "'sort[0].field' is empty: expected the name of a field")]
    [InlineData("""{"size":-1}""", "'size' is -1: expected 0 to 10,000")]
    [InlineData("""{"size":10001}""", "'size' is 10001: expected 0 to 10,000")]
    [InlineData("""{"filters":[{"field":"a"}]}""", "'filters[0]' has no condition: expected exactly one of is, oneOf, exists, pattern, or a range (gte, gt, lte, lt)")]
    [InlineData("""{"filters":[{"field":"a","is":1,"exists":true}]}""", "'filters[0]' has several conditions: expected exactly one of is, oneOf, exists, pattern, or a range (gte, gt, lte, lt)")]
    [InlineData("""{"filters":[{"field":"a","gt":1,"gte":1}]}""", "'filters[0]' has two bounds on one side: expected gte or gt, and lte or lt")]
    [InlineData("""{"after":"nonsense"}""", "'after' is not a cursor")]
    [InlineData("""{"from":"9999-01-01"}""", "'from' is not a time")]
    [InlineData("""{"timeZone":"../../etc/passwd"}""", "'timeZone' is not a time zone this machine knows")]
    public Task Post_WrongValue_SaysWhatAndWhere(string body, string expected) => CheckAsync(body, expected);

    [Theory]
    [InlineData("""{"aggregations":{"a":{}}}""", "'aggregations.a' has no kind: expected exactly one of dateHistogram")]
    [InlineData("""{"aggregations":{"a":null}}""", "'aggregations.a' is null: expected an object")]
    [InlineData("""{"aggregations":{"a":{"terms":{"field":"x"},"count":{}}}}""", "'aggregations.a' has several kinds: expected exactly one of dateHistogram")]
    [InlineData("""{"aggregations":{"a":{"term":{"field":"x"}}}}""", "unknown member 'term' in 'aggregations.a'; did you mean 'terms'?")]
    [InlineData("""{"aggregations":{"a":{"terms":{}}}}""", "'aggregations.a.terms.field' is missing")]
    [InlineData("""{"aggregations":{"a":{"terms":{"field":"x","size":0}}}}""", "'aggregations.a.terms.size' is 0: expected 1 to 10,000")]
    [InlineData("""{"aggregations":{"a":{"max":{"field":"x"},"aggregations":{"b":{"count":{}}}}}}""", "'aggregations.a' makes no buckets and cannot have 'aggregations'")]
    [InlineData("""{"aggregations":{"a":{"dateHistogram":{"interval":"2M"}}}}""", "'aggregations.a.dateHistogram.interval' is '2M': expected auto, a width such as 30s, 24m or 6h, or a calendar unit: 1d, 1w, 1M, 1q or 1y")]
    [InlineData("""{"aggregations":{"a":{"dateHistogram":{"interval":"0s"}}}}""", "'aggregations.a.dateHistogram.interval' is '0s': expected auto")]
    [InlineData("""{"aggregations":{"a":{"dateHistogram":{"interval":"-5m"}}}}""", "'aggregations.a.dateHistogram.interval' is '-5m': expected auto")]
    [InlineData("""{"aggregations":{"a":{"dateHistogram":{"buckets":0}}}}""", "'aggregations.a.dateHistogram.buckets' is 0: expected 1 to 10,000")]
    [InlineData("""{"from":"2026-11-01T00:00:00Z","to":"2026-11-02T00:00:00Z","aggregations":{"a":{"dateHistogram":{"interval":"1s"}}}}""", "'aggregations.a.dateHistogram.interval' is too small: The interval 1s makes more than 10,000 buckets over this time range; the smallest that fits is 10s")]
    [InlineData("""{"aggregations":{"a":{"histogram":{"field":"x","interval":0}}}}""", "'aggregations.a.histogram.interval' is 0: expected a number above 0")]
    [InlineData("""{"aggregations":{"a":{"histogram":{"field":"x","interval":"1"}}}}""", "'aggregations.a.histogram.interval' is the string \"1\": expected a number")]
    [InlineData("""{"aggregations":{"a":{"range":{"field":"x","ranges":[]}}}}""", "'aggregations.a.range.ranges' is 0 entries: expected 1 to 1,000 entries")]
    [InlineData("""{"aggregations":{"a":{"range":{"field":"x","ranges":[{}]}}}}""", "'aggregations.a.range.ranges[0]' has no bound: expected from, to or both")]
    [InlineData("""{"aggregations":{"a":{"range":{"field":"x","ranges":[{"from":"soon"}]}}}}""", "'aggregations.a.range.ranges[0].from' is not a time")]
    [InlineData("""{"aggregations":{"a":{"filters":{"filters":{"f":"a:"}}}}}""", "'aggregations.a.filters.filters.f' does not parse")]
    [InlineData("""{"aggregations":{"a":{"percentiles":{"field":"x","percents":[101]}}}}""", "'aggregations.a.percentiles.percents' has a number outside 0 to 100")]
    [InlineData("""{"aggregations":{"a":{"terms":{"field":"x"},"aggregations":{"b":{"terms":{"field":"x"},"aggregations":{"c":{"terms":{"field":"x"},"aggregations":{"d":{"terms":{"field":"x"},"aggregations":{"e":{"count":{}}}}}}}}}}}}""", "'aggregations.a.aggregations.b.aggregations.c.aggregations.d.aggregations' is nested too deep: expected at most 4 levels")]
    public Task Post_WrongAggregation_SaysWhatAndWhere(string body, string expected) => CheckAsync(body, expected);

    [Fact]
    public async Task Post_QueryThatDoesNotParse_SaysThePlace()
    {
        JsonElement problem = await ApiServer.ReadAsync(
            await api.SendAsync("/api/v1/search", """{"query":"log.level: error and status:"}"""), HttpStatusCode.BadRequest);

        JsonElement query = problem.GetProperty("query");
        Assert.Equal(1, query.GetProperty("line").GetInt32());
        Assert.True(query.GetProperty("column").GetInt32() > 20);
        Assert.NotEqual("", query.GetProperty("expected").GetString());
        Assert.NotEqual("", query.GetProperty("found").GetString());
        Assert.StartsWith("'query' does not parse: 1:", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_OtherMediaType_IsRefused()
    {
        Assert.Equal(
            "The body is text/plain; charset=utf-8: expected application/json",
            await ApiServer.DetailAsync(await api.SendAsync("/api/v1/search", "{}", "text/plain"), HttpStatusCode.UnsupportedMediaType));
    }

    [Fact]
    public async Task Post_HugeBody_IsRefused()
    {
        string body = $$"""{"query":"{{new string('x', 1_100_000)}}"}""";

        Assert.Equal(
            "The body is larger than 1048576 bytes", await ApiServer.DetailAsync(await api.SendAsync("/api/v1/search", body), HttpStatusCode.RequestEntityTooLarge));
    }

    [Fact]
    public async Task Post_NestedTooDeep_IsRefused()
    {
        string body = string.Concat(Enumerable.Repeat("{\"aggregations\":", 5_000)) + "1" + new string('}', 5_000);

        Assert.StartsWith("The body is not JSON", await ApiServer.DetailAsync(await api.SendAsync("/api/v1/search", body)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_NotUtf8_IsRefused()
    {
        using var content = new ByteArrayContent([.. "{\"query\":\""u8, 0xFF, 0xFE, .. "\"}"u8]);
        content.Headers.ContentType = new("application/json");

        HttpResponseMessage response = await api.Client.PostAsync("/api/v1/search", content);

        Assert.Equal("The body is not UTF-8", await ApiServer.DetailAsync(response));
    }

    [Theory]
    [InlineData("/api/v1/search?query=x", "unknown parameter 'query'; expected one of q, language")]
    [InlineData("/api/v1/search?sise=1", "unknown parameter 'sise'; did you mean 'size'?")]
    [InlineData("/api/v1/search?size=ten", "'size' is 'ten': expected a whole number")]
    [InlineData("/api/v1/search?size=99999999999", "'size' is '99999999999': expected a whole number")]
    [InlineData("/api/v1/search?size=1&size=2", "'size' is given 2 times: expected once")]
    [InlineData("/api/v1/search?sort=a:down", "'sort' has 'a:down': expected field:asc or field:desc")]
    [InlineData("/api/v1/search?sort=:asc", "'sort' has ':asc': expected field:asc or field:desc")]
    [InlineData("/api/v1/search?language=KQL", "'language' is 'KQL': expected one of logview, lucene")]
    [InlineData("/api/v1/search?q=a:", "'query' does not parse")]
    [InlineData("/api/v1/export?format=xml", "'format' is 'xml': expected one of ndjson, csv")]
    [InlineData("/api/v1/export?format=csv&columns=a*", "'columns' has the pattern 'a*': CSV needs names of fields")]
    [InlineData("/api/v1/export?bom=yes", "'bom' is 'yes': expected true or false")]
    [InlineData("/api/v1/export?size=5", "unknown parameter 'size'")]
    [InlineData("/api/v1/export?q=(", "'query' does not parse")]
    [InlineData("/api/v1/fields?from=x", "'from' is not a time")]
    [InlineData("/api/v1/values", "'field' is missing")]
    [InlineData("/api/v1/values?field=a&size=0", "'size' is 0: expected 1 to 10000")]
    [InlineData("/api/v1/data-streams?x=1", "unknown parameter 'x'; expected none")]
    [InlineData("/api/v1/context?id=a", "'dataStream' is missing")]
    [InlineData("/api/v1/context?id=a&dataStream=../x", "'dataStream' is not the name of one")]
    [InlineData("/api/v1/context?id=a&dataStream=logs-x&before=1001", "'before' is 1001: expected 0 to 1000")]
    public async Task Get_WrongParameter_SaysWhatAndWhere(string path, string expected)
    {
        Assert.StartsWith(expected, await ApiServer.DetailAsync(await api.Client.GetAsync(path)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/v1/serch")]
    [InlineData("/api/")]
    [InlineData("/api/v2/search")]
    [InlineData("/api/v1/search/x")]
    public async Task Get_UnknownRoute_IsAProblemDocument(string path)
    {
        Assert.StartsWith($"There is no GET {path}", await ApiServer.DetailAsync(await api.Client.GetAsync(path), HttpStatusCode.NotFound), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delete_KnownRoute_IsAProblemDocument()
    {
        HttpResponseMessage response = await api.Client.DeleteAsync("/api/v1/search");

        Assert.Contains(response.StatusCode, new[] { HttpStatusCode.MethodNotAllowed, HttpStatusCode.NotFound });
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Context_UnknownEvent_IsNotFound()
    {
        HttpResponseMessage response = await api.Client.GetAsync("/api/v1/context?dataStream=logs-x&id=nobody");

        Assert.Equal("The data stream 'logs-x' has no event with this id", await ApiServer.DetailAsync(response, HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task Bodies_RandomlyBroken_NeverFailTheServer()
    {
        const string good = """{"query":"a: 1 and \"b c\"","filters":[{"field":"x","gte":1}],"sort":[{"field":"y","order":"desc"}],"aggregations":{"t":{"terms":{"field":"z"}}}}""";
        var random = new Random(Seed());
        for (int i = 0; i < 300; i++)
        {
            byte[] body = Encoding.UTF8.GetBytes(good);
            for (int n = random.Next(1, 4); n > 0; n--)
            {
                body[random.Next(body.Length)] = (byte)random.Next(256);
            }

            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new("application/json");
            HttpResponseMessage response = await api.Client.PostAsync("/api/v1/search", content);

            Assert.True((int)response.StatusCode < 500, $"{(int)response.StatusCode} for {Convert.ToBase64String(body)}");
        }
    }

    private async Task CheckAsync(string body, string expected)
    {
        string detail = await ApiServer.DetailAsync(await api.SendAsync("/api/v1/search", body));

        Assert.StartsWith(expected, detail, StringComparison.Ordinal);
    }

    private static int Seed()
    {
        int seed = int.TryParse(Environment.GetEnvironmentVariable("LOGVIEW_SEED"), out int given) ? given : Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"LOGVIEW_SEED={seed}");
        return seed;
    }
}
