using CsCheck;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Query;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Time;
using LogView.Client.Discover.State;
using LogView.Client.Shared.Timing;
using LogView.Tests.Testing;

namespace LogView.Tests.Discover.State;

public class DiscoverUrlTests
{
    private static readonly string?[] Ends = [null, "now", "now-15m", "now/d", "2026-11-22T05:02:11.482000000Z", "2026-11-22 14:00"];
    private static readonly string?[] Zones = [null, "UTC", "Asia/Seoul", "America/New_York"];
    private static readonly Gen<string?> End = Gen.Int[0, Ends.Length - 1].Select(i => Ends[i]);

    private static readonly Gen<HistogramInterval?> Interval = Gen.OneOf(
        Gen.Const((HistogramInterval?)null),
        Gen.Long[1, long.MaxValue].Select(n => (HistogramInterval?)new HistogramInterval.Fixed(n)),
        Gen.Enum<CalendarUnit>().Select(u => (HistogramInterval?)new HistogramInterval.Calendar(u)));

    private static readonly Gen<string?> Optional = Gen.OneOf(Gen.Const((string?)null), Generators.FieldName.Select(t => (string?)t));

    private static readonly Gen<DiscoverState> AnyState = Gen.Select(
        Gen.Select(Generators.AwkwardText, Gen.Enum<QueryLanguage>(), Gen.OneOf(Gen.Const((string?)null), Generators.FieldName.Select(t => (string?)t))),
        Generators.Filter.Array[0, 4],
        Generators.FieldName.Array[0, 5].Select(c => c.Distinct(StringComparer.Ordinal).ToArray()),
        Gen.Select(Generators.FieldName, Gen.Enum<SortOrder>()),
        Gen.Select(End, End),
        Gen.Int[0, Zones.Length - 1].Select(i => Zones[i]),
        Interval,
        Gen.Select(Optional, Optional, Gen.Enum<RowHeight>(), Gen.Int[0, 3_000].Array[0, 6], Optional, Gen.Select(Gen.Bool, Gen.Bool)),
        (query, filters, columns, sort, range, zone, interval, looks) => new DiscoverState
        {
            Query = query.Item1,
            Language = query.Item2,
            DataStream = query.Item3,
            Filters = filters,
            Columns = columns,
            Widths = columns.Zip(looks.Item4).Where(w => w.Second > 0).ToDictionary(w => w.First, w => Math.Clamp(w.Second, ColumnWidths.Least, ColumnWidths.Most), StringComparer.Ordinal),
            RowHeight = looks.Item3,
            Split = DiscoverState.Default.WithSplit(looks.Item5).Split,
            LogScale = looks.Item6.Item1,
            Fold = looks.Item6.Item2,
            Sort = new SortField(sort.Item1, sort.Item2),
            Range = new TimeRangeExpression(range.Item1, range.Item2),
            Zone = zone,
            Interval = interval,
            View = looks.Item1,
            Event = looks.Item2 is { } id ? new EventLink(DataStreamName.Parse("logs-a-b"), new EventId(id)) : null,
        });

    [Fact]
    public void ReadAfterWrite_AnyState_GivesItBack() => AnyState.Sample(s => DiscoverUrl.Read(DiscoverUrl.Write(s)) == s, seed: Seed.Value);

    [Fact]
    public void WriteAfterRead_AnyState_GivesTheSameAddress() =>
        AnyState.Sample(s => DiscoverUrl.Write(DiscoverUrl.Read(DiscoverUrl.Write(s))) == DiscoverUrl.Write(s), seed: Seed.Value);

    [Fact]
    public void Read_AnyText_NeverThrows() => Generators.AwkwardText.Sample(t => _ = DiscoverUrl.Read("/discover?q=" + t + "&f=" + t + "&cols=" + t + "&sort=" + t), seed: Seed.Value);

    [Fact]
    public void Write_Default_IsThePathAlone() => Assert.Equal("/discover", DiscoverUrl.Write(DiscoverState.Default));

    [Fact]
    public void Write_OrdinaryState_IsReadable()
    {
        var state = new DiscoverState
        {
            Query = "level: error",
            Filters = [new SearchFilter { Field = "host.name", Is = "web-03", Negate = true }],
            Range = new TimeRangeExpression("now-1h", null),
            Zone = "Asia/Seoul",
        };

        Assert.Equal("/discover?q=level:+error&f=!is:host.name:web-03&from=now-1h&to=*&tz=Asia/Seoul", DiscoverUrl.Write(state));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("http://127.0.0.1:5700/discover")]
    [InlineData("/discover?tz=Mars/Olympus&interval=7x&lang=sql&f=what&sort=up")]
    public void Read_NothingReadable_IsTheDefault(string address) => Assert.Equal(DiscoverState.Default, DiscoverUrl.Read(address));

    [Fact]
    public void Read_AllTime_DiffersFromTheDefaultRange()
    {
        DiscoverState all = DiscoverState.Default with { Range = QuickRanges.AllTime };

        Assert.Equal(QuickRanges.AllTime, DiscoverUrl.Read(DiscoverUrl.Write(all)).Range);
    }
}
