using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Search;

namespace LogView.Client.Discover.Empty;

/// <summary>The data streams there are. While there is no event at all, it looks whether some came, whoever sent them.</summary>
/// <param name="service">Lists them.</param>
/// <param name="clock">Paces the looking.</param>
/// <param name="look">Time to look again; called from any thread.</param>
internal sealed class StoreWatch(ISearchService service, TimeProvider clock, Action look) : IDisposable
{
    /// <summary>How often the page of an empty store looks whether events came: a list of nothing costs nothing.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);

    private ITimer? _timer;
    private bool _isLoaded;

    public IReadOnlyList<DataStreamInfo> Streams { get; private set; } = [];

    /// <summary>There is nothing to search; false while that is not known.</summary>
    public bool IsEmpty => _isLoaded && Streams.Sum(s => s.Events) == 0;

    public async Task LoadAsync(Viewer viewer)
    {
        try
        {
            Streams = await service.DataStreamsAsync(viewer, CancellationToken.None);
        }
        catch (SearchUnavailableException)
        {
            // The search says what is wrong; the list comes with the next one.
            return;
        }

        _isLoaded = true;
        _timer ??= IsEmpty ? clock.CreateTimer(_ => look(), null, Pace, Pace) : null;
    }

    public void Dispose() => _timer?.Dispose();
}
