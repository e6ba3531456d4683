using System.Text.Json.Serialization;
using LogView.Client.Contracts.Search;
using LogView.Server.Api.Json;

namespace LogView.Server.Api.Search;

/// <summary>
/// Patterns of messages. Counts are over <c>events</c> of <c>total</c>; where those are fewer the answer is a sample (<c>isSample</c>) or not finished.
/// </summary>
public sealed record PatternsAnswer
{
    public required SearchStatus Status { get; init; }

    public required long Events { get; init; }

    public required long EventsBefore { get; init; }

    public required long Total { get; init; }

    public required long TotalBefore { get; init; }

    public required bool IsSample { get; init; }

    public required long WithoutText { get; init; }

    public required long Others { get; init; }

    public required IReadOnlyList<PatternAnswer> Patterns { get; init; }

    /// <summary>Starts of the buckets of a trend, and the end of the last.</summary>
    public required IReadOnlyList<string> Buckets { get; init; }

    /// <summary>With <c>before</c>: values of fields that are new, gone, grown or shrunk.</summary>
    public required IReadOnlyList<ValueChangeAnswer> Values { get; init; }

    public required IReadOnlyList<NoteAnswer> Notes { get; init; }

    internal static PatternsAnswer Of(PatternList list) => new()
    {
        Status = list.Status,
        Events = list.Events,
        EventsBefore = list.EventsBefore,
        Total = list.Total,
        TotalBefore = list.TotalBefore,
        IsSample = list.IsSample,
        WithoutText = list.WithoutText,
        Others = list.Others,
        Patterns = [.. list.Patterns.Select(p => new PatternAnswer(p.Template, p.Count, p.Before, p.Finds, p.Trend, p.Example))],
        Buckets = list.Buckets.Count == 0 ? [] : [.. list.Buckets.Select(b => b.From.ToString()), list.Buckets[^1].To.ToString()],
        Values = [.. list.Values.Select(v => new ValueChangeAnswer(v.Field, new JsonScalar(v.Value), v.Count, v.Before))],
        Notes = [.. list.Notes.Select(n => new NoteAnswer(n.Code, n.Message, n.Field, n.Nearest))],
    };
}

/// <param name="Pattern">As a filter takes it.</param>
/// <param name="Count">Events that have it, of those read in the time range.</param>
/// <param name="Before">The same in the window before; 0 unless it was asked for.</param>
/// <param name="Finds">How many of the events read a filter by the pattern finds.</param>
/// <param name="Trend">Events of each bucket.</param>
/// <param name="Example">One of the messages, at most 1,000 characters.</param>
public sealed record PatternAnswer(string Pattern, long Count, long Before, long Finds, IReadOnlyList<long> Trend, string Example);

/// <param name="Field">Whose value.</param>
/// <param name="Value">The value.</param>
/// <param name="Count">Events that have it, of those read in the time range.</param>
/// <param name="Before">The same in the window before.</param>
public sealed record ValueChangeAnswer(string Field, JsonScalar Value, long Count, long Before);

/// <summary>A line of <c>format=ndjson</c>: how far it is, the answer, or why there is none.</summary>
public sealed record PatternLine
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PatternProgress? Progress { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PatternsAnswer? Result { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Error { get; init; }
}

public sealed record PatternProgress(long Events, long Total);
