using LogView.Client.Contracts.Time;

namespace LogView.Client.Shared.Timing;

/// <param name="Range">The time range.</param>
/// <param name="Zone">IANA name; null: the browser's.</param>
public sealed record TimeChoice(TimeRangeExpression Range, string? Zone);
