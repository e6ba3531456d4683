using CsCheck;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Language;
using LogView.Server.Storage;
using LogView.Server.Storage.Aggregations;
using LogView.Server.Storage.Elastic;
using LogView.Server.Storage.Memory;
using LogView.Tests.Storage.Embedded.Random;
using LogView.Tests.Testing;

namespace LogView.Tests.Storage.Elastic;

/// <summary>Random events and searches: a cluster answers as the memory engine does, in hits, order, pages, counts and buckets.</summary>
public abstract class ElasticEqualsMemory(ElasticServer server)
{
    private const int SearchesPerRound = 40;

    [Fact]
    public void Search_OfRandomEvents_AnswersAsMemory() =>
        Gen.Int[0, int.MaxValue].Sample(seed => RoundAsync(seed).GetAwaiter().GetResult(), seed: Seed.Value, iter: 4, threads: 1);

    private async Task RoundAsync(int seed)
    {
        var random = new System.Random(seed);
        using var folder = new TempFolder();
        await using var memory = new MemoryEventStore(new MemoryEngineOptions(), TimeProvider.System);
        await using ElasticEventStore cluster = server.Open(folder.Path, server.NextPrefix());
        Func<LogEvent> next = random.Next(3) == 0 ? new RandomEvents(random) { RepeatEvery = 30 }.Next : new PlainEvents(random).Next;
        for (int batches = 1 + random.Next(3); batches > 0; batches--)
        {
            LogEvent[] batch = [.. Enumerable.Range(0, 1 + random.Next(60)).Select(_ => next())];
            await memory.WriteAsync(batch, CancellationToken.None);
            await cluster.WriteAsync(batch, CancellationToken.None);
        }

        var searches = new RandomSearches(random);
        for (int i = 0; i < SearchesPerRound; i++)
        {
            await CompareAsync(memory, cluster, searches.Next());
        }
    }

    private static async Task CompareAsync(MemoryEventStore memory, ElasticEventStore cluster, StoreSearch search)
    {
        for (int page = 0; page < 4; page++)
        {
            (string expected, string? next) = await AskAsync(memory, search);
            (string actual, string? actualNext) = await AskAsync(cluster, search);
            Assert.True(
                expected == actual,
                $"{QueryPrinter.Print(search.Query)}\n{search.Query}\nsort {string.Join(',', search.Sort)} page {page}\nmemory  {expected}\ncluster {actual}");
            Assert.Equal(next, actualNext);
            if (next is null)
            {
                return;
            }

            search = search with { After = next };
        }
    }

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

[Collection("elasticsearch8")]
[Trait("Kind", "slow")]
public sealed class Elasticsearch8EqualsMemoryTests(Elasticsearch8 server) : ElasticEqualsMemory(server);

[Collection("opensearch2")]
[Trait("Kind", "slow")]
public sealed class OpenSearch2EqualsMemoryTests(OpenSearch2 server) : ElasticEqualsMemory(server);

[Collection("elasticsearch7")]
[Trait("Kind", "slow")]
public sealed class Elasticsearch7EqualsMemoryTests(Elasticsearch7 server) : ElasticEqualsMemory(server);
