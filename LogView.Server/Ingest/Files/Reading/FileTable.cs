using LogView.Server.Ingest.Files.Finding;
using LogView.Server.Ingest.Files.State;
using Microsoft.Win32.SafeHandles;

namespace LogView.Server.Ingest.Files.Reading;

/// <summary>
/// Which files are followed, and under which path each is found now. Looks at paths, notices renames, replacements and deletions.
/// Used by one thread.
/// </summary>
internal sealed partial class FileTable(FileRegistry registry, TimeProvider clock, ILogger logger, Func<string, SafeFileHandle> open) : IDisposable
{
    private readonly Dictionary<FileIdentity, FollowedFile> _byIdentity = [];
    private readonly Dictionary<string, FollowedFile> _byPath = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FollowedFile> _leftPath = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string DataStream, FileState State, string Error)> _refused = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (long Size, DateTimeOffset Since)> _undecided = new(StringComparer.Ordinal);
    private readonly FileStarter _starter = new(registry, clock, open);

    /// <summary>Every file that is read.</summary>
    public IReadOnlyCollection<FollowedFile> Files => _byIdentity.Values;

    /// <summary>Told of each file that may have something to read.</summary>
    public Action<FollowedFile> Changed { get; set; } = _ => { };

    /// <summary>Told of each file that is let go.</summary>
    public Action<FollowedFile> Dropped { get; set; } = _ => { };

    public bool IsKnown(string path) => _byPath.ContainsKey(path) || _refused.ContainsKey(path);

    /// <summary>Files that may be copies in the making, and when each is to be looked at again.</summary>
    public IEnumerable<(string Path, DateTimeOffset LookAt)> Undecided => _undecided.Select(u => (u.Key, u.Value.Since + FilesLimits.CopyQuiet));

    /// <summary>Looks at one path: follows what is new there, lets go what is gone.</summary>
    /// <param name="path">Of a file that exists or existed.</param>
    /// <param name="sources">In order: the first that wants the path has it.</param>
    /// <param name="initial">Sources that are scanned for the first time.</param>
    /// <param name="reported">The system says that it changed, so it is read even if size and time look the same.</param>
    public void Look(string path, IReadOnlyList<SourceRuntime> sources, IReadOnlySet<string> initial, bool reported = false)
    {
        FileFacts? facts = FileFacts.Of(path);
        _byPath.TryGetValue(path, out FollowedFile? current);
        if (facts is not { IsRegular: true } found)
        {
            _refused.Remove(path);
            _undecided.Remove(path);
            Detach(current);
            return;
        }

        if (current is not null && current.Record.Identity == found.Identity)
        {
            Refresh(current, found, reported);
            return;
        }

        Detach(current);
        SourceRuntime? source = sources.FirstOrDefault(s => s.Globs.Matches(path));
        if (source is null)
        {
            return;
        }

        if (_byIdentity.TryGetValue(found.Identity, out FollowedFile? moved))
        {
            if (moved.IsOpen || moved.State == FileState.Done)
            {
                Attach(moved, path, found);
                return;
            }

            // Closed meanwhile, so the inode may be another file's by now: its record and its bytes decide.
            Drop(moved);
        }

        Start(path, found, source, initial.Contains(source.Key));
    }

    /// <summary>Every path that is followed, so that a scan also sees what is gone.</summary>
    public IReadOnlyList<string> KnownPaths() => [.. _byPath.Keys, .. _refused.Keys];

    /// <summary>Stops following; what was read stays known.</summary>
    public void Drop(FollowedFile file)
    {
        _byIdentity.Remove(file.Record.Identity);
        Forget(_byPath, file.Record.Path, file);
        Forget(_leftPath, file.LeftPath, file);
        file.Dispose();
        Dropped(file);
    }

    /// <summary>Lets go of files that no source wants any more.</summary>
    public void DropUnwanted(IReadOnlyList<SourceRuntime> sources)
    {
        foreach (FollowedFile file in _byIdentity.Values.Where(f => !sources.Contains(f.Source)).ToList())
        {
            Drop(file);
        }

        foreach (string path in _refused.Keys.Where(p => !sources.Any(s => s.Globs.Matches(p))).ToList())
        {
            _refused.Remove(path);
        }
    }

    public IEnumerable<FileStatus> Statuses() =>
        _byIdentity.Values
            .Select(f => new FileStatus(f.Record.Path, f.Source.DataStream.Value, f.IsDetached ? FileState.Leaving : f.State, f.Record.Layout?.Format,
                f.Record.Offset, f.Size, f.LastError)
            {
                LastEventAt = f.LastEventAt,
            })
            .Concat(_refused.Select(r => new FileStatus(r.Key, r.Value.DataStream, r.Value.State, null, 0, 0, r.Value.Error)));

    /// <summary>Says once what is wrong with a file.</summary>
    public void Fail(FollowedFile file, Exception exception)
    {
        bool known = string.Equals(file.LastError, exception.Message, StringComparison.Ordinal);
        (file.State, file.LastError) = (FileState.Failing, exception.Message);
        if (!known)
        {
            LogFailing(logger, file.Record.Path, exception.Message);
        }
    }

    public void Dispose()
    {
        foreach (FollowedFile file in _byIdentity.Values)
        {
            file.Dispose();
        }
    }

    private void Start(string path, FileFacts facts, SourceRuntime source, bool initial)
    {
        if (_byIdentity.Count >= FilesLimits.MaxFiles)
        {
            Refuse(path, source, FileState.Failing, $"{FilesLimits.MaxFiles} files are followed already");
            return;
        }

        try
        {
            FileStarted started = _starter.Start(path, facts, source, initial, IsSettled(path, facts), _byIdentity.Values);
            if (started.IsBinary)
            {
                Refuse(path, source, FileState.Binary, "not a text file");
            }

            if (started.File is not { } file)
            {
                return;
            }

            _undecided.Remove(path);
            _refused.Remove(path);
            _byIdentity[facts.Identity] = file;
            _byPath[path] = file;
            file.Predecessor = _leftPath.GetValueOrDefault(path);
            Refresh(file, facts);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            Refuse(path, source, FileState.Failing, e.Message);
        }
    }

    private bool IsSettled(string path, FileFacts facts)
    {
        DateTimeOffset now = clock.GetUtcNow();
        if (!_undecided.TryGetValue(path, out var before) || before.Size != facts.Size)
        {
            _undecided[path] = (facts.Size, now);
            return false;
        }

        return now >= before.Since + FilesLimits.CopyQuiet;
    }

    private void Refuse(string path, SourceRuntime source, FileState state, string error)
    {
        _undecided.Remove(path);
        bool known = _refused.TryGetValue(path, out var before) && string.Equals(before.Error, error, StringComparison.Ordinal);
        _refused[path] = (source.DataStream.Value, state, error);
        if (!known && state == FileState.Failing)
        {
            LogFailing(logger, path, error);
        }
    }

    private void Refresh(FollowedFile file, FileFacts facts, bool reported = false)
    {
        bool changed = facts.Size != file.Size || facts.ModifiedNanoseconds != file.ModifiedNanoseconds;
        if (facts.Size != file.Size)
        {
            file.SizeChangedAt = clock.GetUtcNow();
        }

        if (!file.IsCompressed || file.State != FileState.Done)
        {
            file.Size = file.IsCompressed ? file.Size : facts.Size;
        }

        file.Record.SeenAt = clock.GetUtcNow().ToUnixTimeSeconds();
        file.ModifiedNanoseconds = facts.ModifiedNanoseconds;
        if (file.State != FileState.Done && (changed || reported || facts.Size != file.ReadOffset || file.State == FileState.Failing))
        {
            Changed(file);
        }
    }

    private void Attach(FollowedFile file, string path, FileFacts facts)
    {
        bool alias = !file.IsDetached && FileFacts.Of(file.Record.Path)?.Identity == facts.Identity;
        if (alias)
        {
            // A second name of a file that is read already.
            return;
        }

        Leave(file);
        file.Record.Path = path;
        (file.IsDetached, file.IsDeleted) = (false, false);
        _byPath[path] = file;
        registry.IsDirty = true;
        Refresh(file, facts);
        Changed(file);
    }

    private void Detach(FollowedFile? file)
    {
        if (file is null || file.IsDetached)
        {
            return;
        }

        file.IsDetached = true;
        file.GrewAt = clock.GetUtcNow();
        Leave(file);
        Changed(file);
    }

    private static void Forget(Dictionary<string, FollowedFile> paths, string? path, FollowedFile file)
    {
        if (path is not null && paths.TryGetValue(path, out FollowedFile? there) && ReferenceEquals(there, file))
        {
            paths.Remove(path);
        }
    }

    /// <summary>The next file found at its path waits until this one is read to its end.</summary>
    private void Leave(FollowedFile file)
    {
        Forget(_byPath, file.Record.Path, file);
        Forget(_leftPath, file.LeftPath, file);
        file.LeftPath = file.Record.Path;
        _leftPath[file.LeftPath] = file;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The file {Path} cannot be read now and is tried again: {Reason}")]
    private static partial void LogFailing(ILogger logger, string path, string reason);
}
