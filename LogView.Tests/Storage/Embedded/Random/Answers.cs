using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Language;
using LogView.Server.Storage;
using LogView.Server.Storage.Aggregations;

namespace LogView.Tests.Storage.Embedded.Random;

/// <summary>Asks engines the same and compares what they say: hits, order, pages, counts and buckets.</summary>
internal static class Answers
{
    private const int Pages = 4;

    /// <param name="oracle">Whose answers count.</param>
    /// <param name="others">By the names they have in the message.</param>
    /// <param name="search">From its first page on.</param>
    /// <param name="asksTwice">Engines that keep answers are asked again, and say the same.</param>
    public static async Task CompareAsync(IEventStore oracle, IReadOnlyDictionary<string, IEventStore> others, StoreSearch search, bool asksTwice)
    {
        for (int page = 0; page < Pages; page++)
        {
            (string expected, string? next, SearchResult? right) = await AskAsync(oracle, search);
            foreach ((string name, IEventStore other) in others)
            {
                for (int time = asksTwice ? 0 : 1; time < 2; time++)
                {
                    (string actual, string? actualNext, SearchResult? answer) = await AskAsync(other, search);
                    Assert.True(
                        expected == actual,
                        $"{QueryPrinter.Print(search.Query)}\n{search.Query}\nsort {string.Join(',', search.Sort)} page {page}\n{oracle.Engine}\n{expected}\n{name}\n{actual}");
                    Assert.Equal(PlaceOf(next, search.Sort), PlaceOf(actualNext, search.Sort));
                    ComparePercentiles(right?.Aggregations, answer?.Aggregations, name);
                }
            }

            if (next is null)
            {
                return;
            }

            search = search with { After = next };
        }
    }

    /// <summary>The cursor without the writer, which only a store that several LogViews share has. Of an event with 1 and 1.0 either is its place.</summary>
    private static string? PlaceOf(string? cursor, IReadOnlyList<SortField> sort)
    {
        if (cursor is null)
        {
            return null;
        }

        SortKey key = SortCursor.Read(cursor, sort);
        return SortCursor.Write(key with { Writer = null, Values = [.. key.Values.Select(AsWhole)] }, sort);
    }

    private static FieldValue AsWhole(FieldValue value) =>
        value.Kind == FieldValueKind.Double && value.AsDouble() is var number && Math.Abs(number) < 1e15 && Math.Truncate(number) == number ? FieldValue.Of((long)number) : value;

    /// <summary>The texts are the same, so these have the same shape.</summary>
    private static void ComparePercentiles(IReadOnlyDictionary<string, AggregationResult>? expected, IReadOnlyDictionary<string, AggregationResult>? actual, string name)
    {
        foreach ((string key, AggregationResult result) in expected ?? new Dictionary<string, AggregationResult>(StringComparer.Ordinal))
        {
            if (result is PercentilesResult right && actual![key] is PercentilesResult answer)
            {
                foreach ((double percent, double? value) in right.Values.Where(v => v.Value is not null))
                {
                    double allowed = Math.Abs(value!.Value) * (right.RelativeError + answer.RelativeError) * 1.000001;
                    Assert.True(Math.Abs(value.Value - answer.Values[percent]!.Value) <= allowed, $"{name}: {percent} % of {key} is {answer.Values[percent]}, not {value}");
                }
            }
            else if (result is BucketsResult buckets)
            {
                IReadOnlyList<Bucket> others = ((BucketsResult)actual![key]).Buckets;
                for (int i = 0; i < others.Count; i++)
                {
                    ComparePercentiles(buckets.Buckets[i].Aggregations, others[i].Aggregations, name);
                }
            }
        }
    }

    private static async Task<(string Text, string? Next, SearchResult? Result)> AskAsync(IEventStore store, StoreSearch search)
    {
        try
        {
            SearchResult result = await store.SearchAsync(search, progress: null, CancellationToken.None);
            return (AnswerText.Of(result), result.Next, result);
        }
        catch (TooManyBucketsException)
        {
            return ("too many buckets", null, null);
        }
    }
}
