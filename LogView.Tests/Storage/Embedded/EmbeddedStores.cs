using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Server.Platform;
using LogView.Server.Storage;
using LogView.Server.Storage.Embedded;
using Microsoft.Extensions.Logging.Abstractions;

namespace LogView.Tests.Storage.Embedded;

/// <summary>Opens embedded stores for tests.</summary>
internal static class EmbeddedStores
{
    public static EmbeddedEventStore Open(string folder, Func<EmbeddedStoreOptions, EmbeddedStoreOptions>? change = null, IFileSystem? files = null, TimeProvider? clock = null)
    {
        var options = new EmbeddedStoreOptions { Directory = Path.Combine(folder, "store") };
        return EmbeddedEventStore.Open(
            change?.Invoke(options) ?? options, files ?? DiskFileSystem.Instance, clock ?? TimeProvider.System, NullLogger<EmbeddedEventStore>.Instance);
    }
}

/// <summary>Makes segments of every write: before it returns, so that a test looks at sealed segments only, or behind its back.</summary>
internal sealed class SealingStore(EmbeddedEventStore inner, bool waits = true) : IEventStore
{
    public EmbeddedEventStore Inner => inner;

    public string Engine => inner.Engine;

    public long DurableSequence => inner.DurableSequence;

    public StoreStatistics Statistics => inner.Statistics;

    public async Task WriteAsync(IReadOnlyList<LogEvent> events, CancellationToken cancellationToken)
    {
        await inner.WriteAsync(events, cancellationToken);
        if (waits)
        {
            await inner.SealAllAsync(cancellationToken);
        }
        else
        {
            await inner.CloseHeadsAsync(_ => true, cancellationToken);
        }
    }

    public Task<SearchResult> SearchAsync(StoreSearch search, IProgress<SearchResult>? progress, CancellationToken cancellationToken) =>
        inner.SearchAsync(search, progress, cancellationToken);

    public Task<IReadOnlyDictionary<EventId, LogEvent>> FindAsync(
        DataStreamName dataStream, IReadOnlyCollection<EventId> ids, CancellationToken cancellationToken) => inner.FindAsync(dataStream, ids, cancellationToken);

    public Task<FieldList> ListFieldsAsync(StoreSearch search, int sampleEvents, CancellationToken cancellationToken) =>
        inner.ListFieldsAsync(search, sampleEvents, cancellationToken);

    public Task<IReadOnlyList<DataStreamInfo>> ListDataStreamsAsync(CancellationToken cancellationToken) => inner.ListDataStreamsAsync(cancellationToken);

    public Task<bool> DeleteDataStreamAsync(DataStreamName name, CancellationToken cancellationToken) => inner.DeleteDataStreamAsync(name, cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
