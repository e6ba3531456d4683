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
            (string expected, string? next) = await AskAsync(oracle, search);
            foreach ((string name, IEventStore other) in others)
            {
                for (int time = asksTwice ? 0 : 1; time < 2; time++)
                {
                    (string actual, string? actualNext) = await AskAsync(other, search);
                    Assert.True(
                        expected == actual,
                        $"{QueryPrinter.Print(search.Query)}\n{search.Query}\nsort {string.Join(',', search.Sort)} page {page}\n{oracle.Engine}\n{expected}\n{name}\n{actual}");
                    Assert.Equal(next, PlaceOf(actualNext, search.Sort));
                }
            }

            if (next is null)
            {
                return;
            }

            search = search with { After = next };
        }
    }

    /// <summary>The cursor without the writer: only a store that several LogViews share has one.</summary>
    private static string? PlaceOf(string? cursor, IReadOnlyList<SortField> sort) =>
        cursor is null ? null : SortCursor.Write(SortCursor.Read(cursor, sort) with { Writer = null }, sort);

    private static async Task<(string Text, string? Next)> AskAsync(IEventStore store, StoreSearch search)
    {
        try
        {
            SearchResult result = await store.SearchAsync(search, progress: null, CancellationToken.None);
            return (AnswerText.Of(result), result.Next);
        }
        catch (TooManyBucketsException)
        {
            return ("too many buckets", null);
        }
    }
}
