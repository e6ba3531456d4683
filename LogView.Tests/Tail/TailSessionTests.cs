using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Tail;
using LogView.Server.Tail;

namespace LogView.Tests.Tail;

public class TailSessionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_Backfill_GivesTheNewestMatchesOldestFirst()
    {
        await using TailBench bench = new();
        bench.Log.Append(TailBench.Events(1, 10));
        bench.Log.Append(TailBench.Events(11, 5, "error"));
        bench.Log.Append(TailBench.Events(16, 10));
        await bench.StartAsync();

        await using TailReading reading = await bench.Read(new() { Query = "log.level: error", Backfill = 3 }).LiveAsync();

        Assert.Equal([13L, 14L, 15L], reading.Sequences);
        Assert.Equal((3, 3, 0, 3), (reading.Status.Matched, reading.Status.Shown, reading.Status.LeftOut, reading.Status.Backfilled));
    }

    [Fact]
    public async Task Read_EventsBetweenRegistrationAndBackfill_ComeOnceAndLive()
    {
        await using TailBench bench = new();
        bench.Log.Append(TailBench.Events(1, 20));
        await bench.StartAsync();
        bench.Stored.BeforeSnapshot = _ =>
        {
            bench.Log.Append(TailBench.Events(21, 50));
            return Task.CompletedTask;
        };

        await using TailReading reading = bench.Read(new() { Backfill = 10 });
        await reading.MatchedAsync(60);

        Assert.Equal(Enumerable.Range(11, 60).Select(n => (long)n), reading.Sequences);
        Assert.Equal(10, reading.Status.Backfilled);
    }

    [Fact]
    public async Task Read_SlowBackfill_StatusComesMeanwhile()
    {
        await using TailBench bench = new();
        bench.Log.Append(TailBench.Events(1, 3));
        await bench.StartAsync();
        var gate = new TaskCompletionSource();
        bench.Stored.BeforeSnapshot = gate.Task.WaitAsync;

        await using TailReading reading = bench.Read(new());
        await reading.NextAsync();
        await reading.NextAsync();
        Assert.False(reading.HadBackfill);
        gate.SetResult();
        await reading.MatchedAsync(3);

        Assert.Equal([1L, 2L, 3L], reading.Sequences);
    }

    [Fact]
    public async Task Read_BackfillFails_TailGoesOnWithALabelledGap()
    {
        await using TailBench bench = new();
        bench.Log.Append(TailBench.Events(1, 3));
        await bench.StartAsync();
        bench.Stored.Problem = new SearchProblem(SearchProblemKind.Unavailable, "The store is busy");

        await using TailReading reading = await bench.Read(new()).LiveAsync();
        bench.Log.Append(TailBench.Event(4));
        await reading.MatchedAsync(1);

        Assert.Equal([4L], reading.Sequences);
        Assert.Equal("Earlier events could not be read: The store is busy", Assert.Single(reading.Gaps).Reason);
    }

    [Fact]
    public async Task Read_ReaderThatHasNotSeenWhatIsOnTheWay_GetsTheNewestAfterwardsAndCountsTheRest()
    {
        const int Total = 5_000;
        await using TailBench bench = await new TailBench().StartAsync();
        await using TailReading program = await bench.Read(new() { Complete = true }).LiveAsync();
        await using TailReading eyes = await bench.Read(new() { Reader = "eyes" }).LiveAsync();
        while (eyes.Batches < TailLimits.BatchesOnTheWay)
        {
            await eyes.NextAsync();
        }

        Task<bool> next = eyes.NextAsync();
        bench.Log.Append(TailBench.Events(1, Total));
        await program.MatchedAsync(Total);
        Assert.False(next.IsCompleted);
        eyes.SeeAll();
        await next;

        // One batch; a larger one where the session had not come to wait before all was seen.
        Assert.InRange(eyes.Got.Count, TailLimits.RowsPerBatch, TailLimits.CatchUpRows);
        while (eyes.Status.Matched < Total)
        {
            eyes.SeeAll();
            await eyes.NextAsync();
        }

        Assert.Equal(Total, eyes.Sequences.Last());
        Assert.Equal(Total, eyes.Status.Shown + eyes.Status.LeftOut);
        Assert.True(eyes.Status.LeftOut >= Total - TailLimits.BacklogEvents);
    }

    [Fact]
    public async Task Open_ReaderWithALongName_IsRefused()
    {
        await using TailBench bench = await new TailBench().StartAsync();

        SearchProblem problem = bench.Refuse(new() { Reader = new string('r', TailRequest.MaxReaderLength + 1) });

        Assert.Equal("'reader' has 101 characters: expected at most 100", problem.Message);
    }

    [Fact]
    public async Task Read_WhileEventsArriveAllTheTime_LosesAndRepeatsNone()
    {
        // No viewer, however late it gets its turn, has more waiting than a program may have.
        const int Total = TailLimits.CompleteBacklogEvents;
        await using TailBench bench = await new TailBench().StartAsync();
        Task writing = Task.Run(
            async () =>
            {
                for (int n = 1; n <= Total; n += 100)
                {
                    bench.Log.Append(TailBench.Events(n, 100));
                    await Task.Yield();
                }
            },
            Cancel);

        // Viewers come at any moment of the writing, and each leaves and resumes once.
        await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(() => ReadInTwoPartsAsync(bench, startAt: n * 2_300, Total), Cancel)));
        await writing;
    }

    private static async Task ReadInTwoPartsAsync(TailBench bench, int startAt, int total)
    {
        var request = new TailRequest { Complete = true, Backfill = TailRequest.MaxBackfill };
        while (bench.Log.DurableSequence < startAt)
        {
            await Task.Yield();
        }

        await using TailReading reading = await bench.Read(request).LiveAsync();
        await reading.NextAsync();
        await using TailReading resumed = bench.Read(request with { Position = reading.Status.Position });
        await resumed.UntilAsync(r => r.Status.Position.StartsWith($"{total}-", StringComparison.Ordinal));

        long[] got = [.. reading.Sequences, .. resumed.Sequences];
        Assert.Equal(0, resumed.Status.LeftOut + reading.Status.LeftOut);
        Assert.Equal(Enumerable.Range((int)(total - got.Length + 1), got.Length).Select(n => (long)n), got);
        Assert.Equal(got.Length, reading.Status.Matched + resumed.Status.Matched);
    }

    [Fact]
    public async Task Read_ResumeForEyes_CountsAllAndShowsTheNewest()
    {
        await using TailBench bench = await new TailBench().StartAsync();
        await using TailReading before = await bench.Read(new() { Query = "n >= 0" }).LiveAsync();
        string position = before.Status.Position;
        bench.Log.Append(TailBench.Events(1, 9_000));
        await before.MatchedAsync(9_000);

        await using TailReading reading = bench.Read(new() { Query = "n >= 0", Position = position });
        await reading.MatchedAsync(9_000);
        bench.Log.Append(TailBench.Event(9_001));
        await reading.MatchedAsync(9_001);

        Assert.Equal(Enumerable.Range(7_001, 2_001).Select(n => (long)n), reading.Sequences);
        Assert.Equal((9_001, 2_001, 7_000, 0), (reading.Status.Matched, reading.Status.Shown, reading.Status.LeftOut, reading.Status.Backfilled));
        Assert.Empty(reading.Gaps);
    }

    [Fact]
    public async Task Read_ResumeAtTheEnd_GoesOnLive()
    {
        await using TailBench bench = await new TailBench().StartAsync();
        bench.Log.Append(TailBench.Events(1, 3));
        await using TailReading before = await bench.Read(new()).LiveAsync();
        await before.MatchedAsync(3);

        await using TailReading reading = bench.Read(new() { Position = before.Status.Position });
        await reading.NextAsync();
        bench.Log.Append(TailBench.Event(4));
        await reading.MatchedAsync(1);

        Assert.Equal([4L], reading.Sequences);
    }

    [Fact]
    public async Task Read_ResumeWherePartWasReleased_ShowsALabelledGap()
    {
        await using TailBench bench = await new TailBench().StartAsync();
        bench.Log.Append(TailBench.Events(1, 100));
        await using TailReading before = await bench.Read(new() { Backfill = 200 }).MatchedAsync(100);
        string position = new TailPosition(10, TailBench.Event(10).Timestamp).ToString();
        bench.Log.Release(40);

        await using TailReading reading = bench.Read(new() { Position = position });
        await reading.MatchedAsync(60);

        TailGap gap = Assert.Single(reading.Gaps);
        Assert.Equal("The log has released the events since the position", gap.Reason);
        Assert.Equal(TailBench.Event(10).Timestamp.ToString(), gap.From);
        Assert.Equal(TailBench.Event(41).Timestamp.ToString(), gap.To);
        Assert.Equal(Enumerable.Range(41, 60).Select(n => (long)n), reading.Sequences);
    }

    [Theory]
    [InlineData(10, "The log has released the events since the position")]
    [InlineData(4_711, "The position is not of this log: its data was replaced since")]
    public async Task Read_ResumeWhereNothingIsLeft_ShowsALabelledGapAndGoesOn(long sequence, string reason)
    {
        await using TailBench bench = new();
        bench.Log.Append(TailBench.Events(1, 100));
        bench.Log.Release(100);
        await bench.StartAsync();

        await using TailReading reading = bench.Read(new() { Position = new TailPosition(sequence, default).ToString() });
        await reading.NextAsync();
        bench.Log.Append(TailBench.Event(101));
        await reading.MatchedAsync(1);

        Assert.Equal(reason, Assert.Single(reading.Gaps).Reason);
        Assert.Equal([101L], reading.Sequences);
    }

    [Fact]
    public async Task Read_NothingMatches_StatusComesAndThePositionMoves()
    {
        await using TailBench bench = await new TailBench().StartAsync();
        await using TailReading reading = await bench.Read(new() { Query = "log.level: fatal" }).LiveAsync();
        string before = reading.Status.Position;

        bench.Log.Append(TailBench.Events(1, 10));
        await reading.UntilAsync(r => r.Status.Position.StartsWith("10-", StringComparison.Ordinal));

        Assert.StartsWith("0-", before, StringComparison.Ordinal);
        Assert.Equal((0, 0, 0), (reading.Status.Matched, reading.Status.Shown, reading.Status.LeftOut));
    }

    [Fact]
    public async Task Read_Cancelled_EndsWithWhatWasWaiting()
    {
        await using TailBench bench = await new TailBench().StartAsync();
        await using TailReading reading = await bench.Read(new() { Backfill = 0 }).LiveAsync();
        await using TailReading witness = await bench.Read(new() { Backfill = 0, Complete = true }).LiveAsync();
        bench.Log.Append(TailBench.Events(1, 150));
        await witness.MatchedAsync(150);

        await reading.EndAsync();

        Assert.Equal((150, 150, 0), (reading.Status.Matched, reading.Status.Shown, reading.Status.LeftOut));
    }

    [Fact]
    public async Task Read_DataStreams_AreThoseAskedForAndAllowed()
    {
        await using TailBench bench = await new TailBench().StartAsync();
        var viewer = new Viewer("shop", Rights.Search, ["logs-shop-*"]);
        await using TailReading reading = await bench.Read(new() { DataStream = "logs-*,-logs-shop-dev", Backfill = 0 }, viewer).LiveAsync();

        bench.Log.Append(
            TailBench.Event(1, dataStream: "logs-shop-prod"), TailBench.Event(2, dataStream: "logs-bank-prod"),
            TailBench.Event(3, dataStream: "logs-shop-dev"), TailBench.Event(4, dataStream: "logs-shop-test"));
        await reading.MatchedAsync(2);

        Assert.Equal([1L, 4L], reading.Sequences);
    }

    [Fact]
    public async Task Read_ReaderThatStopsPulling_HarmsNobodyAndGetsExactCounts()
    {
        await using TailBench bench = await new TailBench().StartAsync();
        await using TailReading stuck = await bench.Read(new() { Backfill = 0 }).LiveAsync();
        await using TailReading lively = await bench.Read(new() { Backfill = 0, Complete = true }).LiveAsync();

        for (int n = 0; n < 50; n++)
        {
            bench.Log.Append(TailBench.Events(1 + n * 200, 200));
            await lively.MatchedAsync((n + 1) * 200);
        }

        Assert.Equal((10_000, 10_000, 0), (lively.Status.Matched, lively.Status.Shown, lively.Status.LeftOut));
        await stuck.MatchedAsync(10_000);
        Assert.Equal(10_000, stuck.Status.Matched);
        Assert.InRange(stuck.Got.Count, TailLimits.RowsPerBatch, TailLimits.CatchUpRows);
    }

    [Fact]
    public async Task Read_BrokerLosesTheLog_GoesOnWhereItWas()
    {
        await using TailBench bench = await new TailBench().StartAsync();
        await using TailReading reading = await bench.Read(new() { Backfill = 0 }).LiveAsync();
        bench.Log.FailReading = new IOException("disk");

        bench.Log.Append(TailBench.Events(1, 5));
        await reading.MatchedAsync(5);
        bench.Log.Append(TailBench.Events(6, 5));
        await reading.MatchedAsync(10);

        Assert.Equal(Enumerable.Range(1, 10).Select(n => (long)n), reading.Sequences);
        Assert.Null(bench.Log.FailReading);
    }
}
