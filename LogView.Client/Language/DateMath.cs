using LogView.Client.Contracts.Events;

namespace LogView.Client.Language;

/// <summary>Date math (<c>now-15m/d</c>, <c>2026-11-01||+1M</c>) and every date format LogView shows.</summary>
public static class DateMath
{
    /// <param name="text">As typed.</param>
    /// <param name="now">What <c>now</c> stands for.</param>
    /// <param name="zone">For rounding and for times without offset.</param>
    /// <param name="roundUp">Rounding and missing parts go to the end of the unit (its last nanosecond) instead of its start.</param>
    public static DateMathResult Resolve(string text, Timestamp now, TimeZoneInfo zone, bool roundUp = false) =>
        throw new NotSupportedException();
}

/// <param name="Value">Null on an error.</param>
/// <param name="Error">What was expected and what came; null on success.</param>
public sealed record DateMathResult(Timestamp? Value, string? Error);
