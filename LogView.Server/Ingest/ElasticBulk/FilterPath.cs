namespace LogView.Server.Ingest.ElasticBulk;

/// <summary>
/// The <c>filter_path</c> parameter: dotted patterns of what an answer shall have, <c>*</c> for any part of a name, <c>**</c> for any depth, a leading <c>-</c> for
/// what it shall not have.
/// </summary>
internal sealed class FilterPath
{
    /// <summary>Patterns looked at; real clients send up to five.</summary>
    private const int MaxPatterns = 32;

    private readonly List<string[]> _included = [];
    private readonly List<string[]> _excluded = [];

    public FilterPath(string? parameter)
    {
        foreach (string pattern in (parameter ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(MaxPatterns))
        {
            if (pattern[0] == '-')
            {
                _excluded.Add(pattern[1..].Split('.'));
            }
            else
            {
                _included.Add(pattern.Split('.'));
            }
        }
    }

    /// <summary>True when the value at the path is part of the answer.</summary>
    public bool Has(params ReadOnlySpan<string> path)
    {
        foreach (string[] pattern in _excluded)
        {
            if (Covers(pattern, path))
            {
                return false;
            }
        }

        foreach (string[] pattern in _included)
        {
            if (Covers(pattern, path))
            {
                return true;
            }
        }

        return _included.Count == 0;
    }

    /// <summary>The pattern names the value at the path or something above it.</summary>
    private static bool Covers(ReadOnlySpan<string> pattern, ReadOnlySpan<string> path)
    {
        if (pattern.IsEmpty)
        {
            return true;
        }

        if (path.IsEmpty)
        {
            return false;
        }

        if (string.Equals(pattern[0], "**", StringComparison.Ordinal))
        {
            return Covers(pattern[1..], path) || Covers(pattern, path[1..]);
        }

        return System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern[0], path[0], ignoreCase: false) && Covers(pattern[1..], path[1..]);
    }
}
