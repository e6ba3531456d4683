using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Time;

namespace LogView.Client.Contracts.Search;

/// <summary>Asks for the patterns that the messages of a search come from.</summary>
/// <param name="Within">Which events: query, filters, data streams and time range; sort, size and aggregations are not used.</param>
public sealed record PatternRequest(SearchRequest Within)
{
    public const int DefaultSample = 100_000;
    public const int MaxSample = 10_000_000;
    public const int MaxPatterns = 1_000;
    public const int MaxBuckets = 200;

    /// <summary>Whose texts; of several values the first counts.</summary>
    public string Field { get; init; } = "message";

    /// <summary>When there are more events than this, as many are taken from all over the time range; 1 to 10,000,000.</summary>
    public int Sample { get; init; } = DefaultSample;

    /// <summary>Patterns wanted, the most frequent ones; 1 to 1,000.</summary>
    public int Size { get; init; } = 200;

    /// <summary>Points of a trend, at most; 1 to 200.</summary>
    public int Buckets { get; init; } = 40;

    /// <summary>True to count in the window of the same length before, too; the time range then needs a start, and ends now where it is open.</summary>
    public bool WithBefore { get; init; }
}

public sealed record PatternOutcome(PatternList? Result, SearchProblem? Problem);

/// <summary>The patterns, or while they are looked for, those of the events read so far.</summary>
public sealed record PatternList
{
    public required SearchStatus Status { get; init; }

    /// <summary>By count descending; with a window before, by the larger of both counts.</summary>
    public required IReadOnlyList<MessagePattern> Patterns { get; init; }

    /// <summary>Events the counts are over, in both windows.</summary>
    public required long Events { get; init; }

    /// <summary>Of <see cref="Events"/>: those of the window before.</summary>
    public long EventsBefore { get; init; }

    /// <summary>Events of the search, in both windows. More than <see cref="Events"/>: those are a sample, or not all are read yet.</summary>
    public required long Total { get; init; }

    /// <summary>Of <see cref="Total"/>: those of the window before.</summary>
    public long TotalBefore { get; init; }

    /// <summary>Counts are of a sample: the newest events of each of many equal parts of the time range, as many as fit its share.</summary>
    public required bool IsSample { get; init; }

    /// <summary>Of <see cref="Events"/>: those without a text in the field.</summary>
    public required long WithoutText { get; init; }

    /// <summary>Of <see cref="Events"/>: those of patterns that are not listed.</summary>
    public required long Others { get; init; }

    /// <summary>What each point of a trend covers, oldest first; the window before is not in it.</summary>
    public required IReadOnlyList<TimeRange> Buckets { get; init; }

    /// <summary>With a window before: values that are new, gone, grown or shrunk, the surest first. Fields with many values are left out.</summary>
    public IReadOnlyList<ValueChange> Values { get; init; } = [];

    public IReadOnlyList<SearchNote> Notes { get; init; } = [];
}

/// <param name="Field">Whose value.</param>
/// <param name="Value">The value.</param>
/// <param name="Count">Events that have it, without the window before.</param>
/// <param name="Before">The same in the window before.</param>
public sealed record ValueChange(string Field, FieldValue Value, long Count, long Before);

/// <param name="Template">Words that stay, and marks for what varies; a filter's <see cref="SearchFilter.Pattern"/>.</param>
/// <param name="Count">Events that have it, of <see cref="PatternList.Events"/>, without the window before.</param>
/// <param name="Before">The same in the window before.</param>
/// <param name="Finds">How many of <see cref="PatternList.Events"/> a filter by the template finds, both windows; more than were counted where an event fits several patterns.</param>
/// <param name="Trend">Events of each bucket.</param>
/// <param name="Example">The text of one of the events, its start when it is long.</param>
public sealed record MessagePattern(string Template, long Count, long Before, long Finds, IReadOnlyList<long> Trend, string Example)
{
    /// <summary>The filter finds exactly the events that were counted.</summary>
    public bool IsExact => Finds == Count + Before;
}
