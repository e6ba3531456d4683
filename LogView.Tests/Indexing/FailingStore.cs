using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Server.Storage;

namespace LogView.Tests.Indexing;

/// <summary>A store whose writes can be made to fail.</summary>
internal sealed class FailingStore(IEventStore inner) : IEventStore
{
    private int _failures;

    public TaskCompletionSource Failed { get; private set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Engine => inner.Engine;

    public long DurableSequence => inner.DurableSequence;

    public StoreStatistics Statistics => inner.Statistics;

    public void FailNext(int writes) => _failures = writes;

    public Task WriteAsync(IReadOnlyList<LogEvent> events, CancellationToken cancellationToken)
    {
        if (Interlocked.Decrement(ref _failures) >= 0)
        {
            TaskCompletionSource failed = Failed;
            Failed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            failed.TrySetResult();
            throw new IOException("the cluster is away");
        }

        return inner.WriteAsync(events, cancellationToken);
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
