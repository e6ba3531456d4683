using System.Text;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Tail;
using LogView.Server.Tail;

namespace LogView.Tests.Tail;

public class TailRowsTests
{
    [Fact]
    public void Of_UsualEvent_HasWhatAListShows()
    {
        TailRow row = TailRows.Of(
            Event("""{"message":"hello","service":{"name":"shop"},"log.level":"error","tags":["a","b"],"n":7}""", "{}"), ["n", "tags", "none"]);

        Assert.Equal(("hello", "error", "shop", false, 1), (row.Message, row.Level, row.Service, row.IsCut, row.Lines));
        Assert.Equal(["7", "a, b", null], row.Values);
        Assert.Equal(("e1", "logs-a", "1795000000123456789", 42L), (row.Id, row.DataStream, row.TimestampNs, row.Sequence));
    }

    [Theory]
    [InlineData("""{"msg":"second choice"}""", "second choice")]
    [InlineData("""{"message":"","msg":"not empty"}""", "not empty")]
    [InlineData("""{"status":200}""", """{"status":200}""")]
    public void Of_WithoutMessage_TakesTheNextText(string source, string message)
    {
        Assert.Equal(message, TailRows.Of(Event(source), []).Message);
    }

    [Fact]
    public void Of_UnknownLevel_IsNoLevel()
    {
        Assert.Null(TailRows.Of(Event("""{"log.level":"loud"}"""), []).Level);
    }

    [Fact]
    public void Of_DerivedLevel_Wins()
    {
        Assert.Equal("warn", TailRows.Of(Event("""{"log.level":"WARNING"}""", """{"log.level":"warn"}"""), []).Level);
    }

    [Fact]
    public void Of_LongText_IsCutBetweenCharactersAndCountsItsLines()
    {
        string text = new string('x', TailRow.MaxMessageLength - 1) + "🙂\nsecond\nthird\n";

        TailRow row = TailRows.Of(Event($$"""{"message":{{System.Text.Json.JsonSerializer.Serialize(text)}}}"""), []);

        Assert.True(row.IsCut);
        Assert.Equal(new string('x', TailRow.MaxMessageLength - 1), row.Message);
        Assert.Equal(3, row.Lines);
    }

    private static LogEvent Event(string source, string derived = "") => new()
    {
        Id = new EventId("e1"),
        DataStream = DataStreamName.Parse("logs-a"),
        Timestamp = new Timestamp(1_795_000_000_123_456_789),
        Sequence = 42,
        Source = Encoding.UTF8.GetBytes(source),
        Derived = Encoding.UTF8.GetBytes(derived),
    };
}
