using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;

namespace LogView.Benchmarks.Load;

/// <summary>Sends <c>_bulk</c> bodies as fast as the server acknowledges them. Bodies are built before the clock starts.</summary>
internal static class BulkLoad
{
    private static readonly byte[] Action = Encoding.UTF8.GetBytes("{\"create\":{}}\n");

    public sealed record Outcome(long Events, long Failed, TimeSpan Elapsed, List<double> AcknowledgementMs);

    public static List<byte[]> BuildBodies(string corpus, int events, int batch)
    {
        var bodies = new List<byte[]>();
        using var body = new MemoryStream();
        int inBody = 0;
        foreach (string line in File.ReadLines(corpus).Take(events))
        {
            body.Write(Action);
            body.Write(Encoding.UTF8.GetBytes(line));
            body.WriteByte((byte)'\n');
            if (++inBody == batch)
            {
                bodies.Add(body.ToArray());
                body.SetLength(0);
                inBody = 0;
            }
        }

        if (inBody > 0)
        {
            bodies.Add(body.ToArray());
        }

        return bodies;
    }

    public static async Task<Outcome> RunAsync(HttpClient client, List<byte[]> bodies, int connections, string path = "elastic/bench/_bulk?filter_path=errors,took")
    {
        var queue = new ConcurrentQueue<byte[]>(bodies);
        var latencies = new ConcurrentBag<double>();
        long sent = 0, failed = 0;
        long start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            while (queue.TryDequeue(out byte[]? body))
            {
                long begin = Stopwatch.GetTimestamp();
                bool accepted = await SendToAsync(client, path, body);
                latencies.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
                long events = body.AsSpan().Count((byte)'\n') / 2;
                Interlocked.Add(ref accepted ? ref sent : ref failed, events);
            }
        })));
        return new Outcome(sent, failed, Stopwatch.GetElapsedTime(start), [.. latencies]);
    }

    /// <summary>True when every event of the body was acknowledged.</summary>
    public static Task<bool> SendAsync(HttpClient client, string dataStream, byte[] body) => SendToAsync(client, $"elastic/{dataStream}/_bulk?filter_path=errors,took", body);

    private static async Task<bool> SendToAsync(HttpClient client, string path, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        using HttpResponseMessage answer = await client.PostAsync(path, content);
        string text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode && text.Contains("\"errors\":false", StringComparison.Ordinal);
    }
}
