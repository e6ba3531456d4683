using System.Text;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Server.Indexing;
using LogView.Server.Storage;
using LogView.Server.Wal;
using LogView.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace LogView.Tests.Ingest;

/// <summary>What a running server has stored, oldest arrival first.</summary>
internal static class StoredEvents
{
    public static async Task<IReadOnlyList<LogEvent>> EventsAsync(this LogViewServer server, string dataStream)
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        long durable = server.Services.GetRequiredService<IWriteAheadLog>().DurableSequence;
        Assert.True(await server.Services.GetRequiredService<IIndexProgress>().WaitForAsync(durable, TimeSpan.FromSeconds(20), cancel));
        var search = new StoreSearch { DataStreams = n => n.Value == dataStream, Now = Timestamp.Now(TimeProvider.System), Size = 100_000 };
        SearchResult result = await server.Services.GetRequiredService<IEventStore>().SearchAsync(search, progress: null, cancel);
        return [.. result.Hits.Select(h => h.Event).OrderBy(e => e.Sequence)];
    }

    public static async Task<string[]> SourcesAsync(this LogViewServer server, string dataStream) =>
        [.. (await server.EventsAsync(dataStream)).Select(e => Encoding.UTF8.GetString(e.Source.Span))];
}
