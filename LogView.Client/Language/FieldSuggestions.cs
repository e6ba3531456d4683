namespace LogView.Client.Language;

/// <summary>"Did you mean": the known field names nearest to one that no event has.</summary>
public static class FieldSuggestions
{
    /// <summary>
    /// Nearest first, at most <paramref name="count"/>; empty when none is near. <c>levle</c> and <c>level</c> find <c>log.level</c>: the whole name or
    /// its last parts may be meant. Case does not count. Some milliseconds for 50,000 names.
    /// </summary>
    public static IReadOnlyList<string> Nearest(string typed, IReadOnlyCollection<string> names, int count = 3)
    {
        string wanted = typed.ToLowerInvariant();
        ulong letters = Letters(wanted);
        int parts = wanted.Count(c => c == '.');
        var best = new PriorityQueue<string, (int Distance, int Length, string Name)>(Comparer<(int Distance, int Length, string Name)>.Create(WorstFirst));
        foreach (string name in names)
        {
            int limit = best.Count < count ? MaxEdits(wanted.Length) : Math.Min(MaxEdits(wanted.Length), WorstDistance(best));
            int distance = Distance(wanted, letters, parts, name, limit);
            if (distance <= limit && !name.Equals(typed, StringComparison.Ordinal))
            {
                best.Enqueue(name, (distance, name.Length, name));
                if (best.Count > count)
                {
                    best.Dequeue();
                }
            }
        }

        var nearest = new string[best.Count];
        for (int i = nearest.Length - 1; i >= 0; i--)
        {
            nearest[i] = best.Dequeue();
        }

        return nearest;
    }

    /// <summary>One typing error in short names, three in long ones.</summary>
    private static int MaxEdits(int length) => length <= 3 ? 1 : length <= 8 ? 2 : 3;

    private static int WorstDistance(PriorityQueue<string, (int Distance, int Length, string Name)> best) =>
        best.TryPeek(out _, out (int Distance, int Length, string Name) worst) ? worst.Distance : int.MaxValue;

    private static int WorstFirst((int Distance, int Length, string Name) left, (int Distance, int Length, string Name) right)
    {
        int order = right.Distance.CompareTo(left.Distance);
        order = order != 0 ? order : right.Length.CompareTo(left.Length);
        return order != 0 ? order : string.CompareOrdinal(right.Name, left.Name);
    }

    private static int Distance(string wanted, ulong letters, int parts, string name, int limit)
    {
        int whole = Edits(wanted, letters, name, limit);
        int tail = TailStart(name, parts);
        return tail <= 0 ? whole : Math.Min(whole, Edits(wanted, letters, name.AsSpan(tail), limit));
    }

    /// <summary>Where the last so many dots and what follows them begin; 0 when the name has no more than that.</summary>
    private static int TailStart(string name, int parts)
    {
        int at = name.Length;
        for (int i = 0; i <= parts && at > 0; i++)
        {
            at = name.LastIndexOf('.', at - 1);
        }

        return at + 1;
    }

    private static int Edits(string wanted, ulong letters, ReadOnlySpan<char> name, int limit)
    {
        const int MaxName = 256;
        if (Math.Abs(name.Length - wanted.Length) > limit || name.Length > MaxName)
        {
            return limit + 1;
        }

        Span<char> lower = stackalloc char[name.Length];
        name.ToLowerInvariant(lower);
        return System.Numerics.BitOperations.PopCount(letters ^ Letters(lower)) > 2 * limit ? limit + 1 : EditDistance.Within(wanted, lower, limit);
    }

    /// <summary>Which letters a name has: each edit changes at most two bits.</summary>
    private static ulong Letters(ReadOnlySpan<char> name)
    {
        ulong letters = 0;
        foreach (char c in name)
        {
            letters |= 1UL << (c & 63);
        }

        return letters;
    }
}
