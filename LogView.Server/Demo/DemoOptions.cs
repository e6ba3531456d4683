using System.ComponentModel.DataAnnotations;

namespace LogView.Server.Demo;

/// <summary>The made-up shop.</summary>
public sealed record DemoOptions
{
    /// <summary>Begin at the start of the program; otherwise when somebody asks for it.</summary>
    public bool StartAtOnce { get; init; }

    /// <summary>Same seed and same minute, same events: a second start adds only what is missing.</summary>
    public int Seed { get; init; } = 5700;

    /// <summary>History written first. A day is about 80,000 events, which fit the memory engine twice.</summary>
    [Range(0, 7 * 24)]
    public int HistoryHours { get; init; } = 24;

    /// <summary>Visits of the shop in a busy minute; each is 2 to 12 events, 45 are about two events a second.</summary>
    [Range(1, 6_000)]
    public int VisitsPerMinute { get; init; } = 45;
}
