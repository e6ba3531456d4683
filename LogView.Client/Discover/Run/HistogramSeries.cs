using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Shared;

namespace LogView.Client.Discover.Run;

/// <summary>One colour of the histogram.</summary>
/// <param name="Name">Level or value; null: all other values, and events without the field.</param>
/// <param name="ColorVariable">Custom property that has its colour.</param>
/// <param name="Filter">For its events alone; null: there is none.</param>
/// <param name="Counts">Per bucket.</param>
public sealed record HistogramSeries(string? Name, string ColorVariable, SearchFilter? Filter, IReadOnlyList<long> Counts)
{
    /// <summary>Values told apart by colour; more nobody does.</summary>
    public const int MaxValues = 7;

    public long Total { get; } = Counts.Sum();

    public static HistogramSeries OfLevel(Severity severity, IReadOnlyList<long> counts) =>
        new(LevelColors.Name(severity), LevelColors.CssVariable(severity), LevelFilter(severity), counts);

    public static HistogramSeries Others(IReadOnlyList<long> counts) => new(null, LevelColors.CssVariable(Severity.Unknown), null, counts);

    /// <summary>The custom property of the n-th value, from 0.</summary>
    public static string Color(int value) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"--lv-series-{value + 1}");

    private static SearchFilter LevelFilter(Severity severity) => severity == Severity.Unknown
        ? new SearchFilter { Field = "log.level", OneOf = Severities.Names, Negate = true }
        : new SearchFilter { Field = "log.level", Is = LevelColors.Name(severity) };
}
