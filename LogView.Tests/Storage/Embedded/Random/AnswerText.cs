using System.Globalization;
using LogView.Client.Contracts.Search;

namespace LogView.Tests.Storage.Embedded.Random;

/// <summary>An answer as text, for comparing engines.</summary>
internal static class AnswerText
{
    public static string Of(SearchResult result) =>
        $"{result.Status} {result.Total} next={result.Next is not null} [{string.Join(' ', result.Hits.Select(h => h.Event.Id.Value))}] {Of(result.Aggregations)}";

    private static string Of(IReadOnlyDictionary<string, AggregationResult> results) =>
        string.Join(", ", results.OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => $"{r.Key}: {Of(r.Value)}"));

    private static string Of(AggregationResult result) => result switch
    {
        BucketsResult buckets => $"({string.Join("; ", buckets.Buckets.Select(Of))}) other={buckets.OtherCount}",
        // Sums in another order differ in the last digits.
        MetricResult { Value: { } value } => value.ToString("G12", CultureInfo.InvariantCulture),
        // Their values only agree within the error they state: compared by Answers.
        PercentilesResult percentiles => string.Join(
            ",", percentiles.Values.OrderBy(v => v.Key).Select(v => string.Create(CultureInfo.InvariantCulture, $"{v.Key}:{v.Value is not null}"))),
        _ => "-",
    };

    private static string Of(Bucket bucket) =>
        $"{bucket.Key} {bucket.From}..{bucket.To} = {bucket.Count} {{{Of(bucket.Aggregations)}}}";
}
