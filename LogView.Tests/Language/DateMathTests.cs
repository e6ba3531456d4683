using LogView.Client.Contracts.Events;
using LogView.Client.Language;

namespace LogView.Tests.Language;

public sealed class DateMathTests
{
    private static readonly Timestamp Now = new(1_795_323_000_123_456_789);

    [Theory]
    [InlineData("now", "2026-11-22T04:50:00.123456789Z")]
    [InlineData("now-1s", "2026-11-22T04:49:59.123456789Z")]
    [InlineData("now/m", "2026-11-22T04:50:00.000000000Z")]
    [InlineData("now/w", "2026-11-16T00:00:00.000000000Z")]
    [InlineData("2026", "2026-01-01T00:00:00.000000000Z")]
    [InlineData("2026-11", "2026-11-01T00:00:00.000000000Z")]
    [InlineData("2026/11/22", "2026-11-22T00:00:00.000000000Z")]
    [InlineData("2026-11-22 05:02", "2026-11-22T05:02:00.000000000Z")]
    [InlineData("2026-11-22T05:02:11,5", "2026-11-22T05:02:11.500000000Z")]
    [InlineData("2026-11-22T05:02:11.123456789Z", "2026-11-22T05:02:11.123456789Z")]
    [InlineData("2026-11-22T05:02:11+09:00", "2026-11-21T20:02:11.000000000Z")]
    [InlineData("2026-11-22T05:02:11-0330", "2026-11-22T08:32:11.000000000Z")]
    [InlineData("14:02:11.120", "2026-11-22T14:02:11.120000000Z")]
    [InlineData("2024-02-29||+1y", "2025-02-28T00:00:00.000000000Z")]
    [InlineData("2262", "2262-01-01T00:00:00.000000000Z")]
    [InlineData("2262-04-11T23:47:16.854775807Z", "2262-04-11T23:47:16.854775807Z")]
    [InlineData("1677-09-21T00:12:43.145224192Z", "1677-09-21T00:12:43.145224192Z")]
    public void Resolve_Text_IsTheInstant(string text, string expected) =>
        Assert.Equal(expected, DateMath.Resolve(text, Now, TimeZoneInfo.Utc).Value?.ToString());

    [Theory]
    [InlineData("now/h", "2026-11-22T04:59:59.999999999Z")]
    [InlineData("2026-11", "2026-11-30T23:59:59.999999999Z")]
    [InlineData("2026-11-22", "2026-11-22T23:59:59.999999999Z")]
    [InlineData("2026-11-22T05:02", "2026-11-22T05:02:59.999999999Z")]
    [InlineData("2026-11-22T05:02:11.12", "2026-11-22T05:02:11.129999999Z")]
    [InlineData("2026-11-22T05:02:11.123456789", "2026-11-22T05:02:11.123456789Z")]
    [InlineData("2026-11-22||+1d", "2026-11-23T00:00:00.000000000Z")]
    [InlineData("2262-04", "2262-04-11T23:47:16.854775807Z")]
    [InlineData("2262-04-11T23:47:16.854775807Z", "2262-04-11T23:47:16.854775807Z")]
    public void Resolve_RoundUp_IsTheLastNanosecond(string text, string expected) =>
        Assert.Equal(expected, DateMath.Resolve(text, Now, TimeZoneInfo.Utc, roundUp: true).Value?.ToString());

    [Theory]
    [InlineData("Asia/Seoul", "now/d", "2026-11-21T15:00:00.000000000Z")]
    [InlineData("Asia/Seoul", "2026-11-22T05:00", "2026-11-21T20:00:00.000000000Z")]
    [InlineData("Asia/Kolkata", "now/h", "2026-11-22T04:30:00.000000000Z")]
    [InlineData("America/New_York", "2026-03-08||+1d", "2026-03-09T04:00:00.000000000Z")]
    [InlineData("America/New_York", "2026-03-08T02:30", "2026-03-08T07:30:00.000000000Z")]
    [InlineData("America/New_York", "2026-11-01T01:30", "2026-11-01T05:30:00.000000000Z")]
    [InlineData("America/New_York", "2026-11-01||+24h", "2026-11-02T04:00:00.000000000Z")]
    [InlineData("America/New_York", "2026-11-01||+1d", "2026-11-02T05:00:00.000000000Z")]
    public void Resolve_InZone_FollowsItsCalendar(string zone, string text, string expected) =>
        Assert.Equal(expected, DateMath.Resolve(text, Now, TimeZoneInfo.FindSystemTimeZoneById(zone)).Value?.ToString());

    [Theory]
    [InlineData("", "expected a date or 'now', found nothing")]
    [InlineData("yesterday", "expected a date or 'now', found 'yesterday'")]
    [InlineData("2026-02-30", "expected a date or 'now', found '2026-02-30'")]
    [InlineData("now*1d", "expected '+', '-' or '/' at 4, found '*'")]
    [InlineData("now-15", "expected a unit (y, M, w, d, h, m, s or ms) at 7, found end")]
    [InlineData("now-15H", "expected a unit (y, M, w, d, h, m, s or ms) at 7, found 'H'")]
    [InlineData("now/2d", "expected a unit after '/' at 5, found '2'")]
    [InlineData("now-1234567890d", "expected a number of at most 9 digits at 5")]
    [InlineData("now+900y", "expected an instant between the years 1677 and 2262")]
    public void Resolve_Broken_SaysWhatWasExpected(string text, string error) =>
        Assert.Equal(error, DateMath.Resolve(text, Now, TimeZoneInfo.Utc).Error);
}
