namespace LogView.Server.Ingest.Files.Finding;

/// <summary>Which paths one source wants: its patterns less its excludes and less LogView's own folder.</summary>
internal sealed class GlobSet
{
    private readonly GlobPattern[] _paths;
    private readonly GlobPattern[] _excludedPaths;
    private readonly string[] _excludedNames;
    private readonly string _ownFolder;

    public GlobSet(FileSourceOptions source, string ownFolder)
    {
        _paths = [.. source.Paths.SelectMany(GlobPattern.Parse)];
        _excludedPaths = [.. source.Exclude.Where(IsPath).SelectMany(GlobPattern.Parse)];
        _excludedNames = [.. source.Exclude.Where(e => !IsPath(e)).SelectMany(Expand)];
        _ownFolder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(ownFolder)) + Path.DirectorySeparatorChar;
    }

    public IReadOnlyList<GlobPattern> Patterns => _paths;

    public bool Matches(string path) => !IsExcluded(path) && Array.Exists(_paths, p => p.Matches(path));

    public bool MayContain(string folder) => Array.Exists(_paths, p => p.MayContain(folder));

    public bool IsExcluded(string path)
    {
        string name = Path.GetFileName(path);
        return path.StartsWith(_ownFolder, StringComparison.Ordinal)
            || Array.Exists(_excludedNames, e => NamePattern.Matches(e, name))
            || Array.Exists(_excludedPaths, p => p.Matches(path));
    }

    private static bool IsPath(string pattern) => pattern.Contains('/', StringComparison.Ordinal) || Path.IsPathFullyQualified(pattern);

    private static IReadOnlyList<string> Expand(string pattern)
    {
        Braces.TryExpand(pattern, out IReadOnlyList<string> expanded);
        return expanded;
    }
}
