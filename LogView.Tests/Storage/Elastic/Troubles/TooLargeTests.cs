using System.Globalization;
using System.Text;
using System.Text.Json;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Server.Storage.Elastic;

namespace LogView.Tests.Storage.Elastic.Troubles;

/// <summary>Servers that take small requests only, or have little memory for them.</summary>
[Collection("elasticsearch8")]
[Trait("Kind", "slow")]
public sealed class TooLargeTests
{
    private const string Stream = "logs-large";

    private readonly ClusterEvents _events = new(Stream);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Not Elasticsearch 8: the HTTP layer of the one that is started here has no such limit.</summary>
    [Theory]
    [InlineData("opensearch2")]
    [InlineData("elasticsearch7")]
    public async Task Write_RequestsAreTooLarge_GoesInSmallerOnesAndPutsWhatDoesNotFitAside(string product)
    {
        await using OwnServer server = await OwnServer.StartAsync(product, "http.max_content_length=100kb");
        await using ElasticEventStore store = server.Open();
        LogEvent bare = _events.Next(Numbered(50_000)), parted = _events.Next(Numbered(300_000));
        LogEvent[] batch = [.. _events.Next(300, Numbered(2_000)), bare, parted, .. _events.Next(10)];

        await store.WriteAsync(batch, Cancel);
        await store.WriteAsync(batch, Cancel);

        Assert.Equal(batch[^1].Sequence, store.DurableSequence);
        IReadOnlyList<Hit> all = await ClusterEvents.FindAsync(store, "*");
        Hit[] own = [.. all.Where(h => h.Event.DataStream.Value == Stream)];
        Assert.Equal(batch.Except([parted]).Select(e => e.Id), own.Select(h => h.Event.Id).OrderBy(i => Array.FindIndex(batch, b => b.Id == i)));
        Assert.Equal(bare.Source.ToArray(), own.Single(h => h.Event.Id == bare.Id).Event.Source.ToArray());
        Assert.Equal(parted.Source.ToArray(), Together([.. all.Except(own)], parted));
        Assert.Contains("logs-logview.rejected-default", store.Health.PutAside, StringComparison.Ordinal);
        Assert.Null(store.Health.WriteProblem);
    }

    [Fact]
    public async Task Write_NoMemoryForALargeRequest_GoesInSmallerOnes()
    {
        // A node answers 429 (es_rejected_execution_exception) to what is above, whatever else it does.
        await using OwnServer server = await OwnServer.StartAsync("elasticsearch8", "indexing_pressure.memory.limit=600kb");
        await using ElasticEventStore store = server.Open();
        LogEvent[] batch = _events.Next(1_500, Numbered(1_000));

        await store.WriteAsync(batch, Cancel);

        Assert.Equal(batch.Select(e => e.Id), (await ClusterEvents.FindAsync(store, "*")).Select(h => h.Event.Id));
        Assert.True(store.Health.IsGood);
    }

    private static string Numbered(int characters)
    {
        StringBuilder text = new();
        for (int i = 0; text.Length < characters; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"결제 {i} ");
        }

        return $$"""{"message":"{{text}}"}""";
    }

    private static byte[] Together(IReadOnlyList<Hit> parts, LogEvent whole)
    {
        JsonElement[] read = [.. parts.Select(p => JsonDocument.Parse(p.Event.Source).RootElement).OrderBy(p => p.GetProperty("refused").GetProperty("part").GetInt32())];
        Assert.All(read, p => Assert.Equal(whole.Id.Value, p.GetProperty("refused").GetProperty("id").GetString()));
        return Encoding.UTF8.GetBytes(string.Concat(read.Select(p => p.GetProperty("message").GetString())));
    }
}
