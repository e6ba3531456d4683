using System.Text;
using LogView.Client.Contracts.Events;
using LogView.Client.Language;

namespace LogView.Tests.Language;

public sealed class MatcherTests
{
    private static readonly Timestamp Now = Instant("2026-11-22T05:02:11.482Z");

    private const string Event = """
        {"message":"Connection refused: time-out after 1,024 ms for java.io.IOException at 10.0.0.1:8080",
         "log":{"level":"error"},"service":{"name":"checkout-api"},"http":{"status":500,"ok":true,"ms":1.5},
         "client":{"ip":"10.1.2.3"},"v6":"2001:db8::1","tags":["a","B c"],"created":"2026-11-20T10:00:00+09:00","port":"8080"}
        """;

    [Theory]
    [InlineData("*")]
    [InlineData("connection")]
    [InlineData("CONNECTION refused")]
    [InlineData("\"connection refused\"")]
    [InlineData("time-out")]
    [InlineData("out")]
    [InlineData("IOException")]
    [InlineData("java.io.IOException")]
    [InlineData("1,024")]
    [InlineData("message: nothing refused")]
    [InlineData("\"refused connection\"~2")]
    [InlineData("conn*")]
    [InlineData("*exc?ption")]
    [InlineData("*fuse*")]
    [InlineData("message: 10.0.*")]
    [InlineData("message: /time.out \\w+/")]
    [InlineData("/CONNECTION/i")]
    [InlineData("log.level: error and service.name: checkout-api and refused")]
    [InlineData("service.name:~CHECKOUT-API")]
    [InlineData("service.name:~CHECK*")]
    [InlineData("service.name: check*")]
    [InlineData("service.name: *-a?i")]
    [InlineData("http.status: 500")]
    [InlineData("http.status: 500.0")]
    [InlineData("http.status: 5*")]
    [InlineData("http.status: [500 TO 599}")]
    [InlineData("http.status >= 500 and http.status < 501")]
    [InlineData("http.ms > 1")]
    [InlineData("http.ms: 1.5")]
    [InlineData("http.ok: true")]
    [InlineData("client.ip: 10.0.0.0/8")]
    [InlineData("client.ip >= 10.1.0.0")]
    [InlineData("v6: \"2001:db8::/32\"")]
    [InlineData("v6: \"2001:0db8:0:0:0:0:0:1\"")]
    [InlineData("tags: a and tags: B c")]
    [InlineData("tags: (a and \"B c\")")]
    [InlineData("created: 2026-11-20")]
    [InlineData("created < 2026-11-21")]
    [InlineData("created >= now-3d")]
    [InlineData("@timestamp: 2026-11-22")]
    [InlineData("@timestamp: 2026")]
    [InlineData("@timestamp >= now-15m")]
    [InlineData("@timestamp <= \"2026-11-22\"")]
    [InlineData("service.*: checkout-api")]
    [InlineData("*: checkout-api")]
    [InlineData("http.status: *")]
    [InlineData("not nothing: *")]
    [InlineData("http: { status: 500 }")]
    [InlineData("port >= \"8000\"")]
    [InlineData("refusd~1")]
    public void Matches_FittingQuery_True(string query) => Assert.True(Match(query, Event), query);

    [Theory]
    [InlineData("not *")]
    [InlineData("connect")]
    [InlineData("\"refused connection\"")]
    [InlineData("\"refused connection\"~0")]
    [InlineData("log.level: Error")]
    [InlineData("service.name: checkout")]
    [InlineData("http.status: \"5\"")]
    [InlineData("http.status: {500 TO 599}")]
    [InlineData("client.ip: 10.2.0.0/16")]
    [InlineData("nothing: *")]
    [InlineData("tags: \"B\"")]
    [InlineData("created: 2026-11-21")]
    [InlineData("created > 2026-11-20")]
    [InlineData("@timestamp > 2026-11-22")]
    [InlineData("port: 8080.0")]
    [InlineData("http.ok: 1")]
    public void Matches_OtherQuery_False(string query) => Assert.False(Match(query, Event), query);

    [Theory]
    [InlineData("결제", true)]
    [InlineData("결제실패", true)]
    [InlineData("\"결제\"", true)]
    [InlineData("실패 timeout", true)]
    [InlineData("TIMEOUT", true)]
    [InlineData("제실*", true)]
    [InlineData("환불", false)]
    [InlineData("time", false)]
    public void Matches_Korean_BySubstring(string query, bool expected)
    {
        string text = "{\"message\":\"주문 7 결제실패했습니다 (timeout)\"}";

        Assert.Equal(expected, Match(query, text));
        Assert.Equal(expected, Match(query.Normalize(NormalizationForm.FormD), text));
        Assert.Equal(expected, Match(query, text.Normalize(NormalizationForm.FormD)));
    }

    private static bool Match(string query, string json)
    {
        ParseResult result = QueryParser.Parse(query);
        Assert.Null(result.Error);
        var logEvent = new LogEvent
        {
            Id = default,
            DataStream = default,
            Timestamp = Now,
            Source = Encoding.UTF8.GetBytes(json),
        };
        return Matcher.Compile(result.Node!, Now, TimeZoneInfo.Utc).Matches(logEvent);
    }

    private static Timestamp Instant(string text) => DateMath.Resolve(text, default, TimeZoneInfo.Utc).Value!.Value;
}
