using LogView.Server.Ingest.Files.State;
using LogView.Server.Ingest.Pipeline;
using LogView.Server.Wal;

namespace LogView.Server.Ingest.Files.Reading;

/// <summary>Hands batches to the sink until they are durable, however long it takes, and moves the offsets on then. Used by one thread.</summary>
internal sealed partial class BatchSender(IEventSink sink, FileRegistry registry, EventBatch batch, TimeProvider clock, ILogger logger)
{
    private const string Receiver = "files";
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);

    /// <summary>Events the sink would not take at all.</summary>
    public long Rejected { get; private set; }

    /// <summary>Times the sink could not take a batch.</summary>
    public long Waits { get; private set; }

    public async Task SendAsync(CancellationToken cancellationToken)
    {
        if (registry.MustSaveFirst && batch.Events.Count > 0)
        {
            await SaveAsync(cancellationToken);
        }

        IReadOnlyList<ReceivedEvent> events = batch.Events;
        while (events.Count > 0)
        {
            SinkResult result = await WriteAsync(events, cancellationToken);
            events = Conflicts(events, result);
        }

        foreach (FollowedFile file in batch.Files.Where(f => !f.IsDropped))
        {
            Commit(file);
        }

        batch.Clear();
    }

    /// <summary>Saves the offsets; a disk that is full is waited for.</summary>
    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                registry.Save();
                return;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                LogSaveFailed(logger, e);
                await Task.Delay(Backoff(attempt), clock, cancellationToken);
            }
        }
    }

    private async Task<SinkResult> WriteAsync(IReadOnlyList<ReceivedEvent> events, CancellationToken cancellationToken)
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                return await sink.WriteAsync(Receiver, events, cancellationToken);
            }
            catch (WalUnavailableException e)
            {
                Waits++;
                LogSinkWaits(logger, events.Count, e);
                await Task.Delay(e.RetryAfter is { } wait && wait < LongestWait ? wait : Backoff(attempt), clock, cancellationToken);
            }
        }
    }

    private List<ReceivedEvent> Conflicts(IReadOnlyList<ReceivedEvent> events, SinkResult result)
    {
        List<ReceivedEvent> conflicts = [];
        for (int i = 0; i < events.Count; i++)
        {
            WriteOutcome outcome = result.Outcomes[i];
            if (outcome.Status == WriteStatus.Rejected)
            {
                Rejected++;
                LogRejected(logger, events[i].Id?.Value, outcome.Reason);
            }
            else if (outcome.Status == WriteStatus.Conflict && !EventBatch.HasOwnId(events[i]))
            {
                conflicts.Add(EventBatch.WithOwnId(events[i]));
            }
        }

        return conflicts;
    }

    private void Commit(FollowedFile file)
    {
        FileRecord record = file.Record;
        record.Offset = file.SafeOffset;
        record.Cuts.RemoveAll(c => c <= record.Offset);
        record.Anchor = file.IsCompressed ? FileAnchor.Empty : file.Anchor();

        registry.IsDirty = true;
    }

    private static TimeSpan Backoff(int attempt) =>
        TimeSpan.FromTicks(Math.Min(LongestWait.Ticks, FirstWait.Ticks << Math.Min(attempt, 10)));

    [LoggerMessage(Level = LogLevel.Warning, Message = "The write-ahead log cannot take {Count} events from files now; they wait")]
    private static partial void LogSinkWaits(ILogger logger, int count, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The offsets of followed files could not be saved; trying again")]
    private static partial void LogSaveFailed(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The event {Id} of a file was rejected: {Reason}")]
    private static partial void LogRejected(ILogger logger, string? id, string? reason);
}
