using LogView.Server.Ingest.Files.Finding;
using LogView.Server.Ingest.Files.State;
using LogView.Server.Ingest.Files.Watching;

namespace LogView.Server.Ingest.Files.Reading;

/// <summary>One round of the loop: look at what changed, give every file that has something a turn, end what waited long enough, send, save.</summary>
internal sealed partial class FilePass(
    FilesOptions options, FileSources sources, FileRegistry registry, FileTable table, FileTurn turn, EventBatch batch, BatchSender sender,
    IFolderWatcher? watcher, TimeProvider clock, ILogger logger)
{
    /// <summary>Between saves that silence makes necessary: with thousands of quiet files one save serves many of them.</summary>
    private static readonly TimeSpan BetweenForcedSaves = TimeSpan.FromMilliseconds(100);

    /// <summary>A save may take a tenth of the time at most.</summary>
    private const int SaveShare = 10;

    private static readonly TimeSpan LeavingCheck = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StatusInterval = TimeSpan.FromSeconds(1);
    private const int StatusAlwaysFiles = 200;

    /// <summary>Turns in one round: between rounds idle files are closed, so few are ever open.</summary>
    private const int MaxTurns = 256;

    private readonly Queue<FollowedFile> _queue = new();
    private readonly Dictionary<FollowedFile, int> _holding = [];
    private readonly HashSet<FollowedFile> _settling = [];
    private readonly Dictionary<string, SourceRuntime> _runtimes = new(StringComparer.Ordinal);
    private IReadOnlyList<FileSourceState> _seenSources = [];
    private List<SourceRuntime> _active = [];
    private long _heldBytes;
    private DateTimeOffset _rescanAt;
    private DateTimeOffset _saveAt;
    private DateTimeOffset _flushFrom;
    private DateTimeOffset _leavingAt;
    private DateTimeOffset _statusAt;

    /// <summary>How long nothing has to be done unless something is reported; null: at once.</summary>
    public TimeSpan? Wait()
    {
        if (_queue.Count > 0)
        {
            return null;
        }

        DateTimeOffset next = _rescanAt;
        next = registry.IsDirty && _saveAt < next ? _saveAt : next;
        next = HasLeaving() && _leavingAt < next ? _leavingAt : next;
        foreach (FollowedFile file in _holding.Keys)
        {
            DateTimeOffset due = DueAt(file);
            due = due < _flushFrom ? _flushFrom : due;
            next = due < next ? due : next;
        }

        foreach ((_, DateTimeOffset lookAt) in table.Undecided)
        {
            next = lookAt < next ? lookAt : next;
        }

        foreach (FollowedFile file in _settling)
        {
            DateTimeOffset settled = file.SizeChangedAt + FilesLimits.CompressedQuiet;
            next = settled < next ? settled : next;
        }

        return next - clock.GetUtcNow();
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        table.Changed = Enqueue;
        table.Dropped = Forget;
        Look();
        QueueSettled();
        RunTurns();
        FlushQuiet();
        CheckLeaving();
        await sender.SendAsync(cancellationToken);
        if (registry.IsDirty && clock.GetUtcNow() >= _saveAt)
        {
            await SaveAsync(cancellationToken);
        }

        CloseIdle();
        Publish();
    }

    private void Look()
    {
        (IReadOnlySet<string> paths, bool lost) = sources.Changes.Take();
        DateTimeOffset now = clock.GetUtcNow();
        bool folderChanged = false;
        HashSet<string> nothingInitial = [];
        IEnumerable<string> due = table.Undecided.Where(u => now >= u.LookAt).Select(u => u.Path);
        foreach (string path in paths.Concat(due.ToList()))
        {
            if (table.IsKnown(path) || _active.Exists(s => s.Globs.Matches(path)))
            {
                table.Look(path, _active, nothingInitial, reported: true);
            }

            folderChanged |= Directory.Exists(path) && _active.Exists(s => s.Globs.MayContain(path));
        }

        if (lost || folderChanged || now >= _rescanAt || !ReferenceEquals(_seenSources, sources.Sources))
        {
            Rescan(now);
        }
    }

    private void Rescan(DateTimeOffset now)
    {
        UseSources();
        HashSet<string> initial = [.. _active.Select(s => s.Key).Where(k => !registry.KnowsSource(k))];
        GlobWalker walker = new();
        foreach (SourceRuntime source in _active)
        {
            walker.Walk(source.Globs);
        }

        watcher?.Watch(walker.Folders);
        foreach (string path in walker.Files.Concat(table.KnownPaths()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            table.Look(path, _active, initial);
        }

        foreach (string key in initial)
        {
            registry.AddSource(key);
        }

        if (walker.IsCut)
        {
            LogCut(logger, FilesLimits.MaxFiles, FilesLimits.MaxFolders);
        }

        registry.Forget((now - FilesLimits.RecordsKept).ToUnixTimeSeconds());
        _rescanAt = now + options.RescanInterval;
    }

    private void UseSources()
    {
        _seenSources = sources.Sources;
        _active = [];
        foreach (FileSourceState source in _seenSources)
        {
            if (!_runtimes.TryGetValue(source.Key, out SourceRuntime? runtime))
            {
                runtime = new SourceRuntime(source.Options, source.Key, options.DataFolder);
                _runtimes[source.Key] = runtime;
            }

            _active.Add(runtime);
        }

        table.DropUnwanted(_active);
    }

    private void Enqueue(FollowedFile file)
    {
        if (!file.IsQueued && file.State != FileState.Done)
        {
            file.IsQueued = true;
            _queue.Enqueue(file);
        }
    }

    private void Forget(FollowedFile file)
    {
        _holding.Remove(file, out int held);
        _heldBytes -= held;
        _settling.Remove(file);
    }

    private void QueueSettled()
    {
        foreach (FollowedFile file in _settling.Where(f => clock.GetUtcNow() >= f.SizeChangedAt + FilesLimits.CompressedQuiet).ToList())
        {
            _settling.Remove(file);
            Enqueue(file);
        }
    }

    /// <summary>Until the batch is full or every file had its turn: what is left comes in the next round, after the send.</summary>
    private void RunTurns()
    {
        for (int left = Math.Min(_queue.Count, MaxTurns); left > 0 && !batch.IsFull; left--)
        {
            FollowedFile file = _queue.Dequeue();
            file.IsQueued = false;
            if (file.IsDropped)
            {
                continue;
            }

            if (file.IsCompressed && clock.GetUtcNow() < file.SizeChangedAt + FilesLimits.CompressedQuiet)
            {
                _settling.Add(file);
                continue;
            }

            if (file.Predecessor is { IsQueued: true })
            {
                Enqueue(file);
                continue;
            }

            file.Predecessor = null;
            RunTurn(file);
        }
    }

    private void RunTurn(FollowedFile file)
    {
        try
        {
            TurnEnd end = turn.Run(file);
            batch.Touch(file);
            (file.State, file.LastError) = (FileState.Following, null);
            TrackHolding(file);
            if (end is TurnEnd.More or TurnEnd.Wait)
            {
                Enqueue(file);
            }
            else if (end == TurnEnd.Finished)
            {
                file.State = FileState.Done;
                file.Record.IsDone = true;
                file.Close();
            }
            else if (end == TurnEnd.Moved)
            {
                table.Look(file.Record.Path, _active, new HashSet<string>(StringComparer.Ordinal));
            }
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            table.Look(file.Record.Path, _active, new HashSet<string>(StringComparer.Ordinal));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            file.Close();
            table.Fail(file, e);
        }
    }

    private void TrackHolding(FollowedFile file)
    {
        _holding.Remove(file, out int before);
        _heldBytes -= before;
        if (file.HoldsText && _heldBytes + file.HeldBytes > FilesLimits.HeldBytes)
        {
            turn.Flush(file);
        }

        if (file.HoldsText)
        {
            _holding[file] = file.HeldBytes;
            _heldBytes += file.HeldBytes;
        }
    }

    private static DateTimeOffset DueAt(FollowedFile file)
    {
        bool eventOnly = file.Joiner.PendingStart is not null;
        bool leaving = file.IsDetached;
        return file.GrewAt + (eventOnly || leaving ? file.Source.Options.Multiline.Quiet : FilesLimits.UnfinishedLineQuiet);
    }

    private void FlushQuiet()
    {
        DateTimeOffset now = clock.GetUtcNow();
        if (now < _flushFrom)
        {
            return;
        }

        foreach (FollowedFile file in _holding.Keys.Where(f => !f.IsQueued && now >= DueAt(f)).ToList())
        {
            if (file.Rest.Length == 0 || file.IsDetached || now >= file.GrewAt + FilesLimits.UnfinishedLineQuiet)
            {
                turn.Flush(file);
            }
            else
            {
                turn.FlushEvent(file);
            }

            batch.Touch(file);
            TrackHolding(file);
            _flushFrom = now + BetweenForcedSaves;
        }
    }

    private bool HasLeaving() => table.Files.Any(f => f.IsDetached);

    /// <summary>Files without a name: nobody reports their growth, so they are looked at until they rest.</summary>
    private void CheckLeaving()
    {
        DateTimeOffset now = clock.GetUtcNow();
        if (now < _leavingAt)
        {
            return;
        }

        _leavingAt = now + LeavingCheck;
        foreach (FollowedFile file in table.Files.Where(f => f.IsDetached && !f.IsQueued).ToList())
        {
            FileFacts? facts = file.Handle is { } handle ? FileFacts.Of(handle) : null;
            if (facts is { } found && found.Size != file.ReadOffset)
            {
                Enqueue(file);
                continue;
            }

            TimeSpan linger = facts is null or { Links: 0 } ? FilesLimits.DeletedLinger : FilesLimits.DetachedLinger;
            if (now >= file.GrewAt + linger && !file.HoldsText)
            {
                table.Drop(file);
            }
        }
    }

    private async Task SaveAsync(CancellationToken cancellationToken)
    {
        long start = clock.GetTimestamp();
        await sender.SaveAsync(cancellationToken);
        TimeSpan took = clock.GetElapsedTime(start);
        TimeSpan next = took * SaveShare > options.SaveInterval ? took * SaveShare : options.SaveInterval;
        _saveAt = clock.GetUtcNow() + next;
    }

    private void CloseIdle()
    {
        if (table.Files.Count <= FilesLimits.MaxOpenFiles)
        {
            return;
        }

        List<FollowedFile> open = [.. table.Files.Where(f => f.IsOpen && !f.IsDetached && !f.IsQueued && !f.IsCompressed)];
        foreach (FollowedFile file in open.OrderBy(f => f.GrewAt).Take(Math.Max(0, open.Count - FilesLimits.MaxOpenFiles)))
        {
            file.Close();
        }
    }

    private void Publish()
    {
        DateTimeOffset now = clock.GetUtcNow();
        if (table.Files.Count <= StatusAlwaysFiles || now >= _statusAt)
        {
            sources.Publish([.. table.Statuses().OrderBy(s => s.Path, StringComparer.Ordinal)]);
            _statusAt = now + StatusInterval;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The patterns of followed files lead to more than {Files} files or {Folders} folders; the rest is left out")]
    private static partial void LogCut(ILogger logger, int files, int folders);
}
