namespace LogView.Client.Contracts.Time;

/// <summary>A time range as typed and as kept in URLs: date math (<c>now-15m</c>, <c>now/d</c>) or instants, either end optional.</summary>
public sealed record TimeRangeExpression(string? From, string? To)
{
    public static readonly TimeRangeExpression Last15Minutes = new("now-15m", "now");

    /// <summary>True when it means something else later.</summary>
    public bool IsRelative => IsMath(From) || IsMath(To);

    private static bool IsMath(string? end) => end?.TrimStart().StartsWith("now", StringComparison.Ordinal) ?? false;
}
