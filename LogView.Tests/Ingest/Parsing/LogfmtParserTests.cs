using LogView.Server.Ingest.Parsing;
using static LogView.Tests.Ingest.Parsing.ParsingContext;

namespace LogView.Tests.Ingest.Parsing;

public sealed class LogfmtParserTests
{
    [Theory]
    [InlineData("time=2026-11-22T14:02:11Z level=warning msg=\"it \\\"works\\\"\\n\" status=200 took=1.5 ok=true",
        "2026-11-22T14:02:11.000000000Z warn | time=2026-11-22T14:02:11Z level=warning msg=it \"works\"\n status=200 took=1.5 ok=true | it \"works\"\n")]
    [InlineData("ts=1795356131.25 caller=main.go:12 level=info msg=ok", "2026-11-22T14:02:11.250000000Z info | ts=1795356131.25 caller=main.go:12 level=info msg=ok | ok")]
    [InlineData("a=007 b=1e5 c=1.2.3 d=- e= f=-4 g=0.5 h=\"\\uAC00\"", "- - | a=007 b=1e5 c=1.2.3 d=- f=-4 g=0.5 h=가 | (line)")]
    [InlineData("level=info msg=\"open", "- info | level=info msg=\"open | \"open")]
    public void TryParse_Pairs_GiveFields(string text, string expected)
    {
        ParsedLine line = new();

        Assert.True(LogfmtParser.TryParse(Bytes(text), Utc, line));

        Assert.Equal(expected, Show(line));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a=b")]
    [InlineData("the value a=b and c=d are set")]
    [InlineData("{\"a\":1,\"b\":2}")]
    [InlineData("INSERT INTO t WHERE a=1 AND b=2")]
    [InlineData("=1 =2")]
    public void TryParse_AnythingElse_Refuses(string text) => Assert.False(LogfmtParser.TryParse(Bytes(text), Utc, new ParsedLine()));
}
