using LogView.Client.Discover.Events;
using LogView.Tests.Testing;

namespace LogView.Tests.Discover.Events;

public class RowTextTests
{
    private static readonly string[] Columns = ["service.name", "message"];

    [Theory]
    [InlineData("one line", "one line", 0)]
    [InlineData("first\nsecond\nthird\n", "first", 2)]
    [InlineData("first\r\nsecond", "first", 1)]
    [InlineData("\n\n  indented\nmore", "indented", 3)]
    public void Message_Lines_FirstIsShownTheOthersCounted(string message, string shown, int more) =>
        Assert.Equal(new RowText(shown, more, IsSummary: false), RowText.Message(SomeHit.Of(1, message), Columns));

    [Theory]
    [InlineData("a\nb\nc\nd", "a\nb\nc", 1)]
    [InlineData("a\nb", "a\nb", 0)]
    [InlineData("a", "a", 0)]
    public void Message_RowOfThreeLines_ShowsThree(string message, string shown, int more) =>
        Assert.Equal(new RowText(shown, more, IsSummary: false), RowText.Message(SomeHit.Of(1, message), Columns, lines: 3));

    [Fact]
    public void Message_SeparateStackTrace_IsCounted() =>
        Assert.Equal(3, RowText.Message(SomeHit.Of(1, "boom", "error", ("error.stack_trace", "a\nb\nc")), Columns).MoreLines);

    [Fact]
    public void Message_StackTraceInTheMessage_IsCountedOnce() =>
        Assert.Equal(2, RowText.Message(SomeHit.Of(1, "boom\na\nb", "error", ("error.stack_trace", "a\nb")), Columns).MoreLines);

    [Fact]
    public void Message_None_SumsUpWhatIsNotAColumn()
    {
        RowText row = RowText.Message(SomeHit.Of(1, message: null, "info", ("n", 5), ("tags", new[] { "a", "b" })), Columns);

        Assert.Equal(new RowText("n: 5  tags: a, b", 0, IsSummary: true), row);
    }

    [Fact]
    public void Message_Megabyte_IsCutAtAWholeCharacter()
    {
        string shown = RowText.Message(SomeHit.Of(1, string.Concat(Enumerable.Repeat("😀", 500_000))), Columns).Text;

        Assert.InRange(shown.Length, RowText.MaxMessage - 1, RowText.MaxMessage + 1);
        Assert.DoesNotContain(shown, c => c == '\uFFFD');
        Assert.True(char.IsLowSurrogate(shown[^2]));
    }

    [Fact]
    public void Value_SeveralValues_AreJoined() => Assert.Equal("a, b", RowText.Value(SomeHit.Of(1, fields: ("tags", new[] { "a", "b" })), "tags"));

    [Fact]
    public void Value_Missing_IsEmpty() => Assert.Equal("", RowText.Value(SomeHit.Of(1), "nope"));
}
