using LogView.Client.Contracts.Time;
using LogView.Client.Discover.State;

namespace LogView.Tests.Discover.State;

public class IntervalTextTests
{
    [Theory]
    [InlineData("1s", 1_000_000_000)]
    [InlineData("90s", 90_000_000_000)]
    [InlineData("2h", 7_200_000_000_000)]
    [InlineData("250ms", 250_000_000)]
    [InlineData("7ns", 7)]
    public void Read_Fixed_GivesItsWidth(string text, long nanoseconds)
    {
        var interval = new HistogramInterval.Fixed(nanoseconds);

        Assert.Equal(interval, IntervalText.Read(text));
        Assert.Equal(text, IntervalText.Write(interval));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("auto")]
    [InlineData("s")]
    [InlineData("0s")]
    [InlineData("5x")]
    [InlineData("99999999999999999999s")]
    [InlineData("9999999999h")]
    public void Read_NoInterval_GivesNull(string? text) => Assert.Null(IntervalText.Read(text));

    [Fact]
    public void Choices_All_CanBeRead() => Assert.All(IntervalText.Choices, c => Assert.Equal(c, IntervalText.Write(IntervalText.Read(c))));
}
