namespace LogView.Server.Ingest.Files.Finding;

/// <summary>Finds the files of a pattern and the folders whose changes can bring new ones.</summary>
internal sealed class GlobWalker
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = true };

    private readonly HashSet<string> _files = new(StringComparer.Ordinal);
    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);
    private readonly HashSet<(string Folder, int Segment)> _walked = [];
    private GlobSet? _set;

    /// <summary>Files found, excluded ones left out.</summary>
    public IReadOnlySet<string> Files => _files;

    /// <summary>Folders to watch: those that were looked into, and for a folder that is missing the nearest one above it.</summary>
    public IReadOnlySet<string> Folders => _folders;

    /// <summary>Looked into too many folders or found too many files: the result is not all.</summary>
    public bool IsCut { get; private set; }

    public void Walk(GlobSet set)
    {
        _set = set;
        foreach (GlobPattern pattern in set.Patterns)
        {
            _walked.Clear();
            Walk(pattern, pattern.Root, segment: 0, depth: 0);
        }
    }

    private void Walk(GlobPattern pattern, string folder, int segment, int depth)
    {
        if (segment == pattern.Segments.Count || depth > FilesLimits.MaxFolderDepth || !_walked.Add((folder, segment)))
        {
            return;
        }

        if (_walked.Count > FilesLimits.MaxFolders || _files.Count > FilesLimits.MaxFiles)
        {
            IsCut = true;
            return;
        }

        string name = pattern.Segments[segment];
        bool last = segment == pattern.Segments.Count - 1;
        if (GlobPattern.IsDoubleStar(name))
        {
            WalkAnyFolder(pattern, folder, segment, depth, last);
        }
        else if (NamePattern.HasWildcard(name))
        {
            WalkMatching(pattern, folder, segment, depth, last);
        }
        else
        {
            WalkFixed(pattern, folder, segment, depth, last);
        }
    }

    private void WalkFixed(GlobPattern pattern, string folder, int segment, int depth, bool last)
    {
        string path = Path.Combine(folder, pattern.Segments[segment]);
        if (last)
        {
            _folders.Add(folder);
            AddFile(path);
        }
        else if (Directory.Exists(path))
        {
            Walk(pattern, path, segment + 1, depth + 1);
        }
        else
        {
            _folders.Add(folder);
        }
    }

    private void WalkMatching(GlobPattern pattern, string folder, int segment, int depth, bool last)
    {
        _folders.Add(folder);
        foreach (FileSystemInfo entry in Entries(folder))
        {
            if (!NamePattern.Matches(pattern.Segments[segment], entry.Name))
            {
                continue;
            }

            if (last)
            {
                AddFile(entry.FullName);
            }
            else if (Directory.Exists(entry.FullName))
            {
                Walk(pattern, entry.FullName, segment + 1, depth + 1);
            }
        }
    }

    /// <summary>Links to folders are not followed here: they may lead back up.</summary>
    private void WalkAnyFolder(GlobPattern pattern, string folder, int segment, int depth, bool last)
    {
        _folders.Add(folder);
        Walk(pattern, folder, segment + 1, depth);
        foreach (FileSystemInfo entry in Entries(folder))
        {
            if (entry is DirectoryInfo && entry.LinkTarget is null)
            {
                Walk(pattern, entry.FullName, segment, depth + 1);
            }
            else if (last)
            {
                AddFile(entry.FullName);
            }
        }
    }

    private void AddFile(string path)
    {
        if (!_set!.IsExcluded(path) && File.Exists(path) && !Directory.Exists(path))
        {
            _files.Add(path);
        }
    }

    private static IEnumerable<FileSystemInfo> Entries(string folder)
    {
        try
        {
            return [.. new DirectoryInfo(folder).EnumerateFileSystemInfos("*", Everything)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Gone or forbidden between two steps; the next scan looks again.
            return [];
        }
    }
}
