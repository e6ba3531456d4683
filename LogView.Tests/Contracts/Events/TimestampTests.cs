using LogView.Client.Contracts.Events;

namespace LogView.Tests.Contracts.Events;

public sealed class TimestampTests
{
    [Theory]
    [InlineData(0, "1970-01-01T00:00:00.000000000Z")]
    [InlineData(1, "1970-01-01T00:00:00.000000001Z")]
    [InlineData(-1, "1969-12-31T23:59:59.999999999Z")]
    [InlineData(long.MinValue, "1677-09-21T00:12:43.145224192Z")]
    [InlineData(long.MaxValue, "2262-04-11T23:47:16.854775807Z")]
    [InlineData(1793491200123456789, "2026-11-01T00:00:00.123456789Z")]
    public void ToString_AnyInstant_HasNineDigitsInUtc(long nanoseconds, string expected)
    {
        Assert.Equal(expected, new Timestamp(nanoseconds).ToString());
    }
}
