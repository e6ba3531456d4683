using LogView.Client.Contracts.Tail;
using LogView.Server.Storage;
using LogView.Server.Tail;
using LogView.Server.Tail.Others;

namespace LogView.Tests.Tail;

/// <summary>Events that others write to the store, in a live tail.</summary>
public class OtherTailTests
{
    private readonly FakeOthers _others = new();

    [Fact]
    public async Task Read_TwoViewersOfOneQuery_ShareOneReaderAndGetAll()
    {
        await using TailBench bench = await new TailBench(others: _others).StartAsync();
        await using TailReading one = await bench.Read(new() { Query = "n > 0" }).LiveAsync();
        await using TailReading two = await bench.Read(new() { Query = "n > 0" }).LiveAsync();
        await using TailReading three = await bench.Read(new() { Query = "n > 1" }).LiveAsync();

        _others.Add(1, 3);
        await one.MatchedAsync(3);
        await two.MatchedAsync(3);
        await three.MatchedAsync(3);

        Assert.Equal(2, _others.Follows);
        Assert.Equal(["1", "2", "3"], one.Got.Select(e => e.Id.Value));
        Assert.Equal(["1", "2", "3"], two.Got.Select(e => e.Id.Value));
        Assert.Equal(new TailOthers(1, null), one.Status.Others);
    }

    [Fact]
    public async Task Read_NobodyWatches_AsksNoMore()
    {
        await using TailBench bench = await new TailBench(others: _others).StartAsync();
        await using (TailReading reading = await bench.Read(new()).LiveAsync())
        {
            Assert.Equal(1, bench.Others.Polling);
        }

        while (bench.Others.Polling > 0)
        {
            await Task.Yield();
        }

        int readings = _others.Readings;
        await using TailReading again = await bench.Read(new()).LiveAsync();
        Assert.True(_others.Readings > readings);
        Assert.Equal(1, _others.Follows);
    }

    [Fact]
    public async Task Read_BackfillThatHasWhatIsAboutToCome_GivesItOnce()
    {
        await using TailBench bench = new(others: _others);
        bench.Stored.Others = _others;
        await bench.StartAsync();
        _others.Add(1, 5);
        bench.Stored.BeforeSnapshot = _ =>
        {
            _others.Add(6, 5);
            return Task.CompletedTask;
        };

        await using TailReading reading = await bench.Read(new() { Backfill = 3 }).LiveAsync();
        await reading.MatchedAsync(5);
        await using TailReading resumed = bench.Read(new() { Position = reading.Status.Position });
        _others.Add(11);
        await resumed.MatchedAsync(1);
        await reading.MatchedAsync(6);

        Assert.Equal(["8", "9", "10", "6", "7", "11"], reading.Got.Select(e => e.Id.Value));
        Assert.Equal(["11"], resumed.Got.Select(e => e.Id.Value));
        Assert.Equal(3, reading.Status.Backfilled);
    }

    [Fact]
    public async Task Read_Resume_GivesWhatWasMissedOfBothOnce()
    {
        await using TailBench bench = await new TailBench(others: _others).StartAsync();
        await using TailReading stays = await bench.Read(new()).LiveAsync();
        await using TailReading reading = await bench.Read(new()).LiveAsync();
        bench.Log.Append(TailBench.Event(1));
        _others.Add(100, 2);
        await reading.MatchedAsync(3);
        string position = reading.Status.Position;
        bench.Log.Append(TailBench.Event(2));
        _others.Add(102, 2);
        await stays.MatchedAsync(6);

        await using TailReading resumed = bench.Read(new() { Position = position });
        _others.Add(104);
        await resumed.MatchedAsync(4);

        Assert.Equal(["102", "103", "104", "2"], resumed.Got.Select(e => e.Id.Value).Order(StringComparer.Ordinal));
        Assert.Empty(resumed.Gaps);
    }

    [Fact]
    public async Task Read_ResumeWithAQueryThatSaysNow_GoesOnInItsOwnTail()
    {
        await using TailBench bench = await new TailBench(others: _others).StartAsync();
        await using TailReading reading = await bench.Read(new() { Query = "@timestamp < now+1d" }).LiveAsync();
        _others.Add(1);
        await reading.MatchedAsync(1);
        _others.Add(2);
        await using TailReading resumed = bench.Read(new() { Query = "@timestamp < now+1d", Position = reading.Status.Position });
        await resumed.MatchedAsync(1);

        Assert.Equal(["2"], resumed.Got.Select(e => e.Id.Value));
        Assert.Empty(resumed.Gaps);
    }

    [Fact]
    public async Task Read_ResumeOfAnotherQuerysTail_ShowsAGapAndNothingOfIt()
    {
        await using TailBench bench = await new TailBench(others: _others).StartAsync();
        await using TailReading reading = await bench.Read(new() { Query = "n > 1" }).LiveAsync();
        string position = reading.Status.Position;
        _others.Add(2);
        await reading.MatchedAsync(1);

        await using TailReading resumed = await bench.Read(new() { Query = "n > 0", Position = position }).UntilAsync(r => r.Gaps.Count > 0);
        _others.Add(3);
        await resumed.MatchedAsync(1);

        Assert.Equal("LogView has not followed the events of others since then", Assert.Single(resumed.Gaps).Reason);
        Assert.Equal(["3"], resumed.Got.Select(e => e.Id.Value));
    }

    [Fact]
    public async Task Read_ResumeOfAnotherTailWhereNobodyElseWrites_HasNoGap()
    {
        _others.Parts = 0;
        await using TailBench bench = await new TailBench(others: _others).StartAsync();
        string position = new TailPosition(0, default, new OtherPosition("0123456789abcdef", 7)).ToString();

        await using TailReading resumed = bench.Read(new() { Position = position });
        int readings = _others.Readings;
        await resumed.UntilAsync(_ => _others.Readings > readings + 2);
        bench.Log.Append(TailBench.Event(1));
        await resumed.MatchedAsync(1);

        Assert.Empty(resumed.Gaps);
        Assert.Null(resumed.Status.Others);
    }

    [Fact]
    public async Task Read_ResumeBehindWhatIsRemembered_ShowsAGap()
    {
        await using TailBench bench = await new TailBench(others: _others).StartAsync();
        await using TailReading reading = await bench.Read(new() { Complete = true }).LiveAsync();
        _others.Add(1);
        await reading.MatchedAsync(1);
        string position = reading.Status.Position;
        _others.Add(2, TailLimits.RememberedOthers + 10);
        await reading.MatchedAsync(TailLimits.RememberedOthers + 11);

        await using TailReading resumed = await bench.Read(new() { Complete = true, Position = position }).UntilAsync(r => r.Gaps.Count > 0 && r.Got.Count > 0);
        await resumed.MatchedAsync(TailLimits.RememberedOthers);

        Assert.StartsWith("Too far behind: of the events of others only the newest 5,000", Assert.Single(resumed.Gaps).Reason, StringComparison.Ordinal);
        Assert.Equal("12", resumed.Got[0].Id.Value);
    }

    [Fact]
    public async Task Read_StoreAway_SaysSoAndGoesOn()
    {
        await using TailBench bench = await new TailBench(others: _others).StartAsync();
        await using TailReading reading = await bench.Read(new()).LiveAsync();
        _others.Fails = new StoreUnavailableException("The cluster cannot be reached");
        _others.Add(1);
        await reading.UntilAsync(r => r.Status.Others?.Trouble is not null);
        string? told = reading.Status.Others!.Trouble;
        _others.Fails = null;
        await reading.MatchedAsync(1);
        await reading.UntilAsync(r => r.Status.Others?.Trouble is null);

        Assert.Equal("The cluster cannot be reached", told);
        Assert.Empty(reading.Gaps);
    }

    [Fact]
    public async Task Read_StoreAwayAtFirst_HasAGapUpToItsReturn()
    {
        _others.Fails = new StoreUnavailableException("The cluster cannot be reached");
        await using TailBench bench = await new TailBench(others: _others).StartAsync();
        await using TailReading reading = await bench.Read(new() { Backfill = 0 }).LiveAsync();
        await reading.UntilAsync(r => r.Status.Others?.Trouble is not null);
        _others.Fails = null;
        await reading.UntilAsync(r => r.Gaps.Count > 0);

        Assert.Equal("Events of others could not be followed at first: The cluster cannot be reached", Assert.Single(reading.Gaps).Reason);
    }

    [Fact]
    public async Task Read_EventsThatMayBeMissing_AreALabelledGap()
    {
        await using TailBench bench = await new TailBench(others: _others).StartAsync();
        await using TailReading reading = await bench.Read(new()).LiveAsync();
        string position = reading.Status.Position;

        _others.Missing = "Too much at once";
        await reading.UntilAsync(r => r.Gaps.Count > 0);
        await using TailReading resumed = await bench.Read(new() { Position = position }).UntilAsync(r => r.Gaps.Count > 0);

        Assert.Equal("Too much at once", Assert.Single(reading.Gaps).Reason);
        Assert.Equal("Too much at once", Assert.Single(resumed.Gaps).Reason);
    }
}
