using LogView.Client.Contracts.Query;
using LogView.Client.Contracts.Search;
using LogView.Client.Language;

namespace LogView.Tests.Language;

public sealed class QueryNotesTests
{
    [Theory]
    [InlineData("a^2 b^3", "boost_ignored")]
    [InlineData("+a b", "optional_ignored")]
    [InlineData("+a b^2", "boost_ignored optional_ignored")]
    [InlineData("a OR b", "")]
    [InlineData("a AND (", "")]
    public void Of_LuceneQuery_SaysWhatIsLeftOut(string query, string codes) =>
        Assert.Equal(codes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(), QueryNotes.Of(query, QueryLanguage.Lucene).Select(n => n.Code).Order());

    [Theory]
    [InlineData("_exists_:*", "*")]
    [InlineData("_exists_:\\*", "\\*: *")]
    [InlineData("_exists_:ho*", "ho*: *")]
    public void Print_LuceneExists_IsThatField(string query, string printed) =>
        Assert.Equal(printed, QueryPrinter.Print(QueryParser.Parse(query, QueryLanguage.Lucene).Node!));

    [Fact]
    public void Of_MinusBeforeWord_SaysHowToLeaveOut() =>
        Assert.Equal("'-timeout' looks for the word; to leave it out write 'not timeout'.", Assert.Single(QueryNotes.Of("error -timeout", QueryLanguage.LogView)).Message);

    [Fact]
    public void Combine_QueryAndFilters_IsOneTree()
    {
        SearchFilter[] filters =
        [
            new() { Field = "host.name", Is = "web 03", Negate = true },
            new() { Field = "level", OneOf = ["error", "warn"] },
            new() { Field = "off", Is = "x", Disabled = true },
            new() { Field = "status", Gte = "500", Lt = "600" },
            new() { Field = "trace.id", Exists = false },
        ];

        QueryNode node = FilterNodes.Combine(QueryParser.Parse("timeout").Node!, filters);

        Assert.Equal(
            "timeout and not host.name: \"web 03\" and (level: \"error\" or level: \"warn\") and status: [500 TO 600} and not trace.id: *",
            QueryPrinter.Print(node));
    }

    [Fact]
    public void Combine_NothingNarrows_IsEverything() =>
        Assert.Equal(new MatchAllNode(), FilterNodes.Combine(new MatchAllNode(), [new SearchFilter { Field = "a", Is = "b", Disabled = true }]));

    [Fact]
    public void Error_OnALaterLine_HasLineAndColumn()
    {
        QueryError error = QueryParser.Parse("a and\n  b: \"open").Error!;

        Assert.Equal((2, 6, 11), (error.Line, error.Column, error.Offset));
    }
}
