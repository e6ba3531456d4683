using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using LogView.Client.Contracts.Tail;
using LogView.Client.Hubs;

namespace LogView.Benchmarks.Load;

/// <summary>
/// Sends events at a steady rate while a hub client tails a part of them, and measures the time from the acknowledgement of a probe to its
/// arrival at the client. One event in a hundred is a probe.
/// </summary>
internal static class TailLoad
{
    private const int BatchesPerSecond = 20;
    private const int ProbeEvery = 100;

    /// <summary>Ids are new in each run: what has an id that is stored already is not stored again.</summary>
    private static int _runs;

    /// <summary>Past this the probes that are missing are reported as missing.</summary>
    private static readonly TimeSpan LongestTail = TimeSpan.FromSeconds(30);

    public sealed record Outcome(long Sent, long Probes, long Received, List<double> LatencyMs, TailStatus? Last);

    public static async Task<Outcome> RunAsync(HttpClient http, ServerProcess server, LoadOptions options)
    {
        var acknowledged = new ConcurrentDictionary<string, long>(StringComparer.Ordinal);
        var arrived = new ConcurrentDictionary<string, long>(StringComparer.Ordinal);
        await using var client = new TailClient(new TailClientOptions { Address = server.Address, ApiKey = ServerProcess.AdminKey });
        using var stop = new CancellationTokenSource();
        var subscribed = new TaskCompletionSource();
        var complete = new TaskCompletionSource();
        long expected = long.MaxValue;
        TailStatus? last = null;
        Task receiving = Task.Run(async () =>
        {
            var request = new TailRequest { Query = "service.name: tailprobe", Backfill = 0, Complete = true };
            await foreach (TailMessage message in client.SubscribeAsync(request, stop.Token))
            {
                long now = Stopwatch.GetTimestamp();
                subscribed.TrySetResult();
                foreach (TailRow row in message.Batch?.Rows ?? [])
                {
                    arrived.TryAdd(row.Id, now);
                }

                last = message.Batch?.Status ?? last;
                if (last?.Matched >= Interlocked.Read(ref expected))
                {
                    complete.TrySetResult();
                }
            }
        });
        await subscribed.Task;
        long probes = await SendAsync(http, options, acknowledged);
        // A status comes at least every second, so the last probe is seen to be counted even if it arrived before the last acknowledgement.
        Interlocked.Exchange(ref expected, probes);
        await Task.WhenAny(complete.Task, receiving, Task.Delay(LongestTail));
        await stop.CancelAsync();
        await receiving.ContinueWith(_ => { }, TaskScheduler.Default);

        List<double> latencies = [.. arrived.Where(a => acknowledged.ContainsKey(a.Key))
            .Select(a => Math.Max(0, Stopwatch.GetElapsedTime(acknowledged[a.Key], a.Value).TotalMilliseconds))];
        return new Outcome((long)options.TailRate * options.TailSeconds, probes, arrived.Count, latencies, last);
    }

    /// <summary>Sends at the rate of the options and notes when each probe was acknowledged. Returns how many probes were sent.</summary>
    public static async Task<long> SendAsync(HttpClient http, LoadOptions options, ConcurrentDictionary<string, long> acknowledged)
    {
        int perBatch = Math.Max(1, options.TailRate / BatchesPerSecond);
        int run = Interlocked.Increment(ref _runs);
        long probes = 0, sequence = 0;
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / BatchesPerSecond));
        var running = new List<Task>();
        for (int batch = 0; batch < options.TailSeconds * BatchesPerSecond; batch++)
        {
            await timer.WaitForNextTickAsync();
            (byte[] body, List<string> ids) = Body(run, perBatch, ref sequence);
            probes += ids.Count;
            running.Add(Task.Run(async () =>
            {
                await BulkLoad.SendAsync(http, "tail", body);
                long now = Stopwatch.GetTimestamp();
                ids.ForEach(id => acknowledged[id] = now);
            }));
        }

        await Task.WhenAll(running);
        return probes;
    }

    private static (byte[] Body, List<string> Ids) Body(int run, int events, ref long sequence)
    {
        var body = new StringBuilder(events * 450);
        var ids = new List<string>();
        string time = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        for (int i = 0; i < events; i++, sequence++)
        {
            bool probe = sequence % ProbeEvery == 0;
            string id = string.Create(CultureInfo.InvariantCulture, $"tail-{run}-{sequence:D9}");
            if (probe)
            {
                ids.Add(id);
            }

            body.Append(CultureInfo.InvariantCulture, $"{{\"create\":{{{(probe ? $"\"_id\":\"{id}\"" : "")}}}}}\n")
                .Append(CultureInfo.InvariantCulture, $"{{\"@timestamp\":\"{time}\",\"level\":\"info\",\"service\":\"{(probe ? "tailprobe" : "checkout-api")}\",\"host\":\"web-{sequence % 40}\",")
                .Append(CultureInfo.InvariantCulture, $"\"status\":200,\"message\":\"GET /api/v1/orders/{sequence} HTTP/1.1 200 512 bytes in 12.5ms client=10.0.0.{sequence % 250}\"}}\n");
        }

        return (Encoding.UTF8.GetBytes(body.ToString()), ids);
    }
}
