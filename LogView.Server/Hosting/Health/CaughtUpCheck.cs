using LogView.Server.Indexing;
using LogView.Server.Wal;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LogView.Server.Hosting.Health;

/// <summary>Not ready until the events that were in the log at the start are searchable again; later lag is a metric, not a reason to take LogView out of service.</summary>
public sealed class CaughtUpCheck(IWriteAheadLog log, IIndexProgress progress) : IHealthCheck
{
    private readonly long _atStart = log.DurableSequence;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(progress.IndexedSequence >= _atStart ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy());
}
