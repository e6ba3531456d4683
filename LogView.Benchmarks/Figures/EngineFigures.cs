using System.Diagnostics;
using System.Globalization;
using LogView.Benchmarks.Load;
using LogView.Benchmarks.Storage;
using LogView.Client.Contracts.Events;
using LogView.Server.Platform;
using LogView.Server.Storage;
using LogView.Server.Storage.Embedded;
using Microsoft.Extensions.Logging.Abstractions;

namespace LogView.Benchmarks.Figures;

/// <summary>The embedded engine in this process: ingest, bytes, memory, opening, questions alone and while events come in.</summary>
internal static class EngineFigures
{
    private const int Batch = 5_000;
    private const int Repeats = 20;

    public static async Task RunAsync(FigureTable table, FiguresOptions options)
    {
        string folder = Directory.CreateTempSubdirectory("logview-figures-").FullName;
        try
        {
            table.Heading($"Engine in process, {options.Events:N0} events of the corpus");
            EmbeddedEventStore store = Open(folder);
            await IngestAsync(table, store, new CorpusReader(options.Corpus).Batches(options.Events, Batch), atMostBytes: 107, atLeastRate: 150_000);
            StoreBytes.Each(store, (section, bytes) => table.Add($"bytes, {section}", bytes, "B/event"));
            await store.DisposeAsync();
            long started = Stopwatch.GetTimestamp();
            store = Open(folder);
            table.Add("open, clean", Stopwatch.GetElapsedTime(started).TotalMilliseconds, "ms", atMost: 200);
            await AskAsync(table, store);
            foreach (int rate in new[] { 10_000, 30_000 })
            {
                await AskWhileWritingAsync(table, store, options, rate);
            }

            table.Add("anonymous memory at the end", StoreRun.Memory("RssAnon"), "MB", atMost: 500);
            await store.DisposeAsync();
            await AskColdAsync(table, folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Only ingest and bytes, of events of another shape.</summary>
    public static async Task RunShapeAsync(FigureTable table, string name, IEnumerable<LogEvent[]> batches, double? atLeastRate)
    {
        string folder = Directory.CreateTempSubdirectory("logview-figures-").FullName;
        table.Heading(name);
        await using (EmbeddedEventStore store = Open(folder))
        {
            await IngestAsync(table, store, batches, atMostBytes: null, atLeastRate);
        }

        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Answers are not kept, so that each question is computed anew.</summary>
    private static EmbeddedEventStore Open(string folder) => EmbeddedEventStore.Open(
        new EmbeddedStoreOptions { Directory = folder, AggregationCacheBytes = 0 }, DiskFileSystem.Instance, TimeProvider.System, NullLogger<EmbeddedEventStore>.Instance);

    private static async Task IngestAsync(FigureTable table, EmbeddedEventStore store, IEnumerable<LogEvent[]> batches, double? atMostBytes, double? atLeastRate)
    {
        long writing = 0, events = 0, bytes = 0;
        foreach (LogEvent[] batch in batches)
        {
            long before = Stopwatch.GetTimestamp();
            await store.WriteAsync(batch, CancellationToken.None);
            writing += Stopwatch.GetTimestamp() - before;
            events += batch.Length;
            bytes += batch.Sum(e => (long)e.Source.Length);
        }

        await store.SealAllAsync(CancellationToken.None);
        table.Add("ingest, writes only", events / (writing / (double)Stopwatch.Frequency), "events/s", atLeast: atLeastRate);
        table.Add("on disk", store.Statistics.Bytes / (double)events, "B/event", atMost: atMostBytes, note: string.Create(CultureInfo.InvariantCulture, $"sources {(double)bytes / events:F0} B"));
        table.Add("most resident memory", StoreRun.Memory("VmHWM"), "MB");
    }

    private static async Task AskAsync(FigureTable table, EmbeddedEventStore store)
    {
        foreach ((string name, StoreSearch search) in StoreQuestions.All())
        {
            var times = new List<double>();
            for (int i = 0; i < Repeats; i++)
            {
                times.Add(await TimeAsync(store, search));
            }

            double first = times[0];
            table.Add(name, Percentiles.Of([.. times.Skip(3)], 50), "ms", Targets.MsOf(name), note: string.Create(CultureInfo.InvariantCulture, $"first {first:F1}, p95 {Percentiles.Of([.. times.Skip(3)], 95):F1}"));
        }
    }

    /// <summary>Each question once with nothing in the page cache, its own opening of the store left out.</summary>
    private static async Task AskColdAsync(FigureTable table, string folder)
    {
        foreach ((string name, StoreSearch search) in StoreQuestions.All())
        {
            PageCache.Drop(folder);
            EmbeddedEventStore store = Open(folder);
            bool isPage = name.StartsWith("newest100", StringComparison.Ordinal);
            table.Add($"cold: {name}", await TimeAsync(store, search), "ms", atMost: isPage ? 200 : null);
            await store.DisposeAsync();
        }
    }

    private static async Task AskWhileWritingAsync(FigureTable table, EmbeddedEventStore store, FiguresOptions options, int rate)
    {
        const int Seconds = 10;
        using var stop = new CancellationTokenSource();
        Task writer = Task.Run(() => WriteAtRateAsync(store, options, rate, rate * Seconds, stop.Token));
        var times = new List<double>();
        long began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(Seconds))
        {
            foreach ((_, StoreSearch search) in StoreQuestions.All().Where(q => q.Name.StartsWith("newest100", StringComparison.Ordinal)))
            {
                times.Add(await TimeAsync(store, search));
            }
        }

        await stop.CancelAsync();
        await writer;
        table.Add(string.Create(CultureInfo.InvariantCulture, $"newest 100, all questions, while {rate:#,0} events/s come in, p95"), Percentiles.Of(times, 95), "ms", note: string.Create(CultureInfo.InvariantCulture, $"median {Percentiles.Of(times, 50):F1}"));
    }

    private static async Task WriteAtRateAsync(EmbeddedEventStore store, FiguresOptions options, int rate, int events, CancellationToken stop)
    {
        const int BatchesPerSecond = 20;
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / BatchesPerSecond));
        long sequence = store.DurableSequence;
        foreach (LogEvent[] batch in new CorpusReader(options.Corpus).Batches(events, rate / BatchesPerSecond))
        {
            if (stop.IsCancellationRequested)
            {
                return;
            }

            await timer.WaitForNextTickAsync(CancellationToken.None);
            await store.WriteAsync(Array.ConvertAll(batch, e => e.WithSequence(++sequence)), CancellationToken.None);
        }
    }

    private static async Task<double> TimeAsync(EmbeddedEventStore store, StoreSearch search)
    {
        long started = Stopwatch.GetTimestamp();
        await store.SearchAsync(search, progress: null, CancellationToken.None);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
