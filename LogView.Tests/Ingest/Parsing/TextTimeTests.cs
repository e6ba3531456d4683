using LogView.Client.Contracts.Events;
using LogView.Server.Ingest.Parsing.Times;

namespace LogView.Tests.Ingest.Parsing;

public sealed class TextTimeTests
{
    [Theory]
    [InlineData("2026-11-22T05:02:11.482Z", "2026-11-22T05:02:11.482000000Z")]
    [InlineData("2026-11-22T14:02:11.482123456+09:00", "2026-11-22T05:02:11.482123456Z")]
    [InlineData("2026-11-22 14:02:11,482", "2026-11-22T14:02:11.482000000Z")]
    [InlineData("2026-11-22 14:02:11:482", "2026-11-22T14:02:11.482000000Z")]
    [InlineData("2026-11-22  14:02:11", "2026-11-22T14:02:11.000000000Z")]
    [InlineData("2026-11-22 14:02:11 +0900", "2026-11-22T05:02:11.000000000Z")]
    [InlineData("2026-11-22 14:02:11.482 UTC", "2026-11-22T14:02:11.482000000Z")]
    [InlineData("2026-11-22 14:02:11 KST", "2026-11-22T05:02:11.000000000Z")]
    [InlineData("2026-11-22 14:02:11-05", "2026-11-22T19:02:11.000000000Z")]
    [InlineData("2026-11-22T14:02Z", "2026-11-22T14:02:00.000000000Z")]
    [InlineData("2026/11/22 14:02:11", "2026-11-22T14:02:11.000000000Z")]
    [InlineData("2026.11.22 14:02:11.5", "2026-11-22T14:02:11.500000000Z")]
    [InlineData("2005-06-03-15.42.50.675872", "2005-06-03T15:42:50.675872000Z")]
    [InlineData("20261122T140211Z", "2026-11-22T14:02:11.000000000Z")]
    [InlineData("20261122 14:02:11.482", "2026-11-22T14:02:11.482000000Z")]
    [InlineData("20261122140211", "2026-11-22T14:02:11.000000000Z")]
    [InlineData("081109 203615", "2008-11-09T20:36:15.000000000Z")]
    [InlineData("261122  9:02:11", "2026-11-22T09:02:11.000000000Z")]
    [InlineData("17/06/09 20:10:40", "2017-06-09T20:10:40.000000000Z")]
    [InlineData("22/Nov/2026:14:02:11 +0900", "2026-11-22T05:02:11.000000000Z")]
    [InlineData("22-Nov-2026 14:02:11.482", "2026-11-22T14:02:11.482000000Z")]
    [InlineData("22 Nov 2026 14:02:11.482", "2026-11-22T14:02:11.482000000Z")]
    [InlineData("22 Nov 14:02:11.482", "2026-11-22T14:02:11.482000000Z")]
    [InlineData("22.11.2026 14:02:11", "2026-11-22T14:02:11.000000000Z")]
    [InlineData("11/22/2026 2:02:11 PM", "2026-11-22T14:02:11.000000000Z")]
    [InlineData("11/22/2026 12:02:11 AM", "2026-11-22T00:02:11.000000000Z")]
    [InlineData("22/11/2026 14:02:11", "2026-11-22T14:02:11.000000000Z")]
    [InlineData("03-17 16:13:38.811", "2026-03-17T16:13:38.811000000Z")]
    [InlineData("Nov 22 14:02:11", "2026-11-22T14:02:11.000000000Z")]
    [InlineData("Nov  2 14:02:11.5", "2026-11-02T14:02:11.500000000Z")]
    [InlineData("Nov 22 2025 14:02:11", "2025-11-22T14:02:11.000000000Z")]
    [InlineData("Nov 22, 2026 2:02:11 PM", "2026-11-22T14:02:11.000000000Z")]
    [InlineData("Sun Dec 04 04:47:44 2005", "2005-12-04T04:47:44.000000000Z")]
    [InlineData("Sun Nov 22 14:02:11.482123 2026", "2026-11-22T14:02:11.482123000Z")]
    [InlineData("Sun Nov 22 14:02:11 UTC 2026", "2026-11-22T14:02:11.000000000Z")]
    [InlineData("Sun, 22 Nov 2026 14:02:11 GMT", "2026-11-22T14:02:11.000000000Z")]
    [InlineData("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000000000Z")]
    public void TryRead_AKnownForm_GivesTheInstant(string text, string expected)
    {
        Assert.True(TextTime.TryRead(ParsingContext.Bytes(text), ParsingContext.Utc, out Timestamp timestamp, out int length));
        Assert.Equal(expected, timestamp.ToString());
        Assert.Equal(text.Length, length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-13-01 00:00:00")]
    [InlineData("2026-02-30 00:00:00")]
    [InlineData("2026-11-22 24:00:00")]
    [InlineData("2026-11-22 14:60:00")]
    [InlineData("2026-11-22")]
    [InlineData("0000-00-00 00:00:00")]
    [InlineData("9999-11-22 14:02:11")]
    [InlineData("Nov 31 14:02:11")]
    [InlineData("Nov 22 1402")]
    [InlineData("Novel 22 14:02:11")]
    [InlineData("192.168.0.1 - -")]
    [InlineData("1234567890 items")]
    [InlineData("12/34/56 78:90:12")]
    [InlineData("14:02:11 INFO")]
    public void TryRead_NotATime_Refuses(string text) =>
        Assert.False(TextTime.TryRead(ParsingContext.Bytes(text), ParsingContext.Utc, out _, out _));

    [Theory]
    [InlineData("Dec 31 23:59:58", "2027-01-01T00:00:10Z", "2026-12-31T23:59:58.000000000Z")]
    [InlineData("Jan  1 00:00:05", "2026-12-31T23:59:58Z", "2027-01-01T00:00:05.000000000Z")]
    [InlineData("Nov 22 18:00:00", "2026-11-22T15:00:00Z", "2025-11-22T18:00:00.000000000Z")]
    [InlineData("Feb 29 12:00:00", "2026-11-22T15:00:00Z", "2024-02-29T12:00:00.000000000Z")]
    [InlineData("Feb 29 12:00:00", "2103-11-22T15:00:00Z", "2096-02-29T12:00:00.000000000Z")]
    public void TryRead_NoYear_TakesTheNewestNotInTheFuture(string text, string now, string expected)
    {
        Assert.True(TextTime.TryRead(ParsingContext.Bytes(text), ParsingContext.At(now), out Timestamp timestamp, out _));
        Assert.Equal(expected, timestamp.ToString());
    }

    [Theory]
    [InlineData("14:02:11.482", "2026-11-22T15:00:00Z", "2026-11-22T14:02:11.482000000Z")]
    [InlineData("23:59:59.999", "2026-11-22T00:00:01Z", "2026-11-21T23:59:59.999000000Z")]
    public void TryRead_TimeOnly_TakesTheNewestDay(string text, string now, string expected)
    {
        Assert.True(TextTime.TryRead(ParsingContext.Bytes(text), ParsingContext.At(now), out Timestamp timestamp, out _, allowTimeOnly: true));
        Assert.Equal(expected, timestamp.ToString());
    }

    [Theory]
    [InlineData("2026-07-01 12:00:00", "America/New_York", "2026-07-01T16:00:00.000000000Z")]
    [InlineData("2026-11-22 12:00:00", "Asia/Seoul", "2026-11-22T03:00:00.000000000Z")]
    [InlineData("2026-03-08 02:30:00", "America/New_York", "2026-03-08T07:30:00.000000000Z")]
    [InlineData("2026-11-22T12:00:00Z", "Asia/Seoul", "2026-11-22T12:00:00.000000000Z")]
    public void TryRead_WithoutAnOffset_UsesTheZone(string text, string zone, string expected)
    {
        Assert.True(TextTime.TryRead(ParsingContext.Bytes(text), ParsingContext.At("2026-11-22T15:00:00Z", zone), out Timestamp timestamp, out _));
        Assert.Equal(expected, timestamp.ToString());
    }

    [Theory]
    [InlineData("1117838570", "2005-06-03T22:42:50.000000000Z")]
    [InlineData("1117838570.25", "2005-06-03T22:42:50.250000000Z")]
    [InlineData("1117838570123", "2005-06-03T22:42:50.123000000Z")]
    [InlineData("1117838570123456", "2005-06-03T22:42:50.123456000Z")]
    [InlineData("1117838570123456789", "2005-06-03T22:42:50.123456789Z")]
    public void EpochTime_DigitsOfAKnownUnit_GivesTheInstant(string text, string expected)
    {
        Assert.True(EpochTime.TryRead(ParsingContext.Bytes(text), out Timestamp timestamp));
        Assert.Equal(expected, timestamp.ToString());
    }

    [Theory]
    [InlineData("12345")]
    [InlineData("0000000001")]
    [InlineData("9999999999")]
    [InlineData("1117838570x")]
    [InlineData("99999999999999999999")]
    public void EpochTime_AnotherNumber_Refuses(string text) => Assert.False(EpochTime.TryRead(ParsingContext.Bytes(text), out _));
}
