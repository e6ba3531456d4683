using System.Text.Json;
using System.Text.Json.Nodes;
using LogView.Client.Contracts.Search;
using LogView.Server.Storage.Aggregations;

namespace LogView.Server.Storage.Elastic.Reading.Aggregating;

/// <summary>LogView's number buckets filled by the cluster's <c>range</c>: its <c>histogram</c> rounds fractions another way.</summary>
internal static class NumberHistogram
{
    /// <summary>Null when a number is too far out for exact bounds.</summary>
    public static PushedAggregation? Write(string field, NumberBuckets buckets, (double Min, double Max) extent, PushedSet children)
    {
        if (buckets.IndexOf(extent.Min) is not { } first || buckets.IndexOf(extent.Max) is not { } last)
        {
            return null;
        }

        int count = buckets.CountBetween(first, last);
        var ranges = new JsonArray();
        for (int i = 0; i < count; i++)
        {
            ranges.Add((JsonNode)new JsonObject { ["from"] = buckets.Lower(first + i), ["to"] = buckets.Lower(first + i + 1) });
        }

        var request = new JsonObject { ["range"] = new JsonObject { ["field"] = field, ["ranges"] = ranges } };
        return new PushedAggregation(children.Within(request), (answer, budget) => Read(answer, buckets, first, children, budget));
    }

    /// <summary>From the first to the last filled bucket, as within other buckets there may be fewer.</summary>
    private static BucketsResult Read(JsonElement? answer, NumberBuckets buckets, long first, PushedSet children, BucketBudget budget)
    {
        JsonElement[] all = answer is { } found ? [.. found.GetProperty("buckets").EnumerateArray()] : [];
        int low = Array.FindIndex(all, IsFilled), high = Array.FindLastIndex(all, IsFilled);
        return low < 0 ? new BucketsResult([]) : new BucketsResult([.. Enumerable.Range(low, high - low + 1).Select(i => children.Bucket(all[i], budget) with
        {
            From = buckets.LowerText(first + i), To = buckets.LowerText(first + i + 1),
        })]);
    }

    private static bool IsFilled(JsonElement bucket) => bucket.GetProperty("doc_count").GetInt64() > 0;
}
