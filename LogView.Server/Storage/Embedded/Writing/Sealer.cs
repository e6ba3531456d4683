using System.Threading.Channels;
using LogView.Server.Storage.Embedded.Heads;
using LogView.Server.Storage.Embedded.Partitions;

namespace LogView.Server.Storage.Embedded.Writing;

/// <summary>
/// Seals closed heads one after the other in the background. A seal that fails (a full disk) is tried again until it works; meanwhile
/// its head stays searchable, and writers are held back once too many wait.
/// </summary>
internal sealed class Sealer : IAsyncDisposable
{
    /// <summary>Far more than open heads can be closed at once.</summary>
    private const int QueueLength = 4_096;

    /// <summary>Between two attempts: soon after space returns, without a storm of attempts before.</summary>
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly Channel<(Partition Partition, Head Head)> _queue = Channel.CreateBounded<(Partition, Head)>(QueueLength);
    private readonly Action<Partition, Head> _seal;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;
    private volatile Exception? _failure;
    private volatile TaskCompletionSource _progress = NewSignal();
    private int _pending;

    /// <param name="seal">Seals one head; does nothing for one that is gone.</param>
    /// <param name="clock">Paces retries.</param>
    /// <param name="logger">Told of failures.</param>
    public Sealer(Action<Partition, Head> seal, TimeProvider clock, ILogger logger)
    {
        (_seal, _clock, _logger) = (seal, clock, logger);
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Why the last attempt failed; null when it worked.</summary>
    public Exception? Failure => _failure;

    public int Pending => Volatile.Read(ref _pending);

    public async Task EnqueueAsync(Partition partition, Head head, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _pending);
        await _queue.Writer.WriteAsync((partition, head), cancellationToken);
    }

    /// <summary>
    /// Waits until at most so many heads wait. Throws <see cref="IOException"/> when they cannot be written, so that the caller can say why.
    /// </summary>
    public async Task WaitForRoomAsync(int most, CancellationToken cancellationToken)
    {
        while (Pending > most)
        {
            Task progress = _progress.Task;
            if (_failure is { } failure)
            {
                throw new IOException($"The event store cannot write its segments: {failure.Message}", failure);
            }

            if (Pending > most)
            {
                await progress.WaitAsync(cancellationToken);
            }
        }
    }

    /// <summary>Stops after the head that is being sealed.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            await foreach ((Partition partition, Head head) in _queue.Reader.ReadAllAsync(_stop.Token))
            {
                while (!TrySeal(partition, head))
                {
                    await Task.Delay(RetryAfter, _clock, _stop.Token);
                }

                Interlocked.Decrement(ref _pending);
                Signal();
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Stopped: heads that wait are replayed from the log next time.
        }
    }

    private bool TrySeal(Partition partition, Head head)
    {
        try
        {
            _seal(partition, head);
            _failure = null;
            return true;
        }
#pragma warning disable CA1031 // The top of the loop: whatever happened, the head stays and the next attempt may work.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _logger.SealFailed(partition.DataStream.Value, e);
            _failure = e;
            Signal();
            return false;
        }
    }

    private void Signal()
    {
        TaskCompletionSource done = _progress;
        _progress = NewSignal();
        done.TrySetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
