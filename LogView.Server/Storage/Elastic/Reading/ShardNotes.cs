using System.Globalization;
using System.Text.Json;
using LogView.Client.Contracts.Search;
using LogView.Server.Storage.Elastic.Client;
using LogView.Server.Storage.Elastic.Indices;

namespace LogView.Server.Storage.Elastic.Reading;

/// <summary>What is missing in an answer because parts of the cluster gave none.</summary>
internal static class ShardNotes
{
    public const string ShardsFailed = "shards_failed";

    private const int MaxNames = 5;

    public static (SearchStatus Status, IReadOnlyList<SearchNote> Notes) Of(JsonElement answer, SearchScope scope)
    {
        List<SearchNote> notes = [];
        if (answer.TryGetProperty("_shards", out JsonElement shards) && shards.GetProperty("failed").GetInt64() is > 0 and var failed)
        {
            JsonElement[] failures = shards.TryGetProperty("failures", out JsonElement list) ? [.. list.EnumerateArray()] : [];
            string? why = failures.Length > 0 ? ElasticErrors.Read(failures[0].GetProperty("reason")).Type : null;
            notes.Add(new SearchNote(ShardsFailed, string.Create(
                CultureInfo.InvariantCulture,
                $"{failed} of {shards.GetProperty("total").GetInt64()} shards of the cluster gave no answer{(why is null ? "" : $" ({why})")}; their events are missing here{Named(failures, scope)}")));
        }

        if (answer.TryGetProperty("timed_out", out JsonElement timedOut) && timedOut.GetBoolean())
        {
            notes.Add(new SearchNote("cluster_timed_out", "The cluster ran out of time; narrow the time range for a whole answer"));
        }

        return (notes.Count > 0 ? SearchStatus.Partial : SearchStatus.Complete, notes);
    }

    /// <summary>False: counts are of what did answer.</summary>
    public static bool IsWhole(JsonElement answer) =>
        !(answer.TryGetProperty("_shards", out JsonElement shards) && shards.GetProperty("failed").GetInt64() > 0)
        && !(answer.TryGetProperty("timed_out", out JsonElement timedOut) && timedOut.GetBoolean());

    private static string Named(JsonElement[] failures, SearchScope scope)
    {
        string[] names = [.. failures.Where(f => f.TryGetProperty("index", out JsonElement index) && scope.Find(index.GetString() ?? "") is not null)
            .Select(f => $"{f.GetProperty("index").GetString()}[{f.GetProperty("shard").GetInt32()}]").Distinct(StringComparer.Ordinal)];
        return names.Length == 0 ? "" : $": {string.Join(", ", names.Take(MaxNames))}{(names.Length > MaxNames ? ", …" : "")}";
    }
}

/// <summary>What searches over indices that others fill mean there.</summary>
internal static class OtherNotes
{
    private const int MaxNames = 5;

    public static IReadOnlyList<SearchNote> Of(SearchScope scope)
    {
        List<SearchNote> notes = [];
        if (scope.Others.Count > 0 && scope.OtherFields.Find("message") is { Kind: FieldKind.Text })
        {
            notes.Add(new SearchNote("words_as_indexed", "Words are found as the analysis of these indices cuts them, which LogView did not set up"));
        }

        foreach (IGrouping<string, ClusterIndex> guessed in scope.Others.Where(i => i.IsTimeGuessed).GroupBy(i => i.TimeField, StringComparer.Ordinal))
        {
            notes.Add(new SearchNote(
                "time_field", $"The time of events is that in '{guessed.Key}', for want of a date field @timestamp: {Names([.. guessed])}; elasticTimeFields in the settings file names another field"));
        }

        if (scope.Undated.Count > 0)
        {
            notes.Add(new SearchNote(
                "no_timestamp", $"Not searched, because they have no date field @timestamp and elasticTimeFields in the settings file names none that they have: {Names(scope.Undated)}"));
        }

        return notes;
    }

    private static string Names(IReadOnlyList<ClusterIndex> indices)
    {
        string[] names = [.. indices.Select(i => i.Stream.Value).Distinct(StringComparer.Ordinal)];
        return string.Join(", ", names.Take(MaxNames)) + (names.Length > MaxNames ? ", …" : "");
    }
}
