using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Time;
using LogView.Server.Storage.Aggregations;

namespace LogView.Server.Storage.Elastic.Reading.Aggregating;

/// <summary>LogView's time buckets filled by the cluster. The bounds are LogView's own, so that they are the same on every engine.</summary>
internal static class TimeHistogram
{
    private const long Millisecond = Timestamp.NanosecondsPerMillisecond;

    /// <summary>By the cluster's histogram, which counts in milliseconds; null when the bounds are no whole ones or the width changes.</summary>
    public static PushedAggregation? Fixed(string field, TimeBuckets buckets, PushedSet children)
    {
        long first = buckets[0].From.UnixNanoseconds;
        if (buckets.FixedNanoseconds is not { } width || width % Millisecond != 0 || first % Millisecond != 0 || first == long.MinValue)
        {
            return null;
        }

        long offset = ((first % width + width) % width) / Millisecond;
        var body = new JsonObject
        {
            ["field"] = field,
            ["fixed_interval"] = string.Create(CultureInfo.InvariantCulture, $"{width / Millisecond}ms"),
            ["offset"] = string.Create(CultureInfo.InvariantCulture, $"{offset}ms"),
            ["min_doc_count"] = 1,
            ["format"] = "epoch_millis",
        };
        return new PushedAggregation(children.Within(new JsonObject { ["date_histogram"] = body }), (answer, budget) =>
        {
            Dictionary<int, JsonElement> filled = [];
            foreach (JsonElement bucket in answer?.GetProperty("buckets").EnumerateArray() ?? default)
            {
                filled[buckets.IndexOf(Timestamp.FromUnixMilliseconds(bucket.GetProperty("key").GetInt64()))] = bucket;
            }

            return Result(buckets, i => filled.TryGetValue(i, out JsonElement bucket) ? bucket : null, children, budget);
        });
    }

    /// <summary>By one query for each bucket.</summary>
    /// <param name="instants">The query for events between two instants, both included.</param>
    /// <param name="buckets">Their bounds.</param>
    /// <param name="children">Inside each.</param>
    public static PushedAggregation Each(Func<Timestamp, Timestamp, JsonObject> instants, TimeBuckets buckets, PushedSet children)
    {
        JsonObject[] queries = [.. Enumerable.Range(0, buckets.Count).Select(i => Between(instants, buckets[i].From, Upper(buckets[i].To)))];
        var request = new JsonObject { ["filters"] = new JsonObject { ["filters"] = new JsonArray([.. queries]) } };
        return new PushedAggregation(
            children.Within(request), (answer, budget) => Result(buckets, i => answer?.GetProperty("buckets")[i], children, budget));

        static Timestamp? Upper(Timestamp to) => to == Timestamp.MaxValue ? null : to;
    }

    /// <summary>Half-open; null: open.</summary>
    public static JsonObject Between(Func<Timestamp, Timestamp, JsonObject> instants, Timestamp? from, Timestamp? to) =>
        instants(from ?? Timestamp.MinValue, to is { } end ? new Timestamp(end.UnixNanoseconds - 1) : Timestamp.MaxValue);

    private static BucketsResult Result(TimeBuckets buckets, Func<int, JsonElement?> filled, PushedSet children, BucketBudget budget)
    {
        var result = new Bucket[buckets.Count];
        for (int i = 0; i < result.Length; i++)
        {
            TimeRange range = buckets[i];
            result[i] = children.Bucket(filled(i), budget) with { From = range.From.ToString(), To = range.To.ToString(), Range = range };
        }

        return new BucketsResult(result, buckets.FixedNanoseconds);
    }
}
