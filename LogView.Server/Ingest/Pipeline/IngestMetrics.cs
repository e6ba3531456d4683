using System.Diagnostics.Metrics;
using LogView.Server.Platform;

namespace LogView.Server.Ingest.Pipeline;

internal static class IngestMetrics
{
    private static readonly Counter<long> Events =
        SelfMetrics.Meter.CreateCounter<long>("logview.ingest.events", "{event}", "Events made durable, by receiver");

    private static readonly Counter<long> Bytes = SelfMetrics.Meter.CreateCounter<long>("logview.ingest.bytes", "By", "Bytes of their sources, by receiver");

    private static readonly Counter<long> NotTaken =
        SelfMetrics.Meter.CreateCounter<long>("logview.ingest.not_taken", "{event}", "Events that were not stored, by receiver and outcome");

    public static void Count(string receiver, IReadOnlyList<ReceivedEvent> events, IReadOnlyList<WriteOutcome> outcomes)
    {
        var tag = new KeyValuePair<string, object?>("receiver", receiver);
        long stored = 0, bytes = 0;
        for (int i = 0; i < events.Count; i++)
        {
            if (outcomes[i].Status == WriteStatus.Stored)
            {
                stored++;
                bytes += events[i].Source.Length;
            }
            else
            {
                NotTaken.Add(1, tag, new KeyValuePair<string, object?>("outcome", outcomes[i].Status.ToString()));
            }
        }

        Events.Add(stored, tag);
        Bytes.Add(bytes, tag);
    }
}
