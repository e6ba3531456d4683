using LogView.Server.Wal;

namespace LogView.Server.Tail;

/// <summary>Reads the commit feed for the broker as long as the program runs.</summary>
public sealed partial class TailBrokerService(
    IWriteAheadLog log, TailBroker broker, TailOptions options, TimeProvider clock, ILogger<TailBrokerService> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        broker.Open(log.DurableSequence);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await foreach (CommittedBatch batch in log.ReadAsync(broker.Evaluated, stoppingToken))
                {
                    broker.Evaluate(batch);
                }

                await Task.Delay(options.RetryDelay, clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                ReadingFailed(logger, exception);
                TailMetrics.Failures.Add(1);
                await Task.Delay(options.RetryDelay, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The live tail could not read the write-ahead log and tries again")]
    private static partial void ReadingFailed(ILogger logger, Exception exception);
}
