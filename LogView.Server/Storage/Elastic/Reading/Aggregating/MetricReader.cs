using System.Text.Json;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Server.Storage.Aggregations;
using LogView.Server.Storage.Elastic.Indices;

namespace LogView.Server.Storage.Elastic.Reading.Aggregating;

/// <summary>Numbers out of answers.</summary>
internal static class MetricReader
{
    public static MetricResult Value(JsonElement? answer, double? nothing, double error) =>
        answer is { } found && found.GetProperty("value") is { ValueKind: JsonValueKind.Number } value
            ? new MetricResult(value.GetDouble(), error)
            : new MetricResult(nothing);

    public static PercentilesResult Percentiles(JsonElement? answer, double[] percents)
    {
        Dictionary<double, double?> values = percents.ToDictionary(p => p, _ => (double?)null);
        if (answer is { } found)
        {
            int at = 0;
            foreach (JsonElement value in found.GetProperty("values").EnumerateArray())
            {
                values[percents[at++]] = value.GetProperty("value") is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;
            }
        }

        return new PercentilesResult(values, AggregationWriter.PercentileError);
    }
}

/// <summary>Terms out of answers.</summary>
internal static class TermsReader
{
    public static BucketsResult Read(JsonElement? answer, FieldKind kind, PushedSet children, BucketBudget budget)
    {
        if (answer is not { } found)
        {
            return new BucketsResult([], OtherCount: 0, ErrorBound: 0);
        }

        Bucket[] buckets = [.. found.GetProperty("buckets").EnumerateArray().Select(b => children.Bucket(b, budget) with { Key = Key(b.GetProperty("key"), kind) })];
        return new BucketsResult(
            buckets, OtherCount: found.GetProperty("sum_other_doc_count").GetInt64(), ErrorBound: Math.Max(0, found.GetProperty("doc_count_error_upper_bound").GetInt64()));
    }

    private static FieldValue Key(JsonElement key, FieldKind kind) => key.ValueKind switch
    {
        JsonValueKind.String => FieldValue.Of(key.GetString()!),
        JsonValueKind.True or JsonValueKind.False => FieldValue.Of(key.GetBoolean()),
        _ when kind == FieldKind.Boolean => FieldValue.Of(key.GetDouble() != 0),
        _ when key.TryGetInt64(out long whole) => FieldValue.Of(whole),
        _ => FieldValueOrder.Canonical(FieldValue.Of(key.GetDouble())),
    };
}
