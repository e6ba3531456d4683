namespace LogView.Server.Ingest.Files.Finding;

/// <summary>One path pattern: its segments between slashes. <c>*</c>, <c>?</c> and <c>[a-z]</c> stay within a segment, <c>**</c> is any number of folders.</summary>
internal sealed class GlobPattern
{
    private readonly string[] _segments;

    private GlobPattern(string root, string[] segments) => (Root, _segments) = (root, segments);

    /// <summary>The folder above the first segment: <c>/</c>, <c>C:\</c>, or empty for a pattern of names.</summary>
    public string Root { get; }

    public IReadOnlyList<string> Segments => _segments;

    /// <summary>What is wrong with a pattern, or null.</summary>
    public static string? Problem(string pattern, bool mustBeAbsolute)
    {
        if (string.IsNullOrWhiteSpace(pattern) || pattern.Contains('\0', StringComparison.Ordinal))
        {
            return "expected a path or a pattern";
        }

        if (mustBeAbsolute && !Path.IsPathFullyQualified(pattern))
        {
            return "expected an absolute path";
        }

        if (pattern.Split(Separators).Any(s => s is ".." or "."))
        {
            return "expected a path without . and ..";
        }

        return Braces.TryExpand(pattern, out _) ? null : $"expected balanced braces with at most {FilesLimits.MaxPatterns} combinations";
    }

    /// <summary>The patterns that <c>{a,b}</c> stands for. The pattern has no <see cref="Problem"/>.</summary>
    public static IEnumerable<GlobPattern> Parse(string pattern)
    {
        bool good = Braces.TryExpand(pattern, out IReadOnlyList<string> expanded);
        Platform.Invariant.Check(good, "the pattern was validated");
        return expanded.Select(One);
    }

    /// <summary>True when the whole path matches.</summary>
    public bool Matches(string path) => Run(path, prefixOnly: false);

    /// <summary>True when a file below this folder may match.</summary>
    public bool MayContain(string folder) => Run(folder, prefixOnly: true);

    private static char[] Separators => Path.DirectorySeparatorChar == '\\' ? ['/', '\\'] : ['/'];

    public static bool IsDoubleStar(string segment) => string.Equals(segment, "**", StringComparison.Ordinal);

    private static GlobPattern One(string pattern)
    {
        string root = Path.GetPathRoot(pattern) ?? "";
        string[] segments = pattern[root.Length..].Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        return new GlobPattern(root, segments);
    }

    private bool Run(string path, bool prefixOnly)
    {
        string root = Path.GetPathRoot(path) ?? "";
        if (!string.Equals(root, Root, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        string[] names = path[root.Length..].Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        return MatchSegments(names, prefixOnly);
    }

    /// <summary>The states of a small automaton: which segments may come next. Linear in names × segments.</summary>
    private bool MatchSegments(string[] names, bool prefixOnly)
    {
        var current = new bool[_segments.Length + 1];
        current[0] = true;
        SkipDoubleStars(current);
        foreach (string name in names)
        {
            var next = new bool[_segments.Length + 1];
            for (int i = 0; i < _segments.Length; i++)
            {
                if (!current[i])
                {
                    continue;
                }

                if (IsDoubleStar(_segments[i]))
                {
                    next[i] = true;
                }
                else if (NamePattern.Matches(_segments[i], name))
                {
                    next[i + 1] = true;
                }
            }

            SkipDoubleStars(next);
            current = next;
        }

        return prefixOnly ? current[..^1].Any(s => s) : current[^1];
    }

    private void SkipDoubleStars(bool[] states)
    {
        for (int i = 0; i < _segments.Length; i++)
        {
            states[i + 1] |= states[i] && IsDoubleStar(_segments[i]);
        }
    }
}
