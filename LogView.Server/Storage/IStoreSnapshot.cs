using LogView.Client.Contracts.Search;

namespace LogView.Server.Storage;

/// <summary>The store at one moment, as far as the engine can hold it still; for answers that are read in many pages. One reader at a time.</summary>
public interface IStoreSnapshot : IAsyncDisposable
{
    /// <summary>As <see cref="IEventStore.SearchAsync"/>, of that moment.</summary>
    Task<SearchResult> SearchAsync(StoreSearch page, CancellationToken cancellationToken);

    /// <summary>What the reader should know: to be asked when all was read.</summary>
    IReadOnlyList<SearchNote> Notes { get; }
}

/// <summary>Of an engine whose events stay in their order and place while others arrive: cursors are enough.</summary>
internal sealed class LiveSnapshot(IEventStore store) : IStoreSnapshot
{
    public IReadOnlyList<SearchNote> Notes => [];

    public Task<SearchResult> SearchAsync(StoreSearch page, CancellationToken cancellationToken) => store.SearchAsync(page, progress: null, cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
