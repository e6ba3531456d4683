using LogView.Client.Contracts.Events;
using LogView.Server.Wal;

namespace LogView.Server.Ingest.Pipeline;

/// <summary>The pipeline, then the write-ahead log.</summary>
public sealed class EventSink(IWriteAheadLog log, PipelineOptions options, EventIdSource ids) : IEventSink
{
    public async Task<SinkResult> WriteAsync(string receiver, IReadOnlyList<ReceivedEvent> events, CancellationToken cancellationToken)
    {
        var outcomes = new WriteOutcome[events.Count];
        List<LogEvent> accepted = Process(events, outcomes);
        AppendResult appended = await log.AppendAsync(accepted, cancellationToken);
        int next = 0;
        for (int i = 0; i < outcomes.Length; i++)
        {
            if (outcomes[i].Status != WriteStatus.Rejected)
            {
                outcomes[i] = outcomes[i] with { Status = StatusOf(appended.Statuses[next++]) };
            }
        }

        IngestMetrics.Count(receiver, events, outcomes);
        return new SinkResult(outcomes, appended.LastSequence);
    }

    private List<LogEvent> Process(IReadOnlyList<ReceivedEvent> events, WriteOutcome[] outcomes)
    {
        var pipeline = new EventPipeline(options, events.Count);
        var accepted = new List<LogEvent>(events.Count);
        UInt128 made = ids.Take(events.Count);
        for (int i = 0; i < events.Count; i++)
        {
            ReceivedEvent received = events[i];
            PipelineResult result = pipeline.Run(received);
            if (result.Reason is { } reason)
            {
                outcomes[i] = new WriteOutcome(WriteStatus.Rejected, default, reason);
                continue;
            }

            EventId id = received.Id ?? EventIdSource.Format(made + (UInt128)i);
            outcomes[i] = new WriteOutcome(WriteStatus.Stored, id, null);
            accepted.Add(new LogEvent
            {
                Id = id, IsIdGiven = received.Id is not null, DataStream = received.DataStream, Timestamp = result.Timestamp,
                Source = result.Source, Derived = result.Derived,
            });
        }

        return accepted;
    }

    private static WriteStatus StatusOf(AppendStatus status) => status switch
    {
        AppendStatus.AlreadyThere => WriteStatus.AlreadyThere,
        AppendStatus.Conflict => WriteStatus.Conflict,
        _ => WriteStatus.Stored,
    };
}
