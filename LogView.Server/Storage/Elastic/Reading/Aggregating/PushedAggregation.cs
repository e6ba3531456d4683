using System.Text.Json;
using System.Text.Json.Nodes;
using LogView.Client.Contracts.Search;
using LogView.Server.Storage.Aggregations;

namespace LogView.Server.Storage.Elastic.Reading.Aggregating;

/// <summary>One aggregation as the cluster is asked for it, and how its answer is read.</summary>
/// <param name="Request">The cluster's aggregation; null: the answer is known without it.</param>
/// <param name="Read">The answer, of nothing for null: a bucket that the cluster left out because it is empty.</param>
internal sealed record PushedAggregation(JsonObject? Request, Func<JsonElement?, BucketBudget, AggregationResult> Read)
{
    public static PushedAggregation Known(AggregationResult result) => new(Request: null, (_, _) => result);
}

/// <summary>The aggregations of one level.</summary>
internal sealed class PushedSet(IReadOnlyDictionary<string, PushedAggregation> aggregations)
{
    /// <summary>Names given by people may be anything; the cluster gets these.</summary>
    private static string NameOf(int index) => $"a{index}";

    public JsonObject? Request()
    {
        var request = new JsonObject();
        int index = 0;
        foreach (PushedAggregation aggregation in aggregations.Values)
        {
            if (aggregation.Request is { } one)
            {
                request[NameOf(index)] = one.DeepClone();
            }

            index++;
        }

        return request.Count == 0 ? null : request;
    }

    /// <param name="parent">A bucket or the <c>aggregations</c> of an answer; null: an empty bucket.</param>
    /// <param name="budget">Counts all buckets.</param>
    public IReadOnlyDictionary<string, AggregationResult> Read(JsonElement? parent, BucketBudget budget)
    {
        Dictionary<string, AggregationResult> results = new(StringComparer.Ordinal);
        int index = 0;
        foreach ((string name, PushedAggregation aggregation) in aggregations)
        {
            JsonElement? answer = parent is { } found && found.TryGetProperty(NameOf(index), out JsonElement one) ? one : null;
            results[name] = aggregation.Read(answer, budget);
            index++;
        }

        return results;
    }

    /// <summary>A bucket with its own aggregations.</summary>
    public Bucket Bucket(JsonElement? bucket, BucketBudget budget)
    {
        budget.Take(1);
        return new Bucket(bucket?.GetProperty("doc_count").GetInt64() ?? 0) { Aggregations = Read(bucket, budget) };
    }

    /// <summary>The aggregation with these inside.</summary>
    public JsonObject Within(JsonObject aggregation)
    {
        if (Request() is { } children)
        {
            aggregation["aggs"] = children;
        }

        return aggregation;
    }
}
