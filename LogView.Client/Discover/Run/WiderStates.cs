using LogView.Client.Contracts.Time;
using LogView.Client.Discover.State;
using LogView.Client.Shared.Timing;

namespace LogView.Client.Discover.Run;

/// <summary>What to try when nothing was found: more time first, then fewer conditions.</summary>
internal static class WiderStates
{
    private static readonly TimeRangeExpression LastDay = new("now-24h", "now");

    public static IEnumerable<(WiderKind Kind, DiscoverState State)> Of(RunPlan plan)
    {
        DiscoverState state = plan.State;
        if (plan.From is { } from && from > plan.Started.Add(TimeSpan.FromHours(-24)))
        {
            yield return (WiderKind.Day, state with { Range = LastDay });
        }

        if (state.Range != QuickRanges.AllTime)
        {
            yield return (WiderKind.AllTime, state with { Range = QuickRanges.AllTime });
        }

        if (state.Filters.Any(f => !f.Disabled))
        {
            yield return (WiderKind.WithoutFilters, state with { Filters = [] });
        }

        if (state.Query.Trim().Length > 0)
        {
            yield return (WiderKind.WithoutQuery, state with { Query = "" });
        }
    }
}
