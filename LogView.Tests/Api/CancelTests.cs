using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Server.Storage;
using LogView.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LogView.Tests.Api;

/// <summary>Closing the connection ends the work in the store.</summary>
public sealed class CancelTests
{
    [Theory]
    [InlineData("/api/v1/search")]
    [InlineData("/api/v1/export")]
    [InlineData("/api/v1/fields")]
    public async Task Get_ConnectionClosed_CancelsTheStore(string path)
    {
        var store = new HangingStore();
        await using LogViewServer server = await LogViewServer.StartAsync(replace: s => s.Replace(ServiceDescriptor.Singleton<IEventStore>(store)));
        using var closing = new CancellationTokenSource();
        Task<HttpResponseMessage> request = server.Client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, closing.Token);
        await store.Asked.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        await closing.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        await store.Cancelled.Task.WaitAsync(TimeSpan.FromMilliseconds(500), TestContext.Current.CancellationToken);
    }

    /// <summary>A store whose searches end only by cancellation.</summary>
    private sealed class HangingStore : IEventStore
    {
        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Engine => "hanging";

        public long DurableSequence => 0;

        public StoreStatistics Statistics => new(0, 0, 0, null);

        public Task WriteAsync(IReadOnlyList<LogEvent> events, CancellationToken cancellationToken) => Task.CompletedTask;

        public async Task<SearchResult> SearchAsync(StoreSearch search, IProgress<SearchResult>? progress, CancellationToken cancellationToken)
        {
            await HangAsync(cancellationToken);
            throw new InvalidOperationException("It was not cancelled");
        }

        public async Task<FieldList> ListFieldsAsync(StoreSearch search, int sampleEvents, CancellationToken cancellationToken)
        {
            await HangAsync(cancellationToken);
            throw new InvalidOperationException("It was not cancelled");
        }

        public Task<IReadOnlyDictionary<EventId, LogEvent>> FindAsync(DataStreamName dataStream, IReadOnlyCollection<EventId> ids, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyDictionary<EventId, LogEvent>>(new Dictionary<EventId, LogEvent>());

        public Task<IReadOnlyList<DataStreamInfo>> ListDataStreamsAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<DataStreamInfo>>([]);

        public Task<bool> DeleteDataStreamAsync(DataStreamName name, CancellationToken cancellationToken) => Task.FromResult(false);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private async Task HangAsync(CancellationToken cancellationToken)
        {
            Asked.TrySetResult();
            try
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
            finally
            {
                Cancelled.TrySetResult();
            }
        }
    }
}
