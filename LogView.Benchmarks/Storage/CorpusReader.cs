using System.Globalization;
using System.Text;
using LogView.Client.Contracts.Events;
using LogView.Server.Ingest.Pipeline;

namespace LogView.Benchmarks.Storage;

/// <summary>Events from a file of one JSON object a line, each with <c>"@timestamp"</c> first, as a shipper's bulk request would bring them.</summary>
internal sealed class CorpusReader(string path)
{
    private const int TimestampStart = 15;
    private const int TimestampLength = 24;

    private static readonly DataStreamName Stream = DataStreamName.Parse("logs-bench-default");

    public IEnumerable<LogEvent[]> Batches(int events, int batchSize)
    {
        var ids = new EventIdSource(TimeProvider.System);
        using var reader = new StreamReader(path, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, bufferSize: 1 << 20);
        long sequence = 0;
        while (sequence < events)
        {
            var batch = new List<LogEvent>(batchSize);
            while (batch.Count < batchSize && sequence < events && reader.ReadLine() is { } line)
            {
                batch.Add(new LogEvent
                {
                    Id = ids.Next(),
                    DataStream = Stream,
                    Timestamp = Timestamp.From(DateTimeOffset.Parse(line.AsSpan(TimestampStart, TimestampLength), CultureInfo.InvariantCulture)),
                    Sequence = ++sequence,
                    Source = Encoding.UTF8.GetBytes(line),
                });
            }

            if (batch.Count == 0)
            {
                yield break;
            }

            yield return [.. batch];
        }
    }
}
