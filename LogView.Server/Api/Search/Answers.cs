using System.Globalization;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Server.Api.Json;

namespace LogView.Server.Api.Search;

/// <summary>Results as they go out.</summary>
internal static class Answers
{
    public static SearchAnswer Of(SearchResult result, IReadOnlyList<string> fields)
    {
        FieldSelection selection = new(fields);
        return new SearchAnswer
        {
            Status = result.Status,
            TookMs = result.TookMs,
            Total = result.Total is { } total ? new TotalAnswer(total.Value, total.IsExact ? "eq" : "gte") : null,
            Hits = [.. result.Hits.Select(h => Of(h, selection))],
            Next = result.Next,
            Aggregations = Of(result.Aggregations),
            Notes = [.. result.Notes.Select(n => new NoteAnswer(n.Code, n.Message, n.Field, n.Nearest))],
        };
    }

    public static HitAnswer Of(Hit hit, FieldSelection fields, bool withSource = true) => new()
    {
        Id = hit.Event.Id.Value,
        DataStream = hit.Event.DataStream.Value,
        Timestamp = hit.Event.Timestamp.ToString(),
        Source = withSource ? new RawJson(hit.Event.Source) : null,
        Fields = fields.Of(hit.Event),
    };

    /// <summary>The same for formats of one event a line: line breaks between the tokens of a source become spaces; inside JSON strings there are none.</summary>
    public static HitAnswer OnOneLine(HitAnswer hit)
    {
        if (hit.Source is not { } source || source.Utf8.Span.IndexOfAny((byte)'\n', (byte)'\r') < 0)
        {
            return hit;
        }

        byte[] line = source.Utf8.ToArray();
        line.AsSpan().Replace((byte)'\n', (byte)' ');
        line.AsSpan().Replace((byte)'\r', (byte)' ');
        return hit with { Source = new RawJson(line) };
    }

    private static Dictionary<string, AggregationAnswer> Of(IReadOnlyDictionary<string, AggregationResult> results) =>
        results.ToDictionary(r => r.Key, r => Of(r.Value), StringComparer.Ordinal);

    private static AggregationAnswer Of(AggregationResult result) => result switch
    {
        BucketsResult buckets => new BucketsAnswer
        {
            IntervalMs = buckets.IntervalNanoseconds / 1e6,
            Buckets = [.. buckets.Buckets.Select(Of)],
            OtherCount = buckets.OtherCount,
            ErrorBound = buckets.ErrorBound,
        },
        MetricResult metric => new MetricAnswer(Finite(metric.Value), metric.RelativeError),
        PercentilesResult percentiles => new PercentilesAnswer(
            percentiles.Values.ToDictionary(v => v.Key.ToString("R", CultureInfo.InvariantCulture), v => Finite(v.Value), StringComparer.Ordinal),
            percentiles.RelativeError),
        _ => throw new NotSupportedException($"The API has no form for {result.GetType().Name}"),
    };

    /// <summary>A sum beyond the largest double has no number in JSON.</summary>
    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;

    private static BucketAnswer Of(Bucket bucket) => new()
    {
        Key = bucket.Key is { } key ? new JsonScalar(key) : null,
        From = Bound(bucket, bucket.From),
        To = Bound(bucket, bucket.To),
        Count = bucket.Count,
        Aggregations = bucket.Aggregations.Count == 0 ? null : Of(bucket.Aggregations),
    };

    /// <summary>Numbers as numbers, instants as texts.</summary>
    private static JsonScalar? Bound(Bucket bucket, string? text) => text is null ? null
        : bucket.Range is null && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            ? new JsonScalar(Math.Truncate(number) == number && Math.Abs(number) < 1e15 ? FieldValue.Of((long)number) : FieldValue.Of(number))
            : new JsonScalar(FieldValue.Of(text));
}
