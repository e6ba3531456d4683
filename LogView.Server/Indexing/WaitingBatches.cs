using System.Runtime.CompilerServices;
using LogView.Client.Contracts.Events;
using LogView.Server.Wal;

namespace LogView.Server.Indexing;

/// <summary>Batches that wait for the event store, taken together.</summary>
internal static class WaitingBatches
{
    /// <summary>
    /// Each batch with those behind it that are there already, until their sources have so many bytes; only the first is waited for.
    /// </summary>
    public static async IAsyncEnumerable<IReadOnlyList<CommittedBatch>> TogetherAsync(
        IAsyncEnumerable<CommittedBatch> batches, int bytes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using IAsyncEnumerator<CommittedBatch> source = batches.GetAsyncEnumerator(stop.Token);
        Task<bool> next = source.MoveNextAsync().AsTask();
        try
        {
            while (await next)
            {
                List<CommittedBatch> together = [source.Current];
                long size = BytesOf(source.Current);
                next = source.MoveNextAsync().AsTask();
                while (size < bytes && next.IsCompletedSuccessfully && next.Result)
                {
                    together.Add(source.Current);
                    size += BytesOf(source.Current);
                    next = source.MoveNextAsync().AsTask();
                }

                yield return together;
            }
        }
        finally
        {
            // The source is left in the middle of a step where whoever asked has failed.
            await stop.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Their events in one list.</summary>
    public static IReadOnlyList<LogEvent> EventsOf(IReadOnlyList<CommittedBatch> batches) => batches.Count == 1 ? batches[0].Events : [.. batches.SelectMany(b => b.Events)];

    private static long BytesOf(CommittedBatch batch) => batch.Events.Sum(e => (long)e.Source.Length);
}
