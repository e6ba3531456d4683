using Bunit;
using LogView.Client.Contracts.Events;
using LogView.Client.Tailing;
using LogView.Tests.Testing;

namespace LogView.Tests.Tailing;

/// <summary>One event beside the stream, also one that is odd.</summary>
public class TailDetailTests : UiTest
{
    [Fact]
    public void Json_LoneSurrogate_IsShownAsItWasSent()
    {
        IRenderedComponent<TailDetail> detail = Render<TailDetail>(p => p.Add(d => d.Event, Event("""{"message":"half \ud83d of a pair"}""")));

        detail.FindAll("header button").Single(b => b.TextContent == "JSON").Click();

        Assert.Contains("\\ud83d", detail.Find("pre").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_OtherScripts_AreIndentedAndReadable()
    {
        IRenderedComponent<TailDetail> detail = Render<TailDetail>(p => p.Add(d => d.Event, Event("""{"message":"결제 <b>","n":1.50}""")));

        detail.FindAll("header button").Single(b => b.TextContent == "JSON").Click();

        Assert.Equal("{\n  \"message\": \"결제 <b>\",\n  \"n\": 1.50\n}", detail.Find("pre").TextContent.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Value_ColoursOfATerminal_AreShownAsColours()
    {
        IRenderedComponent<TailDetail> detail = Render<TailDetail>(p => p.Add(d => d.Event, Event("""{"message":"it is \u001b[31mred\u001b[0m <b>"}""")));

        Assert.Equal("it is red <b>", detail.Find("tbody tr:last-child td").TextContent);
        Assert.Equal("red", detail.Find("tbody [class*=lv-ansi]").TextContent);
    }

    private static LogEvent Event(string source) => new()
    {
        Id = new EventId("one"), DataStream = DataStreamName.Parse("logs-any-default"), Timestamp = default, Sequence = 1, Source = System.Text.Encoding.UTF8.GetBytes(source),
    };
}
