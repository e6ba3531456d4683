namespace LogView.Client.Contracts.Events;

/// <summary>Data stream patterns: names with <c>*</c> for any characters, several separated by commas, a leading <c>-</c> excludes.</summary>
public static class DataStreamPattern
{
    public const string All = "*";

    /// <summary>True when the name fits at least one including part and no excluding part. Null or empty means all.</summary>
    public static bool Matches(string? pattern, string name) => Matches(pattern, name, []);

    /// <summary>The same of something that has more names: any of them may be included, none excluded.</summary>
    public static bool Matches(string? pattern, string name, IReadOnlyList<string> aliases)
    {
        if (string.IsNullOrWhiteSpace(pattern))
        {
            return true;
        }

        bool included = false;
        foreach (string part in pattern.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (part[0] == '-')
            {
                if (AnyFits(part[1..]))
                {
                    return false;
                }
            }
            else
            {
                included |= part is "_all" || AnyFits(part);
            }
        }

        return included;

        bool AnyFits(string part) => Fits(part, name) || aliases.Any(a => Fits(part, a));
    }

    private static bool Fits(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        int p = 0, n = 0, star = -1, resume = 0;
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, resume) = (p++, n);
            }
            else if (p < pattern.Length && pattern[p] == name[n])
            {
                (p, n) = (p + 1, n + 1);
            }
            else if (star >= 0)
            {
                (p, n) = (star + 1, ++resume);
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].Trim('*').IsEmpty;
    }
}
