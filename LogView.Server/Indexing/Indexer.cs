using LogView.Server.Storage;
using LogView.Server.Wal;

namespace LogView.Server.Indexing;

/// <summary>
/// Reads the write-ahead log's commit feed into the event store, beginning with what the store does not hold durably, and lets the log release what
/// it does. A store that fails is tried again with growing pauses, for as long as it takes: the log keeps the events meanwhile.
/// </summary>
public sealed partial class Indexer(IWriteAheadLog log, IEventStore store, IndexProgress progress, IngestRates rates, TimeProvider clock, ILogger<Indexer> logger)
    : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>What was durable before the start is not released until more is: tails that resume after a restart read it from the log.</summary>
    private long _releasable = store.DurableSequence;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using IDisposable metrics = IndexMetrics.Watch(log, progress);
        long replayed = log.DurableSequence;
        // What the log no longer has will not come: nobody is to wait for it.
        progress.Advance(Math.Max(progress.IndexedSequence, log.OldestSequence - 1));
        TimeSpan pause = FirstPause;
        while (!stoppingToken.IsCancellationRequested)
        {
            long before = progress.IndexedSequence;
            try
            {
                await FollowAsync(replayed, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                pause = progress.IndexedSequence > before ? FirstPause : pause;
                IndexMetrics.Failures.Add(1);
                WriteFailed(logger, store.Engine, progress.IndexedSequence, pause, e);
            }

            if (await PauseAsync(pause, stoppingToken))
            {
                pause = pause * 2 > LongestPause ? LongestPause : pause * 2;
            }
        }
    }

    private async Task FollowAsync(long replayed, CancellationToken cancellationToken)
    {
        IAsyncEnumerable<CommittedBatch> committed = log.ReadAsync(progress.IndexedSequence, cancellationToken);
        await foreach (IReadOnlyList<CommittedBatch> batches in WaitingBatches.TogetherAsync(committed, store.WriteBytes, cancellationToken))
        {
            await store.WriteAsync(WaitingBatches.EventsOf(batches), cancellationToken);
            foreach (CommittedBatch batch in batches)
            {
                Count(batch, replayed);
            }

            await ReleaseAsync(cancellationToken);
        }
    }

    private void Count(CommittedBatch batch, long replayed)
    {
        IndexMetrics.Events.Add(batch.Events.Count);
        IndexMetrics.DelaySeconds.Record(Math.Max(0, (Client.Contracts.Events.Timestamp.Now(clock).UnixNanoseconds - batch.CommittedAt.UnixNanoseconds) / 1e9));
        progress.Advance(batch.Events[^1].Sequence);
        if (batch.Events[0].Sequence > replayed)
        {
            rates.Add(batch.Events);
        }
    }

    private async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        long durable = store.DurableSequence;
        if (durable > _releasable)
        {
            await log.CheckpointAsync(durable, cancellationToken);
            _releasable = durable;
        }
    }

    private async Task<bool> PauseAsync(TimeSpan pause, CancellationToken stoppingToken)
    {
        try
        {
            await Task.Delay(pause, clock, stoppingToken);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(1, LogLevel.Error, "Writing to the {Engine} event store failed behind event {Sequence}; next try in {Pause}")]
    private static partial void WriteFailed(ILogger logger, string engine, long sequence, TimeSpan pause, Exception exception);
}
