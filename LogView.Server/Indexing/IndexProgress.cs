using LogView.Server.Platform;

namespace LogView.Server.Indexing;

/// <summary>Where the indexer has got to, and who waits for it.</summary>
public sealed class IndexProgress(long indexedSequence, TimeProvider clock) : IIndexProgress
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<long, TaskCompletionSource> _waiters = [];
    private long _indexedSequence = indexedSequence;

    public long IndexedSequence => Volatile.Read(ref _indexedSequence);

    public async Task<bool> WaitForAsync(long sequence, TimeSpan timeout, CancellationToken cancellationToken)
    {
        Task reached = Reached(sequence);
        try
        {
            await reached.WaitAsync(timeout, clock, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    internal void Advance(long sequence)
    {
        List<TaskCompletionSource> reached = [];
        lock (_lock)
        {
            Invariant.Check(sequence >= _indexedSequence, "the index goes forward");
            Volatile.Write(ref _indexedSequence, sequence);
            while (_waiters.Count > 0 && _waiters.First() is var (wanted, waiter) && wanted <= sequence)
            {
                _waiters.Remove(wanted);
                reached.Add(waiter);
            }
        }

        reached.ForEach(w => w.TrySetResult());
    }

    private Task Reached(long sequence)
    {
        lock (_lock)
        {
            if (sequence <= _indexedSequence)
            {
                return Task.CompletedTask;
            }

            if (!_waiters.TryGetValue(sequence, out TaskCompletionSource? waiter))
            {
                _waiters[sequence] = waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            return waiter.Task;
        }
    }
}
