using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Time;
using LogView.Client.Discover.Run;
using LogView.Client.Discover.State;
using LogView.Client.Shared.Timing;
using LogView.Tests.Testing;

namespace LogView.Tests.Discover.Run;

public class RunPlanTests
{
    [Fact]
    public void Requests_OneState_ShareOneWindow()
    {
        RunPlan plan = Plan(DiscoverState.Default);

        Assert.Equal("2026-11-22T11:45:00.000000000Z", plan.Hits().From);
        Assert.Equal("2026-11-22T12:00:00.000000000Z", plan.Hits().To);
        Assert.All([plan.Overview(), plan.Fields(), plan.HitsIn(plan.From, plan.To, "x", 500)], r => Assert.Equal((plan.Hits().From, plan.Hits().To), (r.From, r.To)));
    }

    [Fact]
    public void Requests_HitsAndOverview_SplitTheWork()
    {
        RunPlan plan = Plan(DiscoverState.Default);

        Assert.Equal((RunPlan.FirstPage, CountMode.None, 0), (plan.Hits().Size, plan.Hits().Count, plan.Hits().Aggregations.Count));
        Assert.Equal((0, CountMode.Exact, 1), (plan.Overview().Size, plan.Overview().Count, plan.Overview().Aggregations.Count));
    }

    [Fact]
    public void Make_RoundedRange_EndsWithTheUnitInTheZone()
    {
        RunPlan plan = Plan(DiscoverState.Default with { Range = new TimeRangeExpression("now/d", "now/d") });

        Assert.Equal("2026-11-21T15:00:00.000000000Z", plan.From.ToString());
        Assert.Equal("2026-11-22T15:00:00.000000000Z", plan.To.ToString());
    }

    [Fact]
    public void Make_AllTime_IsOpen()
    {
        RunPlan plan = Plan(DiscoverState.Default with { Range = QuickRanges.AllTime });

        Assert.Null(plan.Hits().From);
        Assert.Null(plan.Hits().To);
    }

    [Fact]
    public void Make_BadDateMath_SaysWhatIsWrong()
    {
        (RunPlan? plan, string? problem) = RunPlan.Make(DiscoverState.Default with { Range = new TimeRangeExpression("now-15 apples", "now") }, "UTC", SomeHit.Noon);

        Assert.Null(plan);
        Assert.NotEmpty(problem!);
    }

    [Fact]
    public void Frozen_RelativeRange_IsAbsoluteWithItsZone()
    {
        DiscoverState frozen = Plan(DiscoverState.Default).Frozen();

        Assert.Equal(new TimeRangeExpression("2026-11-22T11:45:00.000000000Z", "2026-11-22T12:00:00.000000000Z"), frozen.Range);
        Assert.Equal("Asia/Seoul", frozen.Zone);
    }

    [Fact]
    public void CountSince_NewestRow_BeginsAfterIt() =>
        Assert.Equal("2026-11-22T12:00:00.000000001Z", Plan(DiscoverState.Default).CountSince(SomeHit.Noon).From);

    private static RunPlan Plan(DiscoverState state)
    {
        (RunPlan? plan, string? problem) = RunPlan.Make(state, "Asia/Seoul", SomeHit.Noon);
        Assert.Null(problem);
        return plan!;
    }
}
