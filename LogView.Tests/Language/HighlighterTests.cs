using LogView.Client.Language;

namespace LogView.Tests.Language;

public sealed class HighlighterTests
{
    [Theory]
    [InlineData("refused", "message", "Connection [refused] by peer")]
    [InlineData("REFUSED peer", "message", "Connection [refused] by [peer]")]
    [InlineData("\"refused by\"", "message", "Connection [refused by] peer")]
    [InlineData("\"peer refused\"~3", "message", "Connection [refused] by [peer]")]
    [InlineData("conn*", "message", "[Connection] refused by peer")]
    [InlineData("message: /ref\\w+/", "message", "Connection [refused] by peer")]
    [InlineData("not refused", "message", "Connection refused by peer")]
    [InlineData("host.name: refused", "message", "Connection refused by peer")]
    [InlineData("refused or nothing", "message", "Connection [refused] by peer")]
    [InlineData("결제", "message", "주문 [결제]실패 [결제]")]
    [InlineData("실패", "message", "주문 결제[실패] 결제")]
    [InlineData("host.name: web-1", "host.name", "[web-1]")]
    [InlineData("host.name: web-*", "host.name", "[web-1]")]
    [InlineData("web", "host.name", "web-1")]
    [InlineData("host: { name: web-1 }", "host.name", "[web-1]")]
    public void Ranges_Query_MarksWhatMatched(string query, string field, string marked)
    {
        string text = marked.Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);
        string found = text;
        foreach (TextRange range in Highlighter.Ranges(QueryParser.Parse(query).Node!, field, text).Reverse())
        {
            found = found.Insert(range.End, "]").Insert(range.Start, "[");
        }

        Assert.Equal(marked, found);
    }
}
