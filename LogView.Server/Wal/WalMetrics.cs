using System.Diagnostics.Metrics;
using LogView.Server.Platform;

namespace LogView.Server.Wal;

internal static class WalMetrics
{
    public static readonly Histogram<double> SyncSeconds =
        SelfMetrics.Meter.CreateHistogram<double>("logview.wal.sync.duration", "s", "Write and fsync of one group of appends");

    public static readonly Histogram<long> GroupEvents =
        SelfMetrics.Meter.CreateHistogram<long>("logview.wal.group.events", "{event}", "Events in one group");

    public static readonly Counter<long> Bytes = SelfMetrics.Meter.CreateCounter<long>("logview.wal.written", "By", "Bytes written and fsynced");

    public static readonly Counter<long> WriteFailures =
        SelfMetrics.Meter.CreateCounter<long>("logview.wal.write.failures", "{group}", "Groups that could not be written");

    public static readonly Counter<long> Refused =
        SelfMetrics.Meter.CreateCounter<long>("logview.wal.refused", "{event}", "Events of appends that were refused, by reason");

    public static readonly Counter<long> DamagedBytes =
        SelfMetrics.Meter.CreateCounter<long>("logview.wal.damaged", "By", "Bytes found damaged when read");
}
