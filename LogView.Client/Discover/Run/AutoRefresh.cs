namespace LogView.Client.Discover.Run;

/// <summary>Calls again and again, until told otherwise.</summary>
/// <param name="clock">Paces it.</param>
/// <param name="refresh">Called from any thread.</param>
internal sealed class AutoRefresh(TimeProvider clock, Action refresh) : IDisposable
{
    private ITimer? _timer;

    /// <summary>Null: off.</summary>
    public TimeSpan? Every { get; private set; }

    public void Set(TimeSpan? every)
    {
        _timer?.Dispose();
        Every = every;
        _timer = every is { } interval ? clock.CreateTimer(_ => refresh(), null, interval, interval) : null;
    }

    public void Dispose() => _timer?.Dispose();
}
