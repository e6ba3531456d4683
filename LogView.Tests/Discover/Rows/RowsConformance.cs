using System.Globalization;
using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Time;
using LogView.Client.Discover.Events;
using LogView.Client.Discover.Rows;
using LogView.Client.Discover.Run;
using LogView.Client.Discover.State;
using LogView.Server.Search;
using LogView.Tests.Conformance;
using LogView.Tests.Search;
using LogView.Tests.Testing;
using Microsoft.Extensions.Time.Testing;

namespace LogView.Tests.Discover.Rows;

/// <summary>Rows by position against the sorted list of all events, on each engine: thousands close together, thousands at one instant, long gaps.</summary>
public abstract class RowsConformance(ITestOutputHelper output) : StoreHarness
{
    /// <summary>Places from which the next error is looked for.</summary>
    private const int Jumps = 6;

    /// <summary>More than a cluster gives at once.</summary>
    private const int Total = 12_000;
    private static readonly Viewer Anyone = new("ann", Rights.Search, ["*"]);
    private static readonly DiscoverState TwoDays = DiscoverState.Default with { Range = new TimeRangeExpression("now-2d", "now") };
    private readonly FakeLog _log = new();
    private readonly int _seed = Seed.Value is { } seed ? int.Parse(seed, CultureInfo.InvariantCulture) : Random.Shared.Next();
    private List<LogEvent> _events = [];

    [Theory]
    [InlineData("@timestamp", SortOrder.Desc)]
    [InlineData("@timestamp", SortOrder.Asc)]
    [InlineData("status", SortOrder.Desc)]
    public async Task Rows_JumpedTo_AreThoseOfTheSortedList(string field, SortOrder order)
    {
        Random random = Begin();
        await FillAsync(random);
        using DiscoverSearch search = await RunAsync(TwoDays with { Sort = new SortField(field, order) });
        string[] expected = Sorted(field, order);

        Assert.Equal(expected.Length, search.View.Rows.Total);
        for (int jump = 0; jump < 30; jump++)
        {
            int first = jump == 0 ? expected.Length - 50 : random.Next(expected.Length - 50);
            await search.ShowRowsAsync(first, 50);

            Assert.Equal(expected.Skip(first).Take(50), Enumerable.Range(first, 50).Select(i => search.View.Rows[i]?.Event.Id.Value));
            Assert.True(search.View.Rows.Hits.Count() <= RowLimits.MaxHeld, "Rows that are far away are let go of.");
        }
    }

    [Fact]
    public async Task Move_FarAwayWhileOtherRowsAreDrawn_EndsAtItsRow()
    {
        await FillAsync(Begin());
        using DiscoverSearch search = await RunAsync(TwoDays with { Sort = new SortField("status", SortOrder.Desc) });
        string[] expected = Sorted("status", SortOrder.Desc);
        AwaitedMove move = new(search, new Selection());
        bool isShown = false;

        Task<bool> moving = move.ToAsync(Total - 1, () =>
        {
            isShown = true;
            return Task.CompletedTask;
        });
        // As a table does whose size changes: it asks for the rows it shows.
        await search.ShowRowsAsync(0, 50);

        Assert.True(await moving);
        Assert.True(isShown, "The table goes there at once.");
        Assert.Equal(expected[^1], search.View.Rows[Total - 1]?.Event.Id.Value);
    }

    [Fact]
    public async Task Move_ThatAnotherFollows_LeavesTheSelectionToIt()
    {
        await FillAsync(Begin());
        using DiscoverSearch search = await RunAsync(TwoDays with { Sort = new SortField("status", SortOrder.Desc) });
        AwaitedMove move = new(search, new Selection());

        Task<bool> first = move.ToAsync(Total - 1, () => Task.CompletedTask), second = move.ToAsync(0, () => Task.CompletedTask);

        Assert.False(await first);
        Assert.True(await second);
    }

    [Fact]
    public async Task Move_AfterWhichARowIsChosen_LeavesItSelected()
    {
        await FillAsync(Begin());
        using DiscoverSearch search = await RunAsync(TwoDays with { Sort = new SortField("status", SortOrder.Desc) });
        Selection selection = new();

        Task<bool> moving = new AwaitedMove(search, selection).ToAsync(Total - 1, () => Task.CompletedTask);
        selection.Select(search.View.Rows[0]!);

        Assert.False(await moving);
    }

    [Fact]
    public async Task Move_AfterWhichAnotherSearchRuns_SelectsNothingOfIt()
    {
        await FillAsync(Begin());
        using DiscoverSearch search = await RunAsync(TwoDays with { Sort = new SortField("status", SortOrder.Desc) });

        Task<bool> moving = new AwaitedMove(search, new Selection()).ToAsync(Total - 1, () => Task.CompletedTask);
        await search.RunAsync(TwoDays, "UTC", Anyone);

        Assert.False(await moving);
    }

    [Fact]
    public async Task Move_WithoutRows_GoesNowhere()
    {
        using DiscoverSearch search = await RunAsync(TwoDays);

        Assert.True(await new AwaitedMove(search, new Selection()).ToAsync(-1, () => throw new InvalidOperationException("There is no row to go to.")));
    }

    [Fact]
    public async Task Rows_ScrolledThroughWhileEventsCome_ComeOnceEach()
    {
        Random random = Begin();
        await FillAsync(random);
        using DiscoverSearch search = await RunAsync(TwoDays);
        string[] expected = Sorted("@timestamp", SortOrder.Desc);
        List<string> seen = [];

        for (int first = 0; first < search.View.Rows.Total; first += 100)
        {
            await search.ShowRowsAsync(first, 100);
            seen.AddRange(Enumerable.Range(first, Math.Min(100, search.View.Rows.Total - first)).Select(i => search.View.Rows[i]!.Event.Id.Value));
            // One that is new, and one that is late: it may be among the rows that are still to come, but moves none of the others.
            await AddAsync(Event(Now), Event(Now.Add(TimeSpan.FromMinutes(-random.Next(2_880)))));
        }

        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Equal(expected, seen.Where(expected.ToHashSet().Contains));
    }

    [Fact]
    public async Task Rows_LookedAtAgainAfterEventsCame_HaveNoneTwice()
    {
        Random random = Begin();
        await FillAsync(random);
        using DiscoverSearch search = await RunAsync(TwoDays);

        for (int jump = 0; jump < 40; jump++)
        {
            await AddAsync([.. Enumerable.Range(0, 20).Select(_ => Event(Now.Add(TimeSpan.FromSeconds(-random.Next(172_800)))))]);
            int first = random.Next(search.View.Rows.Total - 600);
            await search.ShowRowsAsync(first, 600);

            Hit[] rows = [.. Enumerable.Range(first, 600).Select(i => search.View.Rows[i]!)];
            Assert.Equal(600, rows.Select(r => r.Event.Id).Distinct().Count());
            Assert.Equal(rows.OrderByDescending(r => r.Event.Timestamp).ThenByDescending(r => r.Event.Sequence).Select(r => r.Event.Id), rows.Select(r => r.Event.Id));
        }
    }

    [Theory]
    [InlineData(SortOrder.Desc)]
    [InlineData(SortOrder.Asc)]
    public async Task Rows_FoundByTime_AreTheFirstOfIt(SortOrder order)
    {
        Random random = Begin();
        await FillAsync(random);
        using DiscoverSearch search = await RunAsync(TwoDays with { Sort = new SortField("@timestamp", order) });
        LogEvent[] sorted = [.. InOrder("@timestamp", order)];

        for (int jump = 0; jump < 15; jump++)
        {
            Timestamp instant = Now.Add(TimeSpan.FromMilliseconds(-random.Next(172_800_000)));
            int expected = Array.FindIndex(sorted, e => order == SortOrder.Desc ? e.Timestamp <= instant : e.Timestamp >= instant);

            int? found = await search.FindRowAsync(instant);

            Assert.Equal(expected < 0 ? sorted.Length - 1 : expected, Math.Min(found!.Value, sorted.Length - 1));
        }
    }

    [Theory]
    [InlineData("@timestamp", SortOrder.Desc)]
    [InlineData("@timestamp", SortOrder.Asc)]
    [InlineData("status", SortOrder.Desc)]
    public async Task Errors_BeyondTheRowsThatAreHere_AreFoundInOrder(string field, SortOrder order)
    {
        Random random = Begin();
        await FillAsync(random);
        using DiscoverSearch search = await RunAsync(TwoDays with { Sort = new SortField(field, order) });
        int[] expected = [.. InOrder(field, order).Select((e, i) => (e, i)).Where(e => e.e.Fields.First("log.level").ToString() is "error" or "fatal").Select(e => e.i)];
        int last = _events.Count - 1;

        // Anywhere, before the first and behind the last: what people look at is here, what is asked for mostly is not.
        foreach (int selected in (int[])[-1, 0, last, expected[0], expected[^1], .. Enumerable.Range(0, Jumps).Select(_ => random.Next(last))])
        {
            await search.ShowRowsAsync(Math.Max(0, selected), 1);
            FoundError down = await search.FindErrorAsync(selected, forward: true);
            await search.ShowRowsAsync(Math.Max(0, selected), 1);
            FoundError up = await search.FindErrorAsync(selected, forward: false);

            int start = selected < 0 ? last + 1 : selected;
            Assert.Equal(new FoundError(Array.FindIndex(expected, e => e > selected) is >= 0 and var next ? expected[next] : null, IsKnown: true), down);
            Assert.Equal(new FoundError(Array.FindLastIndex(expected, e => e < start) is >= 0 and var previous ? expected[previous] : null, IsKnown: true), up);
            Assert.True(up.Position is not { } at || search.View.Rows[at] is not null, "The row is here.");
        }
    }

    [Theory]
    [InlineData("now-2d")]
    [InlineData(null)]
    public async Task Histogram_SplitByAField_AddsUpToTheTotals(string? from)
    {
        Random random = Begin();
        await FillAsync(random);
        await AddAsync(Event(Now.Add(TimeSpan.FromMinutes(-5)), """{"status":[1,2]}"""), Event(Now.Add(TimeSpan.FromMinutes(-90)), "{}"));

        using DiscoverSearch search = await RunAsync(TwoDays with { Range = new TimeRangeExpression(from, from is null ? null : "now"), Split = "status" });

        HistogramData chart = search.View.Overview.Value!.Chart!;
        Assert.Equal(_events.Count + 2, chart.Totals.Sum());
        Assert.Equal(HistogramSeries.MaxValues, chart.Series.Count(s => s.Name is not null));
        Assert.All(chart.Series.Where(s => s.Name is not null), s => Assert.InRange(s.Total - _events.Count(e => e.Fields.First("status").ToString() == s.Name), 0, 1));
        Assert.All(chart.Totals.Select((t, i) => chart.Series.Sum(s => s.Counts[i]) - t), rest => Assert.InRange(rest, 0, 1));
    }

    private Random Begin()
    {
        output.WriteLine($"LOGVIEW_SEED={_seed}");
        return new Random(_seed);
    }

    /// <summary>A third at one instant, a third within two seconds, the rest over two days.</summary>
    private async Task FillAsync(Random random)
    {
        Timestamp burst = Now.Add(TimeSpan.FromHours(-random.Next(1, 40))), instant = Now.Add(TimeSpan.FromHours(-random.Next(1, 40)));
        _events = [.. Enumerable.Range(0, Total).Select(i => Event((i % 3) switch
        {
            0 => instant,
            1 => burst.Add(TimeSpan.FromMilliseconds(random.Next(2_000))),
            _ => Now.Add(TimeSpan.FromSeconds(-1 - random.Next(172_000))),
        }, string.Create(CultureInfo.InvariantCulture, $$"""{"status":{{random.Next(500)}},"log.level":"{{(random.Next(250) switch { 0 => "fatal", < 3 => "error", _ => "info" })}}"}""")))];
        await AddAsync([.. _events]);
    }

    private async Task AddAsync(params LogEvent[] events)
    {
        await WriteAsync(events);
        _log.DurableSequence = _log.IndexedSequence = Math.Max(_log.IndexedSequence, events.Max(e => e.Sequence));
    }

    private async Task<DiscoverSearch> RunAsync(DiscoverState state)
    {
        var clock = new FakeTimeProvider(Now.ToDateTimeOffset());
        var search = new DiscoverSearch(new SearchService(Store, _log, new ReadYourWrites(_log, _log), clock), clock, () => { });
        await search.RunAsync(state, "UTC", Anyone);
        Assert.Equal((LoadStatus.Ready, LoadStatus.Ready), (search.View.Hits.Status, search.View.Overview.Status));
        return search;
    }

    private string[] Sorted(string field, SortOrder order) => [.. InOrder(field, order).Select(e => e.Id.Value)];

    private IEnumerable<LogEvent> InOrder(string field, SortOrder order)
    {
        Func<LogEvent, long> key = field is "@timestamp" ? e => e.Timestamp.UnixNanoseconds : e => e.Fields.First(field).AsLong();
        return order == SortOrder.Desc
            ? _events.OrderByDescending(key).ThenByDescending(e => e.Sequence)
            : _events.OrderBy(key).ThenBy(e => e.Sequence);
    }
}
