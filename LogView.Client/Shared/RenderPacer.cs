namespace LogView.Client.Shared;

/// <summary>Folds bursts of changes into one render per 100 ms. The first change after a quiet time renders at once.</summary>
public sealed class RenderPacer : IDisposable
{
    /// <summary>Faster than this the eye sees no steps, and a circuit at this pace costs under a hundredth of a core.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly Action _render;
    private readonly ITimer _timer;
    private bool _waiting;
    private bool _dirty;
    private bool _disposed;

    /// <param name="clock">Paces.</param>
    /// <param name="render">Called from any thread; must not throw.</param>
    public RenderPacer(TimeProvider clock, Action render)
    {
        _render = render;
        _timer = clock.CreateTimer(_ => Elapsed(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Something changed. Safe from any thread.</summary>
    public void Request()
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            if (_waiting)
            {
                _dirty = true;
                return;
            }

            _waiting = true;
            _timer.Change(Interval, Timeout.InfiniteTimeSpan);
        }

        _render();
    }

    /// <summary>Something changed that is waited for: renders without waiting for the end of the interval. Safe from any thread.</summary>
    public void RequestNow()
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            (_waiting, _dirty) = (true, false);
            _timer.Change(Interval, Timeout.InfiniteTimeSpan);
        }

        _render();
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
        }

        _timer.Dispose();
    }

    private void Elapsed()
    {
        lock (_lock)
        {
            if (_disposed || !_dirty)
            {
                _waiting = false;
                return;
            }

            _dirty = false;
            _timer.Change(Interval, Timeout.InfiniteTimeSpan);
        }

        _render();
    }
}
