using System.Collections.Concurrent;
using LogView.Server.Platform;

namespace LogView.Server.Hosting.Health;

/// <summary>Gauges of what is not as it should be. They are of all programs in this process together: one, but for tests.</summary>
public sealed class HealthMetrics(ServerHealth health) : IHostedService
{
    private static readonly ConcurrentDictionary<ServerHealth, byte> Watched = new();

    static HealthMetrics()
    {
        SelfMetrics.Meter.CreateObservableGauge("logview.wal.damages", () => Watched.Keys.Sum(w => w.LogDamages), "{place}", "Places of the log that could not be read at the start");
        SelfMetrics.Meter.CreateObservableGauge("logview.wal.lost", () => Watched.Keys.Sum(w => w.LostEvents), "{event}", "Acknowledged events that are lost with them");
        SelfMetrics.Meter.CreateObservableGauge("logview.store.damages", () => Watched.Keys.Sum(w => w.StoreDamages), "{file}", "Files of the event store set aside as damaged");
        SelfMetrics.Meter.CreateObservableGauge("logview.files.lag", () => Watched.Keys.Sum(w => w.FileLagBytes), "By", "Bytes of followed files still to be taken in");
        SelfMetrics.Meter.CreateObservableGauge("logview.files.failing", () => Watched.Keys.Sum(w => w.FilesFailing), "{file}", "Followed files that cannot be read");
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        Watched[health] = 0;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Watched.TryRemove(health, out _);
        return Task.CompletedTask;
    }
}
