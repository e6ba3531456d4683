using System.Collections.Concurrent;
using System.Diagnostics;
using LogView.Benchmarks.Load;
using LogView.Client.Contracts.Tail;
using LogView.Client.Hubs;

namespace LogView.Benchmarks.Browser;

/// <summary>What viewers of the live tail cost the server: hub clients, which is what a tail page's script is too. Its time of CPU without them and with them.</summary>
internal static class ViewerFigures
{
    public static async Task RunAsync(ServerProcess server, HttpClient http, BrowserOptions options)
    {
        double alone = await CoresAsync(server, http, options);
        BrowserCommand.Print($"viewers: the server uses {alone:F2} cores at {options.TailRate:N0} events/s without any");
        await WatchAsync("service.name: tailprobe", alone, server, http, options);
        await WatchAsync("", alone, server, http, options);
    }

    private static async Task WatchAsync(string query, double alone, ServerProcess server, HttpClient http, BrowserOptions options)
    {
        using var stop = new CancellationTokenSource();
        using var subscribed = new CountdownEvent(options.Viewers);
        var viewers = new Viewers(server.Address, new TailRequest { Query = query, Backfill = 0 }, subscribed, stop.Token);
        Task[] watching = [.. Enumerable.Range(0, options.Viewers).Select(_ => Task.Run(viewers.WatchAsync))];
        await Task.Run(subscribed.Wait);
        double watched = await CoresAsync(server, http, options);
        await stop.CancelAsync();
        await Task.WhenAll(watching);
        BrowserCommand.Print(
            $"viewers: {watched - alone:F2} cores more with {options.Viewers} viewers of '{query}' who get {viewers.Rows / (double)options.TailSeconds / options.Viewers:F0} rows/s each");
    }

    private static async Task<double> CoresAsync(ServerProcess server, HttpClient http, BrowserOptions options)
    {
        TimeSpan before = server.CpuTime;
        long started = Stopwatch.GetTimestamp();
        await TailLoad.SendAsync(
            http, new LoadOptions { Corpus = options.Corpus, TailRate = options.TailRate, TailSeconds = options.TailSeconds }, new ConcurrentDictionary<string, long>(StringComparer.Ordinal));
        return (server.CpuTime - before) / Stopwatch.GetElapsedTime(started);
    }

    private sealed class Viewers(Uri address, TailRequest request, CountdownEvent subscribed, CancellationToken cancellationToken)
    {
        private long _rows;

        public long Rows => Interlocked.Read(ref _rows);

        public async Task WatchAsync()
        {
            await using var client = new TailClient(new TailClientOptions { Address = address, ApiKey = ServerProcess.AdminKey });
            bool isFirst = true;
            try
            {
                await foreach (TailMessage message in client.SubscribeAsync(request, cancellationToken))
                {
                    Interlocked.Add(ref _rows, message.Batch?.Rows.Count ?? 0);
                    if (isFirst)
                    {
                        isFirst = false;
                        subscribed.Signal();
                    }
                }
            }
            catch (OperationCanceledException)
            {
                // That is how a viewer leaves.
            }
        }
    }
}
