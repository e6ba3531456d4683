using LogView.Server.Storage.Elastic.Client;

namespace LogView.Server.Storage.Elastic.Retiring;

/// <summary>Looks after the cluster's indices now and then. It also notices a cluster that is away while nobody searches or writes.</summary>
internal sealed partial class ElasticUpkeep(ElasticEventStore store, TimeProvider clock, ILogger<ElasticUpkeep> logger) : BackgroundService
{
    /// <summary>As often as the embedded engine looks at retention.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopped.
        }
    }

    private async Task TryAsync(CancellationToken stoppingToken)
    {
        try
        {
            await store.MaintainAsync(stoppingToken);
        }
        catch (ElasticException e)
        {
            // Health says so until it works again.
            NotNow(logger, e.Message);
        }
#pragma warning disable CA1031 // The top of the loop: what failed now is tried again at the next tick.
        catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
        {
            Failed(logger, e);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Rollover and retention on the cluster have to wait: {Reason}")]
    private static partial void NotNow(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Rollover and retention on the cluster failed")]
    private static partial void Failed(ILogger logger, Exception exception);
}
