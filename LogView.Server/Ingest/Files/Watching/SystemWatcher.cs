namespace LogView.Server.Ingest.Files.Watching;

/// <summary>.NET's watcher, for systems without inotify.</summary>
internal sealed class SystemWatcher(ChangeSet changes) : IFolderWatcher
{
    private readonly Dictionary<string, FileSystemWatcher> _watchers = new(StringComparer.Ordinal);

    public int Count => _watchers.Count;

    public void Watch(IReadOnlySet<string> folders)
    {
        foreach (string gone in _watchers.Keys.Where(f => !folders.Contains(f)).ToList())
        {
            _watchers[gone].Dispose();
            _watchers.Remove(gone);
        }

        foreach (string folder in folders.Where(f => !_watchers.ContainsKey(f) && Directory.Exists(f)))
        {
            TryAdd(folder);
        }
    }

    public void Dispose()
    {
        foreach (FileSystemWatcher watcher in _watchers.Values)
        {
            watcher.Dispose();
        }

        _watchers.Clear();
    }

    private void TryAdd(string folder)
    {
        FileSystemWatcher watcher = new(folder)
        {
            NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.Size | NotifyFilters.LastWrite | NotifyFilters.Security,
        };
        watcher.Changed += (_, e) => changes.Add(e.FullPath);
        watcher.Created += (_, e) => changes.Add(e.FullPath);
        watcher.Deleted += (_, e) => changes.Add(e.FullPath);
        watcher.Renamed += (_, e) =>
        {
            changes.Add(e.OldFullPath);
            changes.Add(e.FullPath);
        };
        watcher.Error += (_, _) => changes.AddLost();
        try
        {
            watcher.EnableRaisingEvents = true;
            _watchers[folder] = watcher;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // Too many watches, or the folder just went: the scans look after it.
            watcher.Dispose();
        }
    }
}
