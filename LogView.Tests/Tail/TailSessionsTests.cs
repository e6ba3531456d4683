using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Search;
using LogView.Server.Tail;

namespace LogView.Tests.Tail;

public class TailSessionsTests
{
    [Fact]
    public async Task Open_BadQuery_SaysWhere()
    {
        await using TailBench bench = new();

        SearchProblem problem = bench.Refuse(new() { Query = "log.level: (error" });

        Assert.Equal(SearchProblemKind.BadQuery, problem.Kind);
        Assert.NotNull(problem.Query);
        Assert.StartsWith("The query does not parse: 1:", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2_001)]
    public async Task Open_BackfillOutOfBounds_SaysTheBounds(int backfill)
    {
        await using TailBench bench = new();

        SearchProblem problem = bench.Refuse(new() { Backfill = backfill });

        Assert.Equal(SearchProblemKind.BadRequest, problem.Kind);
        Assert.Equal($"'backfill' is {backfill}: expected 0 to 2000", problem.Message);
    }

    [Fact]
    public async Task Open_TooManyColumns_SaysTheLimit()
    {
        await using TailBench bench = new();

        SearchProblem problem = bench.Refuse(new() { Columns = [.. Enumerable.Range(0, 21).Select(n => $"c{n}")] });

        Assert.Equal("'columns' has 21 fields: expected at most 20", problem.Message);
    }

    [Fact]
    public async Task Open_MadeUpPosition_IsRefused()
    {
        await using TailBench bench = new();

        Assert.Equal(SearchProblemKind.BadRequest, bench.Refuse(new() { Position = "yesterday" }).Kind);
    }

    [Fact]
    public async Task Open_WithoutTheRightToSearch_IsForbidden()
    {
        await using TailBench bench = new();

        SearchProblem problem = bench.Refuse(new(), new Viewer("shipper", Rights.Ingest, ["*"]));

        Assert.Equal(SearchProblemKind.Forbidden, problem.Kind);
    }

    [Fact]
    public async Task Open_PastTheViewersLimit_IsRefusedUntilOneCloses()
    {
        await using TailBench bench = new();
        List<TailSession> open = [.. Enumerable.Range(0, TailLimits.SubscriptionsPerViewer).Select(_ => bench.Sessions.Open(new(), TailBench.Admin).Session!)];

        SearchProblem problem = bench.Refuse(new());
        Assert.Equal("admin already has 100 live tails open: close one", problem.Message);
        Assert.NotNull(bench.Sessions.Open(new(), TailBench.Admin with { Name = "another" }).Session);

        open[0].Dispose();
        open[0].Dispose();
        Assert.NotNull(bench.Sessions.Open(new(), TailBench.Admin).Session);
        Assert.NotNull(bench.Refuse(new()));
    }
}
