namespace LogView.Server.Hosting.Options;

/// <summary>The known name that somebody probably meant.</summary>
public static class NearestName
{
    /// <summary>Edits after which two names have nothing to do with each other, as a share of the longer one.</summary>
    private const double FarShare = 0.5;

    /// <summary>The closest of <paramref name="known"/> by edits (a swap of neighbours is one), or null when none is close.</summary>
    public static string? Find(string name, IEnumerable<string> known)
    {
        string? best = null;
        double bestShare = FarShare;
        foreach (string candidate in known)
        {
            double share = (double)Distance(name, candidate) / Math.Max(name.Length, candidate.Length);
            if (share < bestShare)
            {
                (best, bestShare) = (candidate, share);
            }
        }

        return best;
    }

    /// <summary>Optimal string alignment distance, ignoring case.</summary>
    public static int Distance(string a, string b)
    {
        int[,] d = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                d[i, j] = i == 0 || j == 0 ? i + j : Step(a, b, i, j, d);
            }
        }

        return d[a.Length, b.Length];
    }

    private static int Step(string a, string b, int i, int j, int[,] d)
    {
        int substitute = d[i - 1, j - 1] + (Same(a[i - 1], b[j - 1]) ? 0 : 1);
        int best = Math.Min(substitute, Math.Min(d[i - 1, j], d[i, j - 1]) + 1);
        bool swapped = i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]);
        return swapped ? Math.Min(best, d[i - 2, j - 2] + 1) : best;
    }

    private static bool Same(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
