using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Time;

namespace LogView.Tests.Conformance;

/// <summary>Time ranges are half-open and exact to the nanosecond, from 1677 to 2262.</summary>
public abstract class TimeConformance : WriteConformance
{
    [Theory]
    [InlineData("2026-11-01T10:00:00Z", "2026-11-01T10:00:00.000000002Z", "a b")]
    [InlineData("2026-11-01T10:00:00.000000001Z", "2026-11-01T10:00:00.000000002Z", "b")]
    [InlineData("2026-11-01T10:00:00.000000001Z", "2026-11-01T10:00:00.000000001Z", "")]
    [InlineData("2026-11-01T10:00:00.000000002Z", "2026-11-01T10:00:00.000000003Z", "c")]
    [InlineData("2026-11-01T10:00:00.000000003Z", "2026-11-01T11:00:00Z", "")]
    [InlineData("2026-11-01T11:00:00Z", "2026-11-01T10:00:00Z", "")]
    public async Task Range_Edges_IncludeFromAndExcludeTo(string from, string to, string expected)
    {
        await WriteAsync(
            Event("2026-11-01T10:00:00Z", id: "a"),
            Event("2026-11-01T10:00:00.000000001Z", id: "b"),
            Event("2026-11-01T10:00:00.000000002Z", id: "c"));

        SearchResult result = await SearchAsync(All with { Range = Range(from, to), Sort = [new SortField("@timestamp", SortOrder.Asc)] });

        Assert.Equal(expected, Ids(result));
        Assert.Equal(result.Hits.Count, result.Total!.Value.Value);
    }

    [Fact]
    public async Task Range_FarPastAndFuture_AreKeptAndFound()
    {
        await WriteAsync(
            Event(Timestamp.MinValue, id: "first"),
            Event("1969-12-31T23:59:59.999999999Z", id: "before-epoch"),
            Event("1970-01-01T00:00:00Z", id: "epoch"),
            Event(Timestamp.MaxValue, id: "last"));

        Assert.Equal("first before-epoch epoch last", await FoundAsync("*"));
        Assert.Equal("before-epoch", Ids(await SearchAsync(All with { Range = new TimeRange(new Timestamp(-1), new Timestamp(0)) })));
        Assert.Equal("last", Ids(await SearchAsync(All with { Range = new TimeRange(new Timestamp(1), Timestamp.MaxValue) })));
        Assert.Equal("first", Ids(await SearchAsync(All with { Range = new TimeRange(Timestamp.MinValue, new Timestamp(-1)) })));
    }

    [Fact]
    public async Task Range_LateEvents_AreFoundWhereTheyBelong()
    {
        await WriteAsync(Event("2026-11-01T10:00:00Z", id: "now"));
        await WriteAsync(Event("2026-10-01T10:00:00Z", id: "late"));
        await WriteAsync(Event("2026-12-01T10:00:00Z", id: "early"));

        Assert.Equal("late now early", await FoundAsync("*"));
        Assert.Equal("late", Ids(await SearchAsync(All with { Range = Range("2026-09-01T00:00:00Z", "2026-11-01T00:00:00Z") })));
    }

    [Theory]
    [InlineData("@timestamp >= \"2026-11-01T10:00:00.000000001Z\"", "b c")]
    [InlineData("@timestamp > \"2026-11-01T10:00:00.000000001Z\"", "c")]
    [InlineData("@timestamp < \"2026-11-01T10:00:00.000000001Z\"", "a")]
    [InlineData("@timestamp <= \"2026-11-01T10:00:00.000000001Z\"", "a b")]
    public async Task Query_TimestampComparison_IsExactToTheNanosecond(string query, string expected)
    {
        await WriteAsync(
            Event("2026-11-01T10:00:00Z", id: "a"),
            Event("2026-11-01T10:00:00.000000001Z", id: "b"),
            Event("2026-11-01T10:00:00.000000002Z", id: "c"));

        Assert.Equal(expected, await FoundAsync(query));
    }
}
