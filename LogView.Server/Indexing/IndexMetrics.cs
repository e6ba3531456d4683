using System.Diagnostics.Metrics;
using LogView.Server.Platform;
using LogView.Server.Wal;

namespace LogView.Server.Indexing;

internal static class IndexMetrics
{
    public static readonly Counter<long> Events = SelfMetrics.Meter.CreateCounter<long>("logview.index.events", "{event}", "Events made searchable");

    public static readonly Counter<long> Failures = SelfMetrics.Meter.CreateCounter<long>("logview.index.failures", "{batch}", "Writes to the event store that failed");

    public static readonly Histogram<double> DelaySeconds =
        SelfMetrics.Meter.CreateHistogram<double>("logview.index.delay", "s", "From the fsync of a batch until it is searchable");

    private static volatile Watched? _watched;

    static IndexMetrics() => SelfMetrics.Meter.CreateObservableGauge(
        "logview.index.lag", () => _watched is { } w ? Math.Max(0, w.Log.DurableSequence - w.Progress.IndexedSequence) : 0, "{event}", "Durable events that are not searchable yet");

    /// <summary>The lag shown is that of the latest watcher, until it is disposed.</summary>
    public static IDisposable Watch(IWriteAheadLog log, IIndexProgress progress) => _watched = new Watched(log, progress);

    private sealed record Watched(IWriteAheadLog Log, IIndexProgress Progress) : IDisposable
    {
        public void Dispose() => Interlocked.CompareExchange(ref _watched, null, this);
    }
}
