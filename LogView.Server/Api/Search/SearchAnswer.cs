using System.Text.Json.Serialization;
using LogView.Client.Contracts.Search;
using LogView.Server.Api.Json;

namespace LogView.Server.Api.Search;

/// <summary>The answer of a search. <c>total</c> is null when no count was asked for, <c>next</c> at the end.</summary>
public sealed record SearchAnswer
{
    public required SearchStatus Status { get; init; }

    public required long TookMs { get; init; }

    public required TotalAnswer? Total { get; init; }

    public required IReadOnlyList<HitAnswer> Hits { get; init; }

    public required string? Next { get; init; }

    public required IReadOnlyDictionary<string, AggregationAnswer> Aggregations { get; init; }

    public required IReadOnlyList<NoteAnswer> Notes { get; init; }
}

/// <param name="Value">Hits.</param>
/// <param name="Relation"><c>eq</c>, or <c>gte</c>: at least so many.</param>
public sealed record TotalAnswer(long Value, string Relation);

/// <summary>An event found. <c>source</c> is what was sent, byte for byte; <c>fields</c> has the values of the fields that were asked for.</summary>
public sealed record HitAnswer
{
    public required string Id { get; init; }

    public required string DataStream { get; init; }

    public required string Timestamp { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RawJson? Source { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, IReadOnlyList<JsonScalar>>? Fields { get; init; }
}

/// <summary>Something to know about an answer; <c>code</c> is stable.</summary>
public sealed record NoteAnswer(string Code, string Message, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Field, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Nearest = null);

[JsonDerivedType(typeof(BucketsAnswer))]
[JsonDerivedType(typeof(MetricAnswer))]
[JsonDerivedType(typeof(PercentilesAnswer))]
public abstract record AggregationAnswer;

/// <summary>Groups. <c>intervalMs</c> for date histograms of a fixed width, <c>otherCount</c> and <c>errorBound</c> for terms.</summary>
public sealed record BucketsAnswer : AggregationAnswer
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? IntervalMs { get; init; }

    public required IReadOnlyList<BucketAnswer> Buckets { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? OtherCount { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? ErrorBound { get; init; }
}

/// <summary>One group: a <c>key</c>, or <c>from</c> and <c>to</c> (instants or numbers, half-open).</summary>
public sealed record BucketAnswer
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonScalar? Key { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonScalar? From { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonScalar? To { get; init; }

    public required long Count { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, AggregationAnswer>? Aggregations { get; init; }
}

/// <summary>One number; null when there is nothing to compute it from.</summary>
public sealed record MetricAnswer(double? Value, double RelativeError) : AggregationAnswer;

/// <summary>Values by percentage; null when there are no numbers.</summary>
public sealed record PercentilesAnswer(IReadOnlyDictionary<string, double?> Values, double RelativeError) : AggregationAnswer;

/// <summary>A line behind the hits of an NDJSON export, only where something may be missing.</summary>
public sealed record ExportNote(NoteAnswer Note);
