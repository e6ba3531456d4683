using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Search;
using LogView.Client.Discover.Run;
using LogView.Client.Discover.State;
using LogView.Tests.Testing;
using Microsoft.Extensions.Time.Testing;

namespace LogView.Tests.Discover.Run;

public sealed class DiscoverSearchTests : IDisposable
{
    private static readonly Viewer Anyone = new("ann", Rights.Search, ["*"]);
    private readonly FakeSearchService _service = new();
    private readonly DiscoverSearch _search;
    private int _changes;
    private int _firstRows;

    public DiscoverSearchTests() => _search = new DiscoverSearch(
        _service, new FakeTimeProvider(SomeHit.Noon.ToDateTimeOffset()), () => Interlocked.Increment(ref _changes), () => Interlocked.Increment(ref _firstRows));

    public void Dispose() => _search.Dispose();

    [Fact]
    public async Task Run_Hits_FillsEachPart()
    {
        _service.OnSearch = (r, _, _) => Answer(FakeSearchService.IsFirstPage(r) ? FakeSearchService.Page(SomeHit.Many(3)) : FakeSearchService.Count(12_408));

        await RunAsync();

        Assert.Equal(3, _search.View.Rows.Total);
        Assert.Equal(12_408, _search.View.Overview.Value!.Total.Value);
        Assert.Equal(LoadStatus.Ready, _search.View.Fields.Status);
        Assert.True(_changes + _firstRows >= 4);
    }

    /// <summary>They are drawn at once; all that comes later may wait for the next drawing.</summary>
    [Theory]
    [InlineData(2, true)]
    [InlineData(2, false)]
    [InlineData(0, false)]
    public async Task Run_FirstRows_AreToldApartOnce(int rows, bool inSteps)
    {
        _service.OnSearch = (r, progress, _) =>
        {
            if (FakeSearchService.IsFirstPage(r) && inSteps)
            {
                progress?.Report(FakeSearchService.Page([]));
                Assert.Equal(0, _firstRows);
                progress?.Report(FakeSearchService.Page(SomeHit.Many(1)));
                Assert.Equal(1, _firstRows);
            }

            return Answer(FakeSearchService.IsFirstPage(r) ? FakeSearchService.Page(SomeHit.Many(rows)) : FakeSearchService.Count(1));
        };

        await RunAsync();

        Assert.Equal(1, _firstRows);
    }

    [Fact]
    public async Task Run_AfterThePageWasLeft_AsksNothing()
    {
        _search.Dispose();

        await RunAsync();
        await _search.ShowRowsAsync(0, 40);
        await _search.CountNewAsync();
        _search.Cancel();

        Assert.Empty(_service.Searches);
    }

    [Fact]
    public async Task Run_Rows_ComeBeforeTheCountIsAskedFor()
    {
        var rows = new TaskCompletionSource<SearchOutcome>();
        _service.OnSearch = (r, _, _) => FakeSearchService.IsFirstPage(r) ? rows.Task : Answer(FakeSearchService.Count(1));

        Task run = RunAsync();
        Assert.Single(_service.Searches);
        rows.SetResult(FakeSearchService.Ok(FakeSearchService.Page(SomeHit.Many(1))));
        await run;

        Assert.Equal(2, _service.Searches.Count);
    }

    [Fact]
    public async Task Run_FailedOverview_LeavesTheHits()
    {
        _service.OnSearch = (r, _, _) =>
            Task.FromResult(FakeSearchService.IsFirstPage(r) ? FakeSearchService.Ok(FakeSearchService.Page(SomeHit.Many(3))) : FakeSearchService.Fail(SearchProblemKind.Unavailable, "away"));

        await RunAsync();

        Assert.Equal(LoadStatus.Failed, _search.View.Overview.Status);
        Assert.Equal("away", _search.View.Overview.Problem!.Message);
        Assert.Equal(LoadStatus.Ready, _search.View.Hits.Status);
    }

    [Fact]
    public async Task Run_Progress_ShowsRowsWhileLoading()
    {
        var end = new TaskCompletionSource<SearchOutcome>();
        _service.OnSearch = (r, progress, _) =>
        {
            if (!FakeSearchService.IsFirstPage(r))
            {
                return Answer(FakeSearchService.Count(2));
            }

            progress!.Report(FakeSearchService.Page(SomeHit.Many(2), status: SearchStatus.Partial));
            return end.Task;
        };

        Task run = RunAsync();

        Assert.True(_search.View.Hits.IsLoading);
        Assert.Equal(2, _search.View.Rows.Total);
        end.SetResult(FakeSearchService.Ok(FakeSearchService.Page(SomeHit.Many(5))));
        await run;
        Assert.Equal(5, _search.View.Rows.Total);
    }

    [Fact]
    public async Task Cancel_RunningSearch_EndsItInTheStoreAndKeepsWhatCame()
    {
        CancellationToken seen = default;
        _service.OnSearch = async (_, progress, token) =>
        {
            seen = token;
            progress?.Report(FakeSearchService.Page(SomeHit.Many(2), status: SearchStatus.Partial));
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
            return FakeSearchService.Ok(FakeSearchService.Page([]));
        };
        Task run = RunAsync();

        _search.Cancel();
        await run;

        Assert.True(seen.IsCancellationRequested);
        Assert.Equal(LoadStatus.Cancelled, _search.View.Hits.Status);
        Assert.Equal(2, _search.View.Rows.Total);
        Assert.False(_search.View.IsRunning);
    }

    [Fact]
    public async Task Run_WhileAnotherRuns_EndsItAndIgnoresItsAnswer()
    {
        var late = new TaskCompletionSource<SearchOutcome>();
        CancellationToken first = default;
        _service.OnSearch = (r, _, token) =>
        {
            if (r.Query.Length == 0 && FakeSearchService.IsFirstPage(r))
            {
                first = token;
                return late.Task;
            }

            return Answer(FakeSearchService.IsFirstPage(r) ? FakeSearchService.Page(SomeHit.Many(1)) : FakeSearchService.Count(1));
        };

        Task old = RunAsync();
        await RunAsync(DiscoverState.Default with { Query = "new" });
        late.SetResult(FakeSearchService.Ok(FakeSearchService.Page(SomeHit.Many(9))));
        await old;

        Assert.True(first.IsCancellationRequested);
        Assert.Equal(1, _search.View.Rows.Total);
        Assert.Equal("new", _search.View.Plan!.State.Query);
    }

    [Fact]
    public async Task ShowRows_FailedPage_KeepsTheRowsSaysSoAndTriesAgain()
    {
        _service.OnSearch = (r, _, _) => r switch
        {
            { Size: 0 } => Answer(FakeSearchService.Count(700)),
            { After: null } => Answer(FakeSearchService.Page(SomeHit.Many(100), next: "a")),
            _ => Task.FromResult(FakeSearchService.Fail(SearchProblemKind.Unavailable, "node lost")),
        };
        await RunAsync();

        await _search.ShowRowsAsync(90, 40);
        Assert.Equal(100, _search.View.Rows.Hits.Count());
        Assert.Equal("node lost", Assert.Single(_search.View.Hits.Value!.Notes).Message);
        _service.OnSearch = (_, _, _) => Answer(FakeSearchService.Page(SomeHit.Many(500, from: 100), next: "b"));
        await _search.ShowRowsAsync(91, 40);

        Assert.Equal(700, _search.View.Rows.Total);
        Assert.Equal("event 130", _search.View.Rows[130]!.Fields.First("message").ToString());
    }

    [Fact]
    public async Task ShowRows_ScrolledOn_CancelsWhatWasScrolledPast()
    {
        List<CancellationToken> asked = [];
        _service.OnSearch = async (r, _, token) =>
        {
            if (r.After is "a")
            {
                asked.Add(token);
                await (asked.Count == 1 ? Task.Delay(Timeout.InfiniteTimeSpan, token) : Task.CompletedTask);
                return FakeSearchService.Ok(FakeSearchService.Page(SomeHit.Many(600, from: 100), next: null));
            }

            return FakeSearchService.Ok(r.Size == 0 ? FakeSearchService.Count(700) : FakeSearchService.Page(SomeHit.Many(100), next: "a"));
        };
        await RunAsync();

        Task first = _search.ShowRowsAsync(150, 40);
        await _search.ShowRowsAsync(400, 40);
        await first;

        Assert.True(asked[0].IsCancellationRequested);
        Assert.NotNull(_search.View.Rows[439]);
    }

    [Fact]
    public async Task Run_NothingFound_CountsWhereSomethingIs()
    {
        _service.OnSearch = (r, _, _) => Answer(FakeSearchService.IsFirstPage(r) ? FakeSearchService.Page([]) : FakeSearchService.Count(r.From == "now-24h" ? 12_408 : r.From is null ? 90_000 : 0));

        await RunAsync(DiscoverState.Default with { Query = "timeout" });

        Assert.Equal([(WiderKind.Day, 12_408L), (WiderKind.AllTime, 90_000L)], _search.View.Wider.Select(w => (w.Kind, w.Count)));
    }

    [Fact]
    public async Task Run_BadTimeRange_AsksNothing()
    {
        await RunAsync(DiscoverState.Default with { Range = new("soon", "now") });

        Assert.Empty(_service.Searches);
        Assert.NotNull(_search.View.TimeProblem);
    }

    [Fact]
    public async Task CountNew_AfterARun_CountsFromTheNewestRow()
    {
        _service.OnSearch = (r, _, _) => Answer(FakeSearchService.IsFirstPage(r) ? FakeSearchService.Page(SomeHit.Many(3)) : FakeSearchService.Count(r.To is null ? 7 : 3));
        await RunAsync();

        await _search.CountNewAsync();

        Assert.Equal(7, _search.View.NewEvents);
        Assert.Equal(3, _search.View.Rows.Total);
        Assert.Equal("2026-11-22T12:00:00.000000001Z", _service.Searches[^1].From);
    }

    private static Task<SearchOutcome> Answer(SearchResult result) => Task.FromResult(FakeSearchService.Ok(result));

    private Task RunAsync(DiscoverState? state = null) => _search.RunAsync(state ?? DiscoverState.Default, "UTC", Anyone);
}
