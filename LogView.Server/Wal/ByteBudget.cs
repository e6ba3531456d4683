namespace LogView.Server.Wal;

/// <summary>A number of bytes that may be in use at once. Who finds no room waits in line, so that a large taker is not starved by small ones.</summary>
internal sealed class ByteBudget(long capacity, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Waiter> _waiters = [];
    private long _used;

    public long Used
    {
        get
        {
            lock (_lock)
            {
                return _used;
            }
        }
    }

    /// <summary>True when the bytes were taken, to be given back by <see cref="Return"/>; false when there was no room in time. More than all may be taken when nothing else is.</summary>
    public async Task<bool> TakeAsync(long bytes, TimeSpan timeout, CancellationToken cancellationToken)
    {
        Waiter waiter;
        lock (_lock)
        {
            if (_waiters.Count == 0 && Fits(bytes))
            {
                _used += bytes;
                return true;
            }

            waiter = new Waiter(bytes);
            _waiters.AddLast(waiter);
        }

        try
        {
            await waiter.Given.Task.WaitAsync(timeout, clock, cancellationToken);
            return true;
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            if (GiveUp(waiter))
            {
                cancellationToken.ThrowIfCancellationRequested();
                return false;
            }

            return true;
        }
    }

    public void Return(long bytes)
    {
        lock (_lock)
        {
            _used -= bytes;
            Serve();
        }
    }

    private bool Fits(long bytes) => _used == 0 || _used + bytes <= capacity;

    private void Serve()
    {
        while (_waiters.First is { } first && Fits(first.Value.Bytes))
        {
            _waiters.RemoveFirst();
            _used += first.Value.Bytes;
            first.Value.Given.TrySetResult();
        }
    }

    /// <summary>False when the waiter got its bytes at the last moment.</summary>
    private bool GiveUp(Waiter waiter)
    {
        lock (_lock)
        {
            bool removed = _waiters.Remove(waiter);
            Serve();
            return removed;
        }
    }

    private sealed class Waiter(long bytes)
    {
        public long Bytes => bytes;

        public TaskCompletionSource Given { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
