using System.Globalization;
using System.Text;
using LogView.Client.Contracts.Events;
using LogView.Server.Ingest.Pipeline;

namespace LogView.Benchmarks.Figures;

/// <summary>Events of other shapes than the corpus: with 20 more fields, and real logs.</summary>
internal static class Shapes
{
    private const int FieldsMore = 20;
    private const long Start = 1_793_491_200_000_000_000;

    private static readonly DataStreamName Stream = DataStreamName.Parse("logs-bench-default");

    /// <summary>The corpus' events with 20 fields behind their own: labels, numbers with gaps, ids, flags, some of them missing.</summary>
    public static IEnumerable<LogEvent[]> WithMoreFields(IEnumerable<LogEvent[]> batches)
    {
        var random = new Random(7);
        foreach (LogEvent[] batch in batches)
        {
            yield return Array.ConvertAll(batch, e => new LogEvent
            {
                Id = e.Id, DataStream = e.DataStream, Timestamp = e.Timestamp, Sequence = e.Sequence, Source = Encoding.UTF8.GetBytes(MoreFields(Encoding.UTF8.GetString(e.Source.Span), random)),
            });
        }
    }

    /// <summary>Lines of the log files of a folder (one folder below it too), again and again, each as the message of an event a millisecond after the one before.</summary>
    public static IEnumerable<LogEvent[]> RealLogs(string folder, int events, int batchSize)
    {
        string[] lines = [.. Directory.EnumerateFiles(folder, "*.log", SearchOption.AllDirectories).Order(StringComparer.Ordinal).SelectMany(File.ReadLines)];
        var ids = new EventIdSource(TimeProvider.System);
        for (int from = 0; from < events; from += batchSize)
        {
            yield return [.. Enumerable.Range(from, Math.Min(batchSize, events - from)).Select(i => new LogEvent
            {
                Id = ids.Next(), DataStream = Stream, Timestamp = new Timestamp(Start + i * Timestamp.NanosecondsPerMillisecond), Sequence = i + 1,
                Source = Encoding.UTF8.GetBytes($$"""{"message":{{System.Text.Json.JsonSerializer.Serialize(lines[i % lines.Length])}}}"""),
            })];
        }
    }

    private static string MoreFields(string source, Random random)
    {
        var text = new StringBuilder(source, 0, source.Length - 1, source.Length + 600);
        for (int i = 0; i < FieldsMore; i++)
        {
            if (random.Next(10) > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $",\"labels.f{i:D2}\":").Append((i % 4) switch
                {
                    0 => $"\"value-{random.Next(5 << i / 2)}\"",
                    1 => random.Next(1_000_000).ToString(CultureInfo.InvariantCulture),
                    2 => random.Next(3) == 0 ? "true" : "false",
                    _ => (random.Next(100_000) / 100.0).ToString(CultureInfo.InvariantCulture),
                });
            }
        }

        return text.Append('}').ToString();
    }
}
