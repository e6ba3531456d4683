namespace LogView.Server.Ingest.Files.Watching;

/// <summary>
/// Reports changes of the entries of folders. May report too much and, when it says so, too little: whoever listens looks at the files
/// themselves and scans again now and then.
/// </summary>
internal interface IFolderWatcher : IDisposable
{
    /// <summary>Watches exactly these folders from now on. Folders that cannot be watched are left to the scans.</summary>
    void Watch(IReadOnlySet<string> folders);

    /// <summary>Folders under watch.</summary>
    int Count { get; }
}

/// <summary>Takes what a watcher reports, on the watcher's thread. Collects; never blocks.</summary>
internal sealed class ChangeSet : IDisposable
{
    /// <summary>Paths collected before everything is looked at instead.</summary>
    private const int MaxPaths = 10_000;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _signal = new(0, 1);
    private HashSet<string> _paths = new(StringComparer.Ordinal);
    private bool _lost;

    public void Dispose() => _signal.Dispose();

    /// <summary>Something happened to the file or folder of this path.</summary>
    public void Add(string path)
    {
        lock (_gate)
        {
            _lost |= _paths.Count >= MaxPaths || (_paths.Add(path) && _paths.Count >= MaxPaths);
        }

        Wake();
    }

    /// <summary>Reports were lost: everything has to be looked at.</summary>
    public void AddLost()
    {
        lock (_gate)
        {
            _lost = true;
        }

        Wake();
    }

    /// <summary>Ends the current or next <see cref="WaitAsync"/>.</summary>
    public void Wake()
    {
        lock (_gate)
        {
            if (_signal.CurrentCount == 0)
            {
                _signal.Release();
            }
        }
    }

    /// <summary>What was collected since the last time.</summary>
    public (IReadOnlySet<string> Paths, bool Lost) Take()
    {
        lock (_gate)
        {
            (HashSet<string> paths, bool lost) = (_paths, _lost);
            _paths = new HashSet<string>(StringComparer.Ordinal);
            _lost = false;
            return (paths, lost);
        }
    }

    /// <summary>Returns when something was reported or the time is up.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task signal = _signal.WaitAsync(stop.Token);
        Task time = Task.Delay(atMost, clock, stop.Token);
        await Task.WhenAny(signal, time);
        await stop.CancelAsync();
        await Task.WhenAny(Task.WhenAll(signal, time));
        cancellationToken.ThrowIfCancellationRequested();
    }
}
