using CsCheck;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Server.Storage;
using LogView.Server.Storage.Embedded;
using LogView.Tests.Testing;

namespace LogView.Tests.Storage.Embedded;

/// <summary>Whatever the bytes of a source were, a sealed segment gives them back as they were sent.</summary>
public sealed class EmbeddedSourceTests
{
    [Fact]
    public void Source_OfAnyBytes_ComesBackAsItWasSent() => Gen.Int.Sample(
        seed =>
        {
            var random = new System.Random(seed);
            var sources = new RandomSources(random);
            LogEvent[] events = [.. Enumerable.Range(1, 1 + random.Next(600)).Select(i => sources.Next(i))];
            using var folder = new TempFolder();
            return ComesBackAsync(folder.Path, events).GetAwaiter().GetResult();
        },
        iter: 60, seed: Seed.Value, threads: 1);

    [Fact]
    public async Task Source_ThatIsNotJson_IsStoredWithoutFields()
    {
        using var folder = new TempFolder();
        var random = new System.Random(1);
        var sources = new RandomSources(random);
        LogEvent[] events = [.. Enumerable.Range(1, 50).Select(i => sources.Next(i)).Select(e => new LogEvent
        {
            Id = e.Id, DataStream = e.DataStream, Timestamp = e.Timestamp, Sequence = e.Sequence, Source = "{\"level\":\"error\", \"cut"u8.ToArray(), Derived = "{\"a\":"u8.ToArray(),
        })];
        await using EmbeddedEventStore store = EmbeddedStores.Open(folder.Path);

        await store.WriteAsync(events, TestContext.Current.CancellationToken);

        SearchResult found = await store.SearchAsync(All, progress: null, TestContext.Current.CancellationToken);
        Assert.Equal(events.Length, found.Hits.Count);
        Assert.All(found.Hits, hit => Assert.Equal(["@timestamp"], hit.Event.Fields.Select(f => f.Name)));
    }

    private static StoreSearch All => new() { DataStreams = _ => true, Now = default, Size = 10_000 };

    private static async Task<bool> ComesBackAsync(string folder, LogEvent[] events)
    {
        await using EmbeddedEventStore store = EmbeddedStores.Open(folder);
        await store.WriteAsync(events, CancellationToken.None);
        await store.SealAllAsync(CancellationToken.None);
        SearchResult found = await store.SearchAsync(All, progress: null, CancellationToken.None);
        Dictionary<EventId, LogEvent> sent = events.ToDictionary(e => e.Id);
        return found.Hits.Count == events.Length && found.Hits.All(hit => sent[hit.Event.Id] is var own
            && own.Source.Span.SequenceEqual(hit.Event.Source.Span) && own.Derived.Span.SequenceEqual(hit.Event.Derived.Span));
    }
}
