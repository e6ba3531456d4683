namespace LogView.Server.Tail;

/// <summary>
/// What is on its way to a viewer that tells what it has seen. Where the way is slow, sending waits here, and what comes meanwhile is left out and counted. Otherwise many seconds of rows
/// would wait in the buffers of sockets, where nobody counts them. One sender; <see cref="Seen"/> from anywhere.
/// </summary>
internal sealed class TailWindow(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly Queue<(long At, int Rows)> _onTheWay = new();
    private TaskCompletionSource _more = NewSignal();
    private TimeSpan _last;
    private long _seen;
    private int _rows;

    /// <summary>True when another batch may go.</summary>
    public bool HasRoom
    {
        get
        {
            lock (_lock)
            {
                return IsOpen;
            }
        }
    }

    /// <summary>How long a batch needs to the viewer and back: the last that was seen, or one that is still on its way, if that is longer.</summary>
    public TimeSpan Way
    {
        get
        {
            lock (_lock)
            {
                TimeSpan oldest = _onTheWay.TryPeek(out (long At, int Rows) batch) ? clock.GetElapsedTime(batch.At) : TimeSpan.Zero;
                return oldest > _last ? oldest : _last;
            }
        }
    }

    private bool IsOpen => _onTheWay.Count < TailLimits.BatchesOnTheWay && _rows < TailLimits.RowsOnTheWay;

    public void Sent(int rows)
    {
        lock (_lock)
        {
            _onTheWay.Enqueue((clock.GetTimestamp(), rows));
            _rows += rows;
        }
    }

    /// <param name="batches">How many came, from the first; never more than were sent, whatever a client says.</param>
    public void Seen(long batches)
    {
        TaskCompletionSource signal;
        lock (_lock)
        {
            while (_seen < batches && _onTheWay.TryDequeue(out (long At, int Rows) batch))
            {
                _seen++;
                _rows -= batch.Rows;
                _last = clock.GetElapsedTime(batch.At);
            }

            (signal, _more) = (_more, NewSignal());
        }

        signal.TrySetResult();
    }

    /// <summary>Completes when another batch may go, or when cancelled.</summary>
    public async Task RoomAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            Task more;
            lock (_lock)
            {
                if (IsOpen)
                {
                    return;
                }

                more = _more.Task;
            }

            await more.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
