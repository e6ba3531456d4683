using LogView.Client.Contracts.Query;
using LogView.Client.Language;

namespace LogView.Tests.Language;

public sealed class QueryParserTests
{
    [Theory]
    [InlineData("", "*")]
    [InlineData("  ", "*")]
    [InlineData("*:*", "*")]
    [InlineData("timeout", "timeout")]
    [InlineData("quick brown fox", "quick and brown and fox")]
    [InlineData("log.level: error service.name: checkout", "log.level: error and service.name: checkout")]
    [InlineData("log.level: error and service.name : checkout-api and timeout", "log.level: error and service.name: checkout-api and timeout")]
    [InlineData("a or b and c", "a or b and c")]
    [InlineData("(a or b) and c", "(a or b) and c")]
    [InlineData("not a b", "not a and b")]
    [InlineData("message: a b not c", "message: a b and not c")]
    [InlineData("level:(error or fatal)", "level: error or level: fatal")]
    [InlineData("status: [500 TO 599}", "status: [500 TO 599}")]
    [InlineData("status: {500 TO *]", "status > 500")]
    [InlineData("status>=500", "status >= 500")]
    [InlineData("status: [* TO *]", "status: *")]
    [InlineData("message: /conn(ect)?ion reset/i", "message: /conn(ect)?ion reset/i")]
    [InlineData("url.path: /api/v1", "url.path: \\/api/v1")]
    [InlineData("\"a b\"~5", "\"a b\"~5")]
    [InlineData("host:~Web", "host:~Web")]
    [InlineData("host:~web-*", "host:~web-*")]
    [InlineData("client.ip: 10.0.0.0/8", "client.ip: 10.0.0.0/8")]
    [InlineData("user:{ first: \"Alice\" and last: White }", "user: { first: \"Alice\" and last: White }")]
    [InlineData("not *", "not *")]
    [InlineData("machine.*: x", "machine.*: x")]
    [InlineData("cannot connect", "cannot and connect")]
    [InlineData("foo:cannot connect", "foo: cannot connect")]
    [InlineData("a:\"b\" \"c d\" (e or f)", "a: \"b\" and \"c d\" and (e or f)")]
    [InlineData("foo and", "foo and \\and")]
    public void Parse_Query_PrintsCanonically(string query, string canonical)
    {
        ParseResult result = QueryParser.Parse(query);

        Assert.Null(result.Error);
        Assert.Equal(canonical, QueryPrinter.Print(result.Node!));
        Assert.Equal(result.Node, QueryParser.Parse(canonical).Node);
    }

    [Theory]
    [InlineData("response:", 9)]
    [InlineData("response:(200 or )", 17)]
    [InlineData("foo:\"ba ", 4)]
    [InlineData("foo:ba:r", 6)]
    [InlineData("foo > ", 6)]
    [InlineData("foo:(not(bar))", 8)]
    [InlineData("a: [1 TO 2", 10)]
    [InlineData("a: /x(/", 5)]
    public void Parse_BrokenQuery_SaysWhere(string query, int offset)
    {
        ParseResult result = QueryParser.Parse(query);

        Assert.Null(result.Node);
        Assert.Equal(offset, result.Error!.Offset);
    }

    [Fact]
    public void Parse_TooLong_SaysSo()
    {
        QueryError? error = QueryParser.Parse(new string('a', LanguageLimits.MaxQueryLength + 1)).Error;

        Assert.Equal("a query of at most 16384 characters", error!.Expected);
    }

    [Fact]
    public void Parse_TooDeep_SaysSo()
    {
        string deep = new string('(', LanguageLimits.MaxDepth + 1) + "a" + new string(')', LanguageLimits.MaxDepth + 1);

        Assert.Equal("at most 64 levels of parentheses", QueryParser.Parse(deep).Error!.Expected);
        Assert.Null(QueryParser.Parse(deep[1..^1]).Error);
    }

    [Fact]
    public void Parse_TooManyClauses_SaysSo()
    {
        string many = string.Join(" or ", Enumerable.Repeat("a", LanguageLimits.MaxClauses + 1));

        Assert.Equal("at most 1024 clauses", QueryParser.Parse(many).Error!.Expected);
    }
}
