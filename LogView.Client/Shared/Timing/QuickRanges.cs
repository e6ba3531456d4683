using LogView.Client.Contracts.Time;

namespace LogView.Client.Shared.Timing;

/// <summary>Time ranges one click away. Labels are keys of <see cref="SharedText"/>.</summary>
public static class QuickRanges
{
    public static readonly TimeRangeExpression AllTime = new(null, null);

    public static readonly IReadOnlyList<(string Label, TimeRangeExpression Range)> Items =
    [
        ("Last 5 minutes", new("now-5m", "now")),
        ("Last 15 minutes", TimeRangeExpression.Last15Minutes),
        ("Last 30 minutes", new("now-30m", "now")),
        ("Last 1 hour", new("now-1h", "now")),
        ("Last 4 hours", new("now-4h", "now")),
        ("Last 12 hours", new("now-12h", "now")),
        ("Last 24 hours", new("now-24h", "now")),
        ("Last 2 days", new("now-2d", "now")),
        ("Last 7 days", new("now-7d", "now")),
        ("Last 30 days", new("now-30d", "now")),
        ("Today", new("now/d", "now/d")),
        ("Yesterday", new("now-1d/d", "now-1d/d")),
        ("This week", new("now/w", "now/w")),
        ("All time", AllTime),
    ];
}
