using LogView.Client.Contracts.Events;
using LogView.Server.Tail;
using LogView.Server.Tail.Others;

namespace LogView.Tests.Tail;

public class TailPositionTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1_795_000_000_000)]
    [InlineData(long.MaxValue, 9_223_372_036_854)]
    public void TryParse_WrittenPosition_IsTheSame(long sequence, long milliseconds)
    {
        var position = new TailPosition(sequence, Timestamp.FromUnixMilliseconds(milliseconds));

        Assert.True(TailPosition.TryParse(position.ToString(), out TailPosition read, out string? error), error);
        Assert.Equal(position, read);
    }

    [Fact]
    public void TryParse_PositionWithOthers_IsTheSame()
    {
        var position = new TailPosition(long.MaxValue, Timestamp.FromUnixMilliseconds(9_223_372_036_854), new OtherPosition("0123456789abcdef", long.MaxValue));

        Assert.True(TailPosition.TryParse(position.ToString(), out TailPosition read, out string? error), error);
        Assert.Equal(position, read);
    }

    [Theory]
    [InlineData("1-2-3")]
    [InlineData("1-2-0123456789abcdef")]
    [InlineData("1-2-0123456789abcdef-")]
    [InlineData("1-2-0123456789abcde-3")]
    [InlineData("1-2-0123456789abcdef-3-4")]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("12")]
    [InlineData("12-")]
    [InlineData("-12")]
    [InlineData("12-x")]
    [InlineData("1 2-3")]
    [InlineData("+1-3")]
    [InlineData("1--3")]
    [InlineData("1-9223372036855")]
    [InlineData("9223372036854775808-1")]
    [InlineData("00000000000000000000000000000000000001-1")]
    public void TryParse_AnythingElse_SaysWhatWasExpected(string? text)
    {
        Assert.False(TailPosition.TryParse(text, out _, out string? error));
        Assert.Equal("'position' is not a place in the live tail: expected the 'position' of a status", error);
    }
}
