using LogView.Client.Contracts.Events;
using LogView.Client.Shared.Timing;
using LogView.Tests.Testing;

namespace LogView.Tests.Shared.Timing;

public class ZoneTimeTests
{
    private static readonly TimeZoneInfo Seoul = ZoneTime.Zone("Asia/Seoul");

    [Fact]
    public void Formats_Instant_AreInTheZone()
    {
        var instant = new Timestamp(SomeHit.Noon.UnixNanoseconds + 482_000_001);

        Assert.Equal("21:00:00.482", ZoneTime.TimeOfDay(instant, Seoul));
        Assert.Equal("11-22 21:00:00.482", ZoneTime.Of(instant, Seoul, DatePart.Day));
        Assert.Equal("2026-11-22 21:00:00.482", ZoneTime.Of(instant, Seoul, DatePart.Year));
        Assert.Equal("2026-11-22 21:00:00.482000001 +09:00", ZoneTime.Full(instant, Seoul));
        Assert.Equal("2026-11-22 21:00:00", ZoneTime.Short(instant, Seoul));
        Assert.Equal("2026-11-22 21:00", ZoneTime.Short(SomeHit.Noon, Seoul));
    }

    [Theory]
    [InlineData("2026-11-22T15:00:00Z", "2026-11-23T14:59:59Z", DatePart.None)]
    [InlineData("2026-11-22T14:59:59Z", "2026-11-22T15:00:01Z", DatePart.Day)]
    [InlineData("2025-11-24T00:00:00Z", "2026-11-22T12:00:00Z", DatePart.Day)]
    [InlineData("2025-11-22T12:00:00Z", "2026-11-22T12:00:00Z", DatePart.Year)]
    [InlineData(null, "2026-11-22T12:00:00Z", DatePart.Year)]
    public void Between_Range_SaysOfTheDateWhatItsInstantsNeed(string? from, string to, DatePart expected) =>
        Assert.Equal(expected, DateParts.Between(ZoneTime.Instant(from), ZoneTime.Instant(to), Seoul));

    [Fact]
    public void Between_AllOfTime_ShowsTheYear() => Assert.Equal(DatePart.Year, DateParts.Between(Timestamp.MinValue, Timestamp.MaxValue, Seoul));

    [Fact]
    public void Zone_UnknownName_IsUtc()
    {
        Assert.Equal(TimeZoneInfo.Utc, ZoneTime.Zone("Mars/Olympus"));
        Assert.Equal(TimeZoneInfo.Utc, ZoneTime.Zone(null));
    }

    [Theory]
    [InlineData("now-15m")]
    [InlineData("2026-11-22")]
    [InlineData("2026-11-22 14:00")]
    [InlineData("2026-11-22T14:00:00")]
    [InlineData(null)]
    public void Instant_NotAnInstant_IsNull(string? text) => Assert.Null(ZoneTime.Instant(text));

    [Theory]
    [InlineData("2026-11-22T12:00:00Z")]
    [InlineData("2026-11-22T12:00:00.000000000Z")]
    [InlineData("2026-11-22T21:00:00+09:00")]
    public void Instant_Rfc3339_IsRead(string text) => Assert.Equal(SomeHit.Noon, ZoneTime.Instant(text));

    [Fact]
    public void City_Name_IsItsLastPart() => Assert.Equal("Buenos Aires", ZoneTime.City("America/Argentina/Buenos_Aires"));
}
