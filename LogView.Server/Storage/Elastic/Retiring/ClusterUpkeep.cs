using System.Collections.Concurrent;
using LogView.Client.Contracts.DataStreams;
using LogView.Client.Contracts.Events;
using LogView.Server.Storage.Elastic.Client;
using LogView.Server.Storage.Elastic.Indices;
using LogView.Server.Storage.Elastic.Reading;

namespace LogView.Server.Storage.Elastic.Retiring;

/// <summary>
/// Rolls LogView's own data streams over and deletes whole indices behind them, by what is kept. Only with the <see cref="Lease"/>, and nothing that a
/// lifecycle of the cluster has. One call at a time.
/// </summary>
/// <param name="client">The cluster.</param>
/// <param name="catalog">Its indices.</param>
/// <param name="streams">Their sums.</param>
/// <param name="lease">Of this LogView.</param>
/// <param name="kept">What is kept of a data stream.</param>
/// <param name="clock">For ages.</param>
internal sealed class ClusterUpkeep(
    ElasticClient client, IndexCatalog catalog, StreamList streams, Lease lease, Func<DataStreamName, Retention> kept, TimeProvider clock)
{
    /// <summary>How long a lifecycle that somebody sets or removes may go unseen on the page; before anything is done it is looked at again.</summary>
    private static readonly TimeSpan LooksEvery = TimeSpan.FromMinutes(5);

    private static readonly byte[] NotEmpty = """{"conditions":{"max_docs":1}}"""u8.ToArray();

    private readonly IndexFacts _facts = new(client, catalog, streams);
    private readonly ConcurrentDictionary<DataStreamName, (string? Manager, long At)> _managers = new();

    /// <summary>Which lifecycle of the cluster keeps the data stream, as far as was looked; null: LogView does.</summary>
    public string? ManagerOf(DataStreamName stream) => _managers.GetValueOrDefault(stream).Manager;

    /// <summary>Looks at every data stream once.</summary>
    /// <param name="scopeOf">The indices of a data stream.</param>
    /// <param name="alone">Runs a rollover of a data stream while this LogView writes nothing.</param>
    /// <param name="cancellationToken">Ends between two steps.</param>
    /// <returns>True when something was rolled over or deleted.</returns>
    public async Task<bool> RunAsync(
        Func<DataStreamName, Task<SearchScope>> scopeOf, Func<DataStreamName, Func<Task>, Task> alone, CancellationToken cancellationToken)
    {
        bool changed = false;
        DataStreamName[] own = [.. (await catalog.ListAsync(cancellationToken)).Where(i => i.IsOwn).Select(i => i.Stream).Distinct()];
        foreach (DataStreamName stream in own)
        {
            SearchScope scope = await scopeOf(stream);
            bool isKnown = _managers.TryGetValue(stream, out var known) && clock.GetElapsedTime(known.At) < LooksEvery;
            if (!(isKnown ? known.Manager is null : await IsOursAsync(stream, scope, cancellationToken)) || await _facts.ReadAsync(stream, scope, cancellationToken) is not { Count: > 0 } indices)
            {
                continue;
            }

            StreamPlan plan = StreamPlan.Of(indices, kept(stream), clock.GetUtcNow());
            if ((plan.Retired.Count > 0 || plan.RollsOver) && await IsOursAsync(stream, scope, cancellationToken))
            {
                changed |= await CarryOutAsync(stream, plan, alone, cancellationToken);
            }
        }

        return changed;
    }

    private async Task<bool> IsOursAsync(DataStreamName stream, SearchScope scope, CancellationToken cancellationToken)
    {
        if (scope.IsEmpty || scope.Others.Count > 0)
        {
            return false;
        }

        string? manager = await _facts.ManagerOfAsync(stream, scope, cancellationToken);
        _managers[stream] = (manager, clock.GetTimestamp());
        return manager is null;
    }

    private async Task<bool> CarryOutAsync(DataStreamName stream, StreamPlan plan, Func<DataStreamName, Func<Task>, Task> alone, CancellationToken cancellationToken)
    {
        bool changed = false;
        if (plan.RollsOver && await lease.HoldAsync(cancellationToken))
        {
            await alone(stream, () => RollOverAsync(stream, cancellationToken));
            changed = true;
        }

        foreach (string index in plan.Retired)
        {
            if (!await lease.HoldAsync(cancellationToken))
            {
                break;
            }

            using ElasticAnswer deleted = await client.SendAsync(ElasticCall.Delete($"/{Uri.EscapeDataString(index)}") with { IsRepeatable = false }, cancellationToken);
            changed = true;
        }

        return changed;
    }

    /// <summary>An index without events is not rolled over, so that a rollover that was made already makes no more of them.</summary>
    private async Task RollOverAsync(DataStreamName stream, CancellationToken cancellationToken)
    {
        // Waiting for a batch that is being written may have taken long.
        if (lease.IsHeld || await lease.HoldAsync(cancellationToken))
        {
            ElasticCall call = ElasticCall.Post($"/{Uri.EscapeDataString(catalog.TargetOf(stream))}/_rollover", NotEmpty) with { IsRepeatable = false };
            using ElasticAnswer answer = await client.SendAsync(call, cancellationToken);
        }
    }
}
