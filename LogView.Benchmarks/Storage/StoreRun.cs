using System.Diagnostics;
using System.Globalization;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Server.Platform;
using LogView.Server.Storage;
using LogView.Server.Storage.Embedded;
using Microsoft.Extensions.Logging.Abstractions;

namespace LogView.Benchmarks.Storage;

/// <summary>
/// The embedded engine alone: ingests a corpus, says what it takes on disk and in memory, and how long each question takes.
/// <c>-- store --corpus FILE [--events 2000000] [--batch 5000] [--data FOLDER] [--cache BYTES] [--keep] [--only QUESTION]</c>; with <c>--keep</c> an existing store is asked
/// again, with <c>--only</c> a question by the beginning of its name.
/// </summary>
internal static class StoreRun
{
    private const int Repeats = 33;
    private const int WarmUps = 3;
    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(4);

    public static async Task<int> RunAsync(string[] args)
    {
        string corpus = Option(args, "--corpus", "");
        string folder = Option(args, "--data", Path.Combine(Path.GetTempPath(), $"logview-store-{Environment.ProcessId}"));
        bool isKept = args.Contains("--keep", StringComparer.Ordinal);
        var options = new EmbeddedStoreOptions { Directory = folder, AggregationCacheBytes = long.Parse(Option(args, "--cache", "0"), CultureInfo.InvariantCulture) };
        bool exists = isKept && Directory.Exists(folder);
        long started = Stopwatch.GetTimestamp();
        EmbeddedEventStore store = EmbeddedEventStore.Open(options, DiskFileSystem.Instance, TimeProvider.System, NullLogger<EmbeddedEventStore>.Instance);
        Print($"open\t{Stopwatch.GetElapsedTime(started).TotalMilliseconds:F0} ms");
        if (!exists)
        {
            await IngestAsync(store, corpus, int.Parse(Option(args, "--events", "2000000"), CultureInfo.InvariantCulture), int.Parse(Option(args, "--batch", "5000"), CultureInfo.InvariantCulture));
        }

        PrintBytes(store);
        await AskAsync(store, Option(args, "--only", ""));
        Print($"memory\t{Memory("RssAnon")} MB anonymous, {Memory("VmRSS")} MB resident, {Memory("VmHWM")} MB at most");
        await store.DisposeAsync();
        if (!isKept)
        {
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    private static async Task IngestAsync(EmbeddedEventStore store, string corpus, int events, int batchSize)
    {
        long writing = 0, count = 0;
        long started = Stopwatch.GetTimestamp();
        foreach (LogEvent[] batch in new CorpusReader(corpus).Batches(events, batchSize))
        {
            long before = Stopwatch.GetTimestamp();
            await store.WriteAsync(batch, CancellationToken.None);
            writing += Stopwatch.GetTimestamp() - before;
            count += batch.Length;
        }

        double write = writing / (double)Stopwatch.Frequency, all = Stopwatch.GetElapsedTime(started).TotalSeconds;
        await store.SealAllAsync(CancellationToken.None);
        double cpu = Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;
        Print($"ingest\t{count / write:F0} events/s in writes, {count / all:F0} with reading the file, sealed after {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s, CPU {cpu * 1e6 / count:F1} µs/event");
        Print($"memory\t{Memory("RssAnon")} MB anonymous, {Memory("VmHWM")} MB at most");
    }

    private static async Task AskAsync(EmbeddedEventStore store, string only)
    {
        foreach ((string name, StoreSearch search) in StoreQuestions.All().Where(q => q.Name.StartsWith(only, StringComparison.Ordinal)))
        {
            var times = new List<double>();
            SearchResult? result = null;
            long began = Stopwatch.GetTimestamp();
            TimeSpan cpu = Environment.CpuUsage.TotalTime;
            for (int i = 0; i < Repeats && (times.Count < WarmUps + 1 || Stopwatch.GetElapsedTime(began) < LongEnough); i++)
            {
                cpu = times.Count == WarmUps ? Environment.CpuUsage.TotalTime : cpu;
                long started = Stopwatch.GetTimestamp();
                result = await store.SearchAsync(search, progress: null, CancellationToken.None);
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }

            double first = times[0], cpuMs = (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds / Math.Max(1, times.Count - WarmUps);
            times.RemoveRange(0, Math.Min(WarmUps, times.Count - 1));
            times.Sort();
            Print($"{name,-24}\tmedian {times[times.Count / 2],8:F2} ms\tleast {times[0],8:F2}\tCPU {cpuMs,8:F2}\tfirst {first,8:F1}\thits {result!.Hits.Count}\ttotal {result.Total?.Value}");
        }
    }

    private static void PrintBytes(EmbeddedEventStore store)
    {
        StoreBytes.Each(store, (section, bytes) => Print($"bytes\t{section,-40}\t{bytes,7:F2} per event"));
        Print($"bytes\tall, {store.Statistics.Events} events\t{store.Statistics.Bytes / (double)Math.Max(1, store.Statistics.Events):F1} per event");
    }

    private static string Option(string[] args, string name, string otherwise) =>
        Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : otherwise;

    public static long Memory(string what)
    {
        string? line = File.Exists("/proc/self/status") ? File.ReadLines("/proc/self/status").FirstOrDefault(l => l.StartsWith(what, StringComparison.Ordinal)) : null;
        return line is null ? 0 : long.Parse(string.Concat(line.Where(char.IsAsciiDigit)), CultureInfo.InvariantCulture) / 1024;
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
