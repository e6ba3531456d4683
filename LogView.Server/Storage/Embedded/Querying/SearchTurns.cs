namespace LogView.Server.Storage.Embedded.Querying;

/// <summary>
/// Lets all searches take turns, one segment at a time: whoever asked first goes first, and a worker that wants its next segment stands behind those that
/// wait. A search of a few segments so ends soon, however many the others have left. Safe for concurrent use.
/// </summary>
internal sealed class SearchTurns(int atOnce) : IDisposable
{
    /// <summary>Its waiters are served in the order of their coming.</summary>
    private readonly SemaphoreSlim _free = new(atOnce);

    /// <summary>Waits for a turn and takes it. Throws <see cref="OperationCanceledException"/>, and then none was taken.</summary>
    public async Task TakeAsync(Action work, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        try
        {
            work();
        }
        finally
        {
            _free.Release();
        }
    }

    public void Dispose() => _free.Dispose();
}
