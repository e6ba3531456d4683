using LogView.Server.Ingest.Parsing;
using static LogView.Tests.Ingest.Parsing.ParsingContext;

namespace LogView.Tests.Ingest.Parsing;

public sealed class AccessLogParserTests
{
    private const string Time = "[22/Nov/2026:14:02:11 +0900]";
    private const string Common = "2026-11-22T05:02:11.000000000Z - | source.address=192.0.2.1 source.ip=192.0.2.1 ";
    private const string Ok = "http.response.status_code=200 event.outcome=success http.response.body.bytes=145";

    [Theory]
    [InlineData("192.0.2.1 - - " + Time + " \"GET /v1/ok?a=1&b=2 HTTP/1.1\" 200 145",
        Common + "http.request.method=GET http.version=1.1 url.original=/v1/ok?a=1&b=2 url.path=/v1/ok url.query=a=1&b=2 " + Ok + " | (line)")]
    [InlineData("192.0.2.1 - kim " + Time + " \"GET / HTTP/2.0\" 200 145 \"https://shop.example/\" \"curl/8\"",
        Common + "user.name=kim http.request.method=GET http.version=2.0 url.original=/ url.path=/ " + Ok
        + " http.request.referrer=https://shop.example/ user_agent.original=curl/8 | (line)")]
    [InlineData("192.0.2.1 - - " + Time + " \"GET / HTTP/1.1\" 200 145 \"-\" \"curl/8\" 0.250 \"203.0.113.9, 10.0.0.1\"",
        Common + "http.request.method=GET http.version=1.1 url.original=/ url.path=/ " + Ok
        + " user_agent.original=curl/8 event.duration=250000000 client.ip=203.0.113.9 | (line)")]
    [InlineData("192.0.2.1 - - " + Time + " \"GET / HTTP/1.1\" 200 145 \"-\" \"-\" rt=1.5 uct=\"0.1\"",
        Common + "http.request.method=GET http.version=1.1 url.original=/ url.path=/ " + Ok + " event.duration=1500000000 | (line)")]
    [InlineData("192.0.2.1 - - " + Time + " \"GET / HTTP/1.1\" 200 145 \"-\" \"-\" 1234",
        Common + "http.request.method=GET http.version=1.1 url.original=/ url.path=/ " + Ok + " event.duration=1234000 | (line)")]
    [InlineData("shop.example:443 192.0.2.1 - - " + Time + " \"GET / HTTP/1.1\" 200 145",
        "2026-11-22T05:02:11.000000000Z - | url.domain=shop.example url.port=443 source.address=192.0.2.1 source.ip=192.0.2.1 "
        + "http.request.method=GET http.version=1.1 url.original=/ url.path=/ " + Ok + " | (line)")]
    [InlineData("::1 - - " + Time + " \"\\x16\\x03\\x01\" 400 -",
        "2026-11-22T05:02:11.000000000Z - | source.address=::1 source.ip=::1 http.response.status_code=400 event.outcome=failure | (line)")]
    [InlineData("web-03 - - " + Time + " \"GET /a\\\"b HTTP/1.1\" 200 145",
        "2026-11-22T05:02:11.000000000Z - | source.address=web-03 http.request.method=GET http.version=1.1 url.original=/a\"b url.path=/a\"b " + Ok + " | (line)")]
    [InlineData("192.0.2.1 - Anna Kim " + Time + " \"GET / HTTP/1.1\" 200 145",
        Common + "user.name=Anna Kim http.request.method=GET http.version=1.1 url.original=/ url.path=/ " + Ok + " | (line)")]
    public void TryParse_AnAccessLine_GivesItsParts(string text, string expected)
    {
        ParsedLine line = new();

        Assert.True(AccessLogParser.TryParse(Bytes(text), Utc, line));

        Assert.Equal(expected, Show(line));
    }

    [Theory]
    [InlineData("")]
    [InlineData("192.0.2.1 - - [nonsense] \"GET / HTTP/1.1\" 200 145")]
    [InlineData("192.0.2.1 - - " + Time + " \"GET / HTTP/1.1 200 145")]
    [InlineData("192.0.2.1 - - " + Time + " \"GET / HTTP/1.1\" xx 145")]
    [InlineData("2026-11-22 14:02:11 ERROR [main] text")]
    public void TryParse_AnythingElse_Refuses(string text) => Assert.False(AccessLogParser.TryParse(Bytes(text), Utc, new ParsedLine()));
}
