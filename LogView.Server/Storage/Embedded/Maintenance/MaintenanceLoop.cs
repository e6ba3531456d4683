namespace LogView.Server.Storage.Embedded.Maintenance;

/// <summary>Calls the store's upkeep now and then until it is stopped.</summary>
internal sealed class MaintenanceLoop : IAsyncDisposable
{
    private readonly Func<CancellationToken, Task> _maintain;
    private readonly ILogger _logger;
    private readonly PeriodicTimer _timer;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    public MaintenanceLoop(Func<CancellationToken, Task> maintain, TimeSpan interval, TimeProvider clock, ILogger logger)
    {
        (_maintain, _logger) = (maintain, logger);
        _timer = new PeriodicTimer(interval, clock);
        _loop = Task.Run(RunAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _timer.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (await _timer.WaitForNextTickAsync(_stop.Token))
            {
                await TryAsync();
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Stopped.
        }
    }

    private async Task TryAsync()
    {
        try
        {
            await _maintain(_stop.Token);
        }
#pragma warning disable CA1031 // The top of the loop: what failed now is tried again at the next tick.
        catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
        {
            _logger.MaintenanceFailed(e);
        }
    }
}
