namespace LogView.Server.Ingest.Files.Finding;

/// <summary><c>{a,b}</c> in a pattern, also nested: all its combinations.</summary>
internal static class Braces
{
    public static bool TryExpand(string pattern, out IReadOnlyList<string> expanded)
    {
        List<string> done = [];
        Queue<string> open = new([pattern]);
        expanded = done;
        while (open.TryDequeue(out string? next))
        {
            int start = next.LastIndexOf('{');
            if (start < 0)
            {
                if (next.Contains('}', StringComparison.Ordinal))
                {
                    return false;
                }

                done.Add(next);
                continue;
            }

            // The last opening brace has no other inside it, so the next closing one is its own.
            int end = next.IndexOf('}', start);
            if (end < 0)
            {
                return false;
            }

            foreach (string choice in next[(start + 1)..end].Split(','))
            {
                open.Enqueue(next[..start] + choice + next[(end + 1)..]);
            }

            if (open.Count + done.Count > FilesLimits.MaxPatterns)
            {
                return false;
            }
        }

        return true;
    }
}
